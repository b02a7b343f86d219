import type { MiddlewareHandler } from 'hono'
import type { Clock } from '../clock.ts'
import type { GitHubEnv } from './api/route.ts'
import { GitHubError } from './errors.ts'

/**
 * `lost-answer`: the work is done, and a gateway answers 502. `late-answer`: a list of comments comes
 * from a copy that lacks the last change. `secondary-limit`, `primary-limit`: nothing is done, and
 * GitHub says when to come back.
 */
export type MishapKind = 'lost-answer' | 'late-answer' | 'secondary-limit' | 'primary-limit'

const KINDS: readonly string[] = ['lost-answer', 'late-answer', 'secondary-limit', 'primary-limit']

export interface Mishap {
  readonly kind: MishapKind
  /** `*` for any. */
  readonly method: string
  /** Regular expression over the path. */
  readonly path: string
  /** Left out of the answer when undefined, as GitHub sometimes does. */
  readonly retryAfterSeconds: number | undefined
  readonly remaining: number
  readonly fired: number
}

export interface MishapRequest {
  readonly kind: MishapKind
  readonly method?: string
  readonly path?: string
  readonly retryAfterSeconds?: number
  readonly count?: number
}

/** What goes wrong at GitHub in ways of its own; plain failures are injected as everywhere else. */
export class Mishaps {
  readonly #clock: Clock
  #mishaps: readonly Mishap[] = []

  constructor(clock: Clock) {
    this.#clock = clock
  }

  list(): readonly Mishap[] {
    return this.#mishaps
  }

  clear(): void {
    this.#mishaps = []
  }

  /** @throws GitHubError 400 for a kind that there is not */
  add({ kind, method = '*', path = '.*', retryAfterSeconds, count = 1 }: MishapRequest): void {
    if (!KINDS.includes(kind))
      throw new GitHubError(400, `A mishap's kind is one of ${KINDS.join(', ')}.`)
    const mishap = { kind, method, path, retryAfterSeconds, remaining: count, fired: 0 }
    this.#mishaps = [...this.#mishaps, mishap]
  }

  middleware(): MiddlewareHandler<GitHubEnv> {
    return async (c, next) => {
      const mishap = this.#strike(c.req.method, c.req.path)
      if (!mishap) return next()
      if (mishap.kind === 'late-answer') {
        c.set('isLate', true)
        return next()
      }
      if (mishap.kind !== 'lost-answer') throw this.#limit(mishap)
      await next()
      c.res = new Response('<html><body><h1>502 Bad Gateway</h1></body></html>', {
        status: 502,
        headers: { 'content-type': 'text/html' },
      })
      return undefined
    }
  }

  #strike(method: string, path: string): Mishap | undefined {
    const met = this.#mishaps.find(
      (mishap) =>
        mishap.remaining > 0 &&
        (mishap.method === '*' || mishap.method === method) &&
        new RegExp(mishap.path).test(path)
    )
    this.#mishaps = this.#mishaps.map((mishap) =>
      mishap === met
        ? { ...mishap, remaining: mishap.remaining - 1, fired: mishap.fired + 1 }
        : mishap
    )
    return met
  }

  #limit({ kind, retryAfterSeconds }: Mishap): GitHubError {
    const isPrimary = kind === 'primary-limit'
    const message = isPrimary
      ? 'API rate limit exceeded for installation ID 1.'
      : 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.'
    const reset = Math.ceil(this.#clock.now() / 1000) + (retryAfterSeconds ?? 3600)
    const primary = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(reset) }
    const secondary =
      retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }
    return new GitHubError(403, message, { headers: isPrimary ? primary : secondary })
  }
}
