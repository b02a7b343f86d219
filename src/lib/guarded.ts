import type { Clock } from '../ports.ts'

export interface Guarded<T> {
  readonly work: (signal: AbortSignal) => Promise<T>
  /** Runs beside the work and never returns; what it throws ends the work. */
  readonly guard: (signal: AbortSignal) => Promise<never>
  /** How long an ended work is waited for before the guard's error is thrown. */
  readonly patienceMs: number
  readonly clock: Clock
}

/** The outcome of the work, unless the guard fails first: then the work is aborted and that is the error. */
export async function guarded<T>(signal: AbortSignal, options: Guarded<T>): Promise<T> {
  signal.throwIfAborted()
  const { work, guard, patienceMs, clock } = options
  const stop = new AbortController()
  const over = new AbortController()
  const working = work(AbortSignal.any([signal, stop.signal])).finally(() => over.abort())
  // Its outcome counts only when it comes first, or its failure is the reason that is thrown.
  working.catch(() => undefined)
  const guarding = guard(AbortSignal.any([signal, over.signal])).catch(async (error: unknown) => {
    if (over.signal.aborted || signal.aborted) return await working
    stop.abort(error)
    const tooLong = clock.sleep(patienceMs, over.signal).catch(() => undefined)
    await Promise.race([working.catch(() => undefined), tooLong])
    throw error
  })
  return Promise.race([working.catch(() => guarding), guarding])
}
