/**
 * Does `work` for every item, at most `atOnce` at a time. After the first failure nothing new is
 * begun; it is thrown when what was under way has ended.
 */
export async function runBounded<T>(
  items: readonly T[],
  { atOnce, signal }: { readonly atOnce: number; readonly signal: AbortSignal },
  work: (item: T, index: number) => Promise<void>
): Promise<void> {
  let next = 0
  let failure: { readonly error: unknown } | undefined
  const run = async (): Promise<void> => {
    while (next < items.length && failure === undefined) {
      const index = next++
      const item = items[index]
      try {
        signal.throwIfAborted()
        if (item !== undefined) await work(item, index)
      } catch (error) {
        failure ??= { error }
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, run))
  if (failure) throw failure.error
}
