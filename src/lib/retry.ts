import type { Clock } from '../ports.ts'

export interface RetryPolicy {
  /** No attempt starts later than this after the first. */
  readonly totalMs: number
  readonly firstDelayMs: number
  readonly maxDelayMs: number
}

/** What one attempt came to: a result, or a reason to try again. */
export type Attempt<T> =
  | { readonly done: T }
  | { readonly again: string; readonly notBeforeMs?: number | undefined; readonly giveUp: () => T }

export interface RetryTools {
  readonly clock: Clock
  readonly signal: AbortSignal
  readonly random: () => number
  /** Told before each wait. */
  readonly onRetry?: ((why: string, delayMs: number) => void) | undefined
}

/**
 * Attempts until one is done or the budget is used up; then the last attempt's `giveUp` decides.
 * Delays double and are jittered (half to full), and the budget is checked before a wait, so that
 * nobody waits only to be refused.
 */
export async function retry<T>(
  attempt: () => Promise<Attempt<T>>,
  policy: RetryPolicy,
  tools: RetryTools
): Promise<T> {
  const startedAt = tools.clock.now()
  for (let delayMs = policy.firstDelayMs; ; delayMs = Math.min(delayMs * 2, policy.maxDelayMs)) {
    const outcome = await attempt()
    if ('done' in outcome) return outcome.done
    const jittered = delayMs * (0.5 + tools.random() / 2)
    const waitMs = Math.max(jittered, outcome.notBeforeMs ?? 0)
    if (tools.clock.now() - startedAt + waitMs > policy.totalMs) return outcome.giveUp()
    tools.onRetry?.(outcome.again, waitMs)
    await tools.clock.sleep(waitMs, tools.signal)
  }
}
