import { runPres } from '../actions/pre.ts'
import { evaluateTexts } from '../expressions/evaluate.ts'
import { messageOf } from '../failures.ts'
import { Masks } from '../masks.ts'
import type { Attempt, LiveJob } from '../run/frame.ts'
import type { Conclusion } from '../runs.ts'
import type { PostStep, StepScope } from '../steps/scope.ts'
import { holds, nameOf, runStep } from '../steps/step.ts'
import { newStep, StepLog } from '../steps/step-log.ts'
import type { JobTemplate } from '../workflow/model.ts'
import { childOf } from '../workflow/tokens.ts'

/** The steps of a job in their order, each with its record. */
export class StepList {
  readonly #attempt: Attempt
  readonly #template: JobTemplate
  readonly #job: LiveJob
  /** The runner's own step, which takes what belongs to no other. */
  readonly setUp: StepLog

  constructor(attempt: Attempt, template: JobTemplate, job: LiveJob) {
    this.#attempt = attempt
    this.#template = template
    this.#job = job
    this.setUp = this.#add('Set up job')
    this.setUp.begin('Set up job')
  }

  async runAll(scope: StepScope): Promise<void> {
    const { masks } = scope.session
    const steps = this.#template.steps.map(
      (step) => [step, this.#add(nameOf(step), masks)] as const
    )
    await runPres(scope, this.#template.steps, this.setUp)
    this.setUp.end(scope.hasFailed ? 'failure' : 'success')
    for (const [step, log] of steps) {
      const { conclusion, outputs } = await runStep(scope, step, log)
      log.end(conclusion, outputs)
    }
    const { posts } = scope.session
    for (let post = posts.pop(); post; post = posts.pop()) await this.#runPost(post, scope)
  }

  /** The job's outputs, without those that would give a secret away. */
  readOutputs(scope: StepScope): ReadonlyMap<string, string> {
    const outputs = evaluateTexts(childOf(this.#template.token, 'outputs'), scope.toExpressions())
    const kept = Object.entries(outputs).filter(([name, value]) => {
      const isSecret = scope.session.masks.hides(value)
      if (isSecret)
        this.setUp.complain('warning', `Skip output '${name}' since it may contain secret.`)
      return !isSecret
    })
    return new Map(kept)
  }

  async #runPost(post: PostStep, job: StepScope): Promise<void> {
    const log = this.#add(post.name, job.session.masks)
    log.begin(post.name)
    const conclusion = await attemptPost(post, log, job)
    if (conclusion === 'failure') job.hasFailed = true
    log.end(conclusion)
  }

  #add(name: string, masks = new Masks()): StepLog {
    const record = newStep(this.#job.steps.length + 1, name)
    this.#job.steps.push(record)
    const { services, run } = this.#attempt
    return new StepLog({
      record,
      masks,
      onLine: (line) => {
        services.onLine(line, { run, job: this.#job.name, step: record.name })
        services.runs.announce()
      },
      onChange: () => services.runs.announce(),
    })
  }
}

async function attemptPost(post: PostStep, log: StepLog, job: StepScope): Promise<Conclusion> {
  try {
    // Inside of a composite action, too, the question is what became of the job.
    if (!holds(job, post.condition, post.env)) return 'skipped'
    return (await post.run(log)) === 0 ? 'success' : 'failure'
  } catch (error) {
    log.complain('error', messageOf(error))
    return 'failure'
  }
}
