import { asRecord, asText } from '../../lib/json.ts'
import { type Attempt, type RetryPolicy, retry } from '../../lib/retry.ts'
import type { Clock, Log } from '../../ports.ts'
import { GitHubError, readFailure, toError, type Undertaking, unreachable } from './failure.ts'
import type { ApiAnswer, GitHubApi } from './port.ts'

export interface GitHubPorts {
  readonly api: GitHubApi
  readonly clock: Clock
  readonly log: Log
}

export interface GitHubOptions {
  /** `owner/name`. */
  readonly repository: string
  readonly signal: AbortSignal
  readonly random?: () => number
}

export interface GitHubRequest extends Undertaking {
  /** As in GitHub's documentation; `{owner}` and `{repo}` are known. */
  readonly route: string
  readonly parameters?: Readonly<Record<string, unknown>>
  /** Statuses that are an answer and not an error, such as 404. */
  readonly accept?: readonly number[]
}

const TIMEOUT_MS = 15_000
/** How long failures of GitHub are tried again. */
const LOST_FOR_MS = 30_000
const POLICY: RetryPolicy = { totalMs: 150_000, firstDelayMs: 500, maxDelayMs: 8_000 }
const MAX_PAGES = 100

/**
 * The one way to GitHub's API. `request` is for what may be repeated, and does so after any passing
 * failure. `requestOnce` never does: a write that broke off may have been carried out, and after a
 * wait the world may be another one. Whoever writes looks again, and then decides.
 */
export class GitHubClient {
  readonly #ports: GitHubPorts
  readonly #options: GitHubOptions
  readonly #repository: Readonly<Record<'owner' | 'repo', string>>
  #login: Promise<string> | undefined

  constructor(ports: GitHubPorts, options: GitHubOptions) {
    this.#ports = ports
    this.#options = options
    const [owner = '', repo = ''] = options.repository.split('/')
    this.#repository = { owner, repo }
  }

  /** @throws GitHubError with the permission to add, where that is the reason */
  request(request: GitHubRequest): Promise<ApiAnswer> {
    const { clock, log } = this.#ports
    const { signal, random = Math.random } = this.#options
    const giveUpAt = clock.now() + TIMEOUT_MS + LOST_FOR_MS
    return retry(() => this.#attempt(request, giveUpAt), POLICY, {
      clock,
      signal,
      random,
      onRetry: (why, delayMs) =>
        log.debug(`${request.route}: ${why}; again in ${Math.round(delayMs)} ms`),
    })
  }

  /** @throws GitHubError; one that is passing leaves open whether the request was carried out */
  async requestOnce(request: GitHubRequest): Promise<ApiAnswer> {
    const { api, clock } = this.#ports
    const { signal } = this.#options
    const parameters = { ...this.#repository, ...request.parameters }
    const { route } = request
    let answer: ApiAnswer
    try {
      answer = await api.send({ route, parameters, timeoutMs: TIMEOUT_MS, signal })
    } catch (error) {
      signal.throwIfAborted()
      throw unreachable(request, error)
    }
    if (answer.status < 300 || request.accept?.includes(answer.status)) return answer
    throw toError(request, readFailure(answer, clock.now()))
  }

  /** Every item of a list, over all of its pages. */
  async readAll(request: GitHubRequest): Promise<readonly unknown[]> {
    const items: unknown[] = []
    for (let page = 1; page <= MAX_PAGES; page++) {
      const parameters = { ...request.parameters, per_page: 100, page }
      const { data, headers } = await this.request({ ...request, parameters })
      if (Array.isArray(data)) items.push(...data)
      // A page may be short and yet not the last one: GitHub leaves out what it hides.
      if (!/rel="next"/.test(headers['link'] ?? '')) break
    }
    return items
  }

  /**
   * The login that writes with this token. GraphQL says it for every kind of token; REST's
   * `/user` refuses those of jobs and apps.
   */
  ownLogin(): Promise<string> {
    this.#login ??= this.#readLogin()
    return this.#login
  }

  /** Waits, unless the run is cancelled. */
  pause(durationMs: number): Promise<void> {
    return this.#ports.clock.sleep(durationMs, this.#options.signal)
  }

  get log(): Log {
    return this.#ports.log
  }

  async #readLogin(): Promise<string> {
    const request = {
      route: 'POST /graphql',
      parameters: { query: '{ viewer { login } }' },
      purpose: 'find out whose token this is',
      permission: 'pull-requests: write',
    }
    const { data, status } = await this.request(request)
    const viewer = asRecord(asRecord(asRecord(data)['data'])['viewer'])
    const login = asText(viewer['login'])
    if (login !== '') return login
    const message = 'GitHub named no login for the token.'
    throw toError(request, { kind: 'refused', status, message })
  }

  async #attempt(request: GitHubRequest, giveUpAt: number): Promise<Attempt<ApiAnswer>> {
    try {
      return { done: await this.requestOnce(request) }
    } catch (error) {
      if (!(error instanceof GitHubError) || !error.isPassing) throw error
      const isLimit = error.kind === 'limited'
      if (!isLimit && this.#ports.clock.now() >= giveUpAt) throw error
      const giveUp = (): never => {
        throw error
      }
      return { again: error.message, notBeforeMs: error.waitMs, giveUp }
    }
  }
}
