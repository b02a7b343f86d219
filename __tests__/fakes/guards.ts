/** A guard that never has anything to object to, as of a backend that always answers. */
export function untroubled(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}
