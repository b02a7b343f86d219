/**
 * What may befall one request: an answer that is an error; a connection that breaks before or after
 * the request took effect; no answer until the client gives up, again before or after; a request that
 * arrives only when the client has given up on it; one that is long on its way, and answered; and the death of the runner right before
 * or after.
 */
export type FaultKind =
  | 'status 503'
  | 'status 429'
  | 'status 401'
  | 'status 412'
  | 'rate limit'
  | 'reset'
  | 'lost answer'
  | 'stall'
  | 'stalled answer'
  | 'late'
  | 'slow'
  | 'death before'
  | 'death after'

/** Strikes the `request`th request of a job, counted from 1: of all, or of those that move the group. */
export interface Fault {
  readonly request: number
  readonly kind: FaultKind
  readonly of?: 'PATCH'
}

/**
 * A stretch of time in which a job is not let in: its token has expired, it gets no token any more,
 * or somebody took away what it was allowed. Counted from its start.
 */
export interface Denial {
  readonly kind: 'expired token' | 'no token' | 'forbidden'
  readonly atMs: number
  readonly forMs: number
}

/** What a request is answered that is not let in. */
export const DENIALS = {
  'expired token': { status: 401, reason: 'authError' },
  forbidden: { status: 403, reason: 'forbidden' },
} as const

/** What the job then sees in the place of an answer; undefined where there is none. */
export function errorStatus(kind: FaultKind): { status: number; reason: string } | undefined {
  switch (kind) {
    case 'status 503':
      return { status: 503, reason: 'backendError' }
    case 'status 429':
      return { status: 429, reason: 'rateLimitExceeded' }
    case 'status 401':
      return { status: 401, reason: 'authError' }
    case 'status 412':
      return { status: 412, reason: 'conditionNotMet' }
    case 'rate limit':
      return { status: 403, reason: 'rateLimitExceeded' }
    default:
      return undefined
  }
}
