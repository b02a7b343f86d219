type Task<T> = (signal: AbortSignal) => Promise<T>

/**
 * Runs two tasks side by side. When one fails the other is aborted and waited for, so that nothing
 * goes on behind the error's back; the first failure is the one thrown, or the signal's reason where
 * that aborted before all had ended.
 */
export async function together<A, B>(
  signal: AbortSignal,
  first: Task<A>,
  second: Task<B>
): Promise<[A, B]> {
  const stop = new AbortController()
  const either = AbortSignal.any([signal, stop.signal])
  let failure: { readonly error: unknown } | undefined
  const guarded = async <T>(task: Task<T>): Promise<T> => {
    try {
      return await task(either)
    } catch (error) {
      failure ??= { error }
      stop.abort(error)
      throw error
    }
  }
  const [a, b] = await Promise.allSettled([guarded(first), guarded(second)])
  // What a stop from outside breaks fails in words of its own: the stop is the reason.
  if (failure) throw signal.aborted ? signal.reason : failure.error
  if (a.status === 'rejected') throw a.reason
  if (b.status === 'rejected') throw b.reason
  return [a.value, b.value]
}
