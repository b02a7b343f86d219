import { ActionError } from '../errors.ts'

/**
 * Whether an error is one that passes by itself: no network, an overloaded or failing service, a
 * used-up rate. The client has tried for half a minute by then; a rollout has more time than that.
 * What a person must mend (401, 403, 404) is none.
 */
export function isPassing(error: unknown): boolean {
  return error instanceof ActionError && error.isPassing
}
