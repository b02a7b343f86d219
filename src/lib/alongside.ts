import type { Clock } from '../ports.ts'

export interface Alongside {
  readonly clock: Clock
  /** How long the side task may go on once the work is done. */
  readonly patienceMs: number
  /** A cancel. */
  readonly signal: AbortSignal
}

/**
 * Does some work, and beside it a task that nobody depends on: the task may go on for a while after
 * the work, is stopped then, and at once when the work fails. It is always waited for. It must not reject.
 */
export async function alongside<T>(
  work: () => Promise<T>,
  sideTask: (signal: AbortSignal) => Promise<void>,
  { clock, patienceMs, signal }: Alongside
): Promise<T> {
  const enough = new AbortController()
  const aside = sideTask(AbortSignal.any([signal, enough.signal]))
  try {
    const result = await work()
    const patience = clock.sleep(patienceMs, enough.signal).catch(() => undefined)
    await Promise.race([aside, patience])
    return result
  } finally {
    enough.abort(new Error('nobody waits for it any more'))
    await aside
  }
}
