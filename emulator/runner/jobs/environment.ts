import { JOB_LOGIN } from '../../github/tokens.ts'
import { SERVER_URL } from '../events/payloads.ts'
import { evaluateText, evaluateToken, type Scope } from '../expressions/evaluate.ts'
import type { Attempt, LiveJob } from '../run/frame.ts'
import { isMapping } from '../workflow/github-parser.ts'
import { childOf, type Token } from '../workflow/tokens.ts'

/** The `environment` of a job. */
export interface JobEnvironment {
  /** Empty for a job without one, and for one whose expression comes to nothing. */
  readonly name: string
  /** Evaluated at the end, when the steps have outputs. */
  readonly url: Token | undefined
  readonly makesDeployment: boolean
}

/** Reads the block or the bare name that stands under `environment`. */
export function readEnvironment(token: Token | undefined, scope: Scope): JobEnvironment {
  if (token === undefined || !isMapping(token))
    return { name: evaluateText(token, scope), url: undefined, makesDeployment: true }
  return {
    name: evaluateText(childOf(token, 'name'), scope),
    url: childOf(token, 'url'),
    makesDeployment: evaluateToken(childOf(token, 'deployment'), scope) !== false,
  }
}

/** The Deployment that GitHub itself makes of a job with an environment. */
export class JobDeployment {
  readonly #attempt: Attempt
  readonly #job: LiveJob
  readonly #id: number

  private constructor(attempt: Attempt, job: LiveJob, id: number) {
    this.#attempt = attempt
    this.#job = job
    this.#id = id
  }

  static begin(attempt: Attempt, job: LiveJob, environment: string): JobDeployment {
    const { event, services } = attempt
    const isProduction =
      services.environments[environment]?.isProduction ?? environment === 'production'
    const { id } = services.github.deployments.create({
      ref: event.ref.replace(/^refs\/heads\//, ''),
      sha: event.sha,
      task: 'deploy',
      environment,
      description: '',
      payload: {},
      creator: JOB_LOGIN,
      isTransient: false,
      isProduction,
    })
    const deployment = new JobDeployment(attempt, job, id)
    deployment.#say('in_progress')
    return deployment
  }

  end(isSuccess: boolean): void {
    this.#say(isSuccess ? 'success' : 'failure')
  }

  #say(state: 'in_progress' | 'success' | 'failure'): void {
    const { services, run } = this.#attempt
    const { repository } = services.github.store
    services.github.deployments.addStatus(this.#id, {
      state,
      description: '',
      logUrl: `${SERVER_URL}/${repository}/actions/runs/${run.id}/job/${this.#job.id}`,
      environmentUrl: this.#job.environmentUrl,
      creator: JOB_LOGIN,
    })
  }
}
