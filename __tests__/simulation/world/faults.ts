/**
 * What may befall one request: an answer that is an error; a connection that breaks before or after
 * the request took effect; no answer until the client gives up, again before or after; a request that
 * arrives only when the client has given up on it; and the death of the runner right before or after.
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
  | 'death before'
  | 'death after'

/** Strikes the `request`th request of a job, counted from 1. */
export interface Fault {
  readonly request: number
  readonly kind: FaultKind
}

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
