import { awaitTurn } from '../concurrency/turn.ts'
import { evaluateExpression, evaluateToken, type Scope } from '../expressions/evaluate.ts'
import { type Progress, statusFunctions } from '../expressions/functions.ts'
import { isTruthy } from '../expressions/values.ts'
import { messageOf } from '../failures.ts'
import { frameContexts } from '../run/contexts.ts'
import {
  endJob,
  type Frame,
  type JobResult,
  joinResults,
  type LiveJob,
  newJob,
  nextJobId,
} from '../run/frame.ts'
import type { Conclusion } from '../runs.ts'
import { newStep } from '../steps/step-log.ts'
import type { LoadedWorkflow } from '../workflow/calls.ts'
import type { JobTemplate } from '../workflow/model.ts'
import { childOf, literalOf } from '../workflow/tokens.ts'
import { callWorkflow } from './call.ts'
import { runJob } from './job.ts'
import { type Leg, readStrategy, type Strategy } from './legs.ts'

/** The jobs of one workflow file, run in the order that `needs` asks for, side by side otherwise. */
export class JobGraph {
  readonly #frame: Frame
  readonly #loaded: LoadedWorkflow
  readonly #signal: AbortSignal
  readonly #results = new Map<string, Promise<JobResult>>()
  readonly #placeholders = new Map<string, LiveJob>()

  constructor(frame: Frame, loaded: LoadedWorkflow, signal: AbortSignal) {
    this.#frame = frame
    this.#loaded = loaded
    this.#signal = signal
  }

  /**
   * What became of each job; never throws. The records of the jobs take the place of `instead`, or
   * come last.
   */
  async run(instead?: LiveJob): Promise<ReadonlyMap<string, JobResult>> {
    const { jobs } = this.#frame.workflow
    const rows = jobs.map((template) => {
      const { keyPrefix, namePrefix } = this.#frame
      const name = literalOf(childOf(template.token, 'name')) ?? template.id
      const row = newJob(nextJobId(), keyPrefix + template.id, namePrefix + name)
      this.#placeholders.set(template.id, row)
      return row
    })
    this.#replace(instead, rows)
    const results = await Promise.all(
      jobs.map(async ({ id }) => [id, await this.#resultOf(id)] as const)
    )
    return new Map(results)
  }

  #replace(row: LiveJob | undefined, rows: readonly LiveJob[]): void {
    const { run, services } = this.#frame.attempt
    const at = row ? run.jobs.indexOf(row) : run.jobs.length
    run.jobs.splice(at, row ? 1 : 0, ...rows)
    services.runs.announce()
  }

  #resultOf(id: string): Promise<JobResult> {
    const known = this.#results.get(id)
    if (known) return known
    const template = this.#frame.workflow.jobs.find((job) => job.id === id)
    const result = template
      ? this.#start(template)
      : Promise.resolve({ result: 'skipped' as const, outputs: {} })
    this.#results.set(id, result)
    return result
  }

  async #start(template: JobTemplate): Promise<JobResult> {
    const needs = await this.#resultsOf(template.needs)
    const ancestors = await this.#resultsOf([...this.#ancestorsOf(template)])
    const row = this.#placeholders.get(template.id)
    if (!row) throw new Error(`Job ${template.id} has no record.`)
    try {
      const contexts = { ...frameContexts(this.#frame, needs), secrets: this.#frame.secrets }
      const scope = { contexts, functions: statusFunctions(this.#progressOf(ancestors)) }
      if (!isTruthy(evaluateExpression(template.condition, scope)))
        return this.#leaveOut(row, this.#signal.aborted ? 'cancelled' : 'skipped')
      return await this.#runLegs(template, { scope, ancestors, row })
    } catch (error) {
      return this.#refuse(row, messageOf(error), 'failure')
    }
  }

  async #resultsOf(ids: readonly string[]): Promise<ReadonlyMap<string, JobResult>> {
    return new Map(
      await Promise.all(ids.map(async (id) => [id, await this.#resultOf(id)] as const))
    )
  }

  // GitHub asks the whole chain: what was skipped far up is no success either.
  #ancestorsOf(template: JobTemplate): ReadonlySet<string> {
    const all = new Set<string>()
    const visit = (ids: readonly string[]): void => {
      for (const id of ids.filter((one) => !all.has(one))) {
        all.add(id)
        visit(this.#frame.workflow.jobs.find((job) => job.id === id)?.needs ?? [])
      }
    }
    visit(template.needs)
    return all
  }

  #progressOf(ancestors: ReadonlyMap<string, JobResult>, isCancelled?: boolean): Progress {
    const results = [...ancestors.values()].map(({ result }) => result)
    return {
      hasSucceeded: results.every((result) => result === 'success'),
      hasFailed: results.includes('failure'),
      isCancelled: isCancelled ?? this.#signal.aborted,
    }
  }

  #leaveOut(row: LiveJob, conclusion: Conclusion): JobResult {
    endJob(row, conclusion)
    this.#frame.attempt.services.runs.announce()
    return { result: conclusion, outputs: {} }
  }

  #refuse(row: LiveJob, why: string, conclusion: Conclusion): JobResult {
    const annotation = { kind: 'annotation', level: 'error', title: '', text: why } as const
    const step = newStep(1, 'Set up job')
    const record = { log: [annotation], annotations: [annotation], conclusion }
    row.steps.push({ ...step, ...record, status: 'completed' })
    return this.#leaveOut(row, conclusion)
  }

  async #runLegs(template: JobTemplate, start: Start): Promise<JobResult> {
    const strategy = readStrategy(template, start.scope)
    const { keyPrefix, namePrefix } = this.#frame
    const legs = strategy.legs.map((leg, index) => {
      const id = index === 0 ? start.row.id : nextJobId()
      return { leg, row: newJob(id, keyPrefix + template.id, namePrefix + leg.name) }
    })
    this.#replace(
      start.row,
      legs.map(({ row }) => row)
    )
    const siblings = new AbortController()
    const results: JobResult[] = []
    const rest = [...legs]
    const work = async (): Promise<void> => {
      for (let next = rest.shift(); next; next = rest.shift()) {
        const result = await this.#runLeg(template, {
          ...start,
          ...next,
          siblings: siblings.signal,
        })
        results.push(result)
        if (result.result === 'failure' && strategy.failsFast) siblings.abort()
      }
    }
    await Promise.all(Array.from({ length: lanesOf(strategy) }, work))
    return joinResults(results)
  }

  async #runLeg(template: JobTemplate, start: LegStart): Promise<JobResult> {
    const { row, leg, siblings, ancestors } = start
    const scope: Scope = { ...start.scope, contexts: { ...start.scope.contexts, ...leg.contexts } }
    const cancel = new AbortController()
    const onSiblings = (): void => cancel.abort()
    // On cancel the server asks the condition again: a job that runs always() goes on.
    const onRun = (): void => {
      const functions = statusFunctions(this.#progressOf(ancestors, true))
      if (!isTruthy(evaluateExpression(template.condition, { ...scope, functions }))) cancel.abort()
    }
    if (siblings.aborted) return this.#leaveOut(row, 'cancelled')
    siblings.addEventListener('abort', onSiblings, { once: true })
    if (!this.#signal.aborted) this.#signal.addEventListener('abort', onRun, { once: true })
    try {
      const result = await this.#takeTurn(template, { row, scope, cancel })
      const goesOn = evaluateToken(childOf(template.token, 'continue-on-error'), scope)
      return result.result === 'failure' && isTruthy(goesOn)
        ? { ...result, result: 'success' }
        : result
    } catch (error) {
      return this.#refuse(row, messageOf(error), 'failure')
    } finally {
      siblings.removeEventListener('abort', onSiblings)
      this.#signal.removeEventListener('abort', onRun)
    }
  }

  async #takeTurn(template: JobTemplate, { row, scope, cancel }: LegTurn): Promise<JobResult> {
    const { attempt } = this.#frame
    const admission = await awaitTurn({
      attempt,
      token: childOf(template.token, 'concurrency'),
      scope,
      isWhole: false,
      signal: cancel.signal,
      cancel: () => cancel.abort(),
    })
    if (admission.kind === 'cancelled') return this.#refuse(row, admission.why, 'cancelled')
    try {
      const called = this.#loaded.calls.get(template.id)
      const options = { frame: this.#frame, template, job: row, scope, signal: cancel.signal }
      return called
        ? await callWorkflow(options, called, (frame) => {
            return new JobGraph(frame, called, cancel.signal).run(row)
          })
        : await runJob(options)
    } finally {
      admission.leave()
    }
  }
}

interface Start {
  readonly scope: Scope
  readonly ancestors: ReadonlyMap<string, JobResult>
  readonly row: LiveJob
}

interface LegStart extends Start {
  readonly leg: Leg
  readonly siblings: AbortSignal
}

interface LegTurn {
  readonly row: LiveJob
  readonly scope: Scope
  readonly cancel: AbortController
}

function lanesOf({ legs, maxParallel }: Strategy): number {
  return Math.min(legs.length, maxParallel)
}
