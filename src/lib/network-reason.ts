/**
 * What went wrong on the wire, in a few words: "connect ECONNREFUSED 127.0.0.1:443". The innermost
 * cause says most, and HTTP libraries put a whole URL in front of it.
 */
export function networkReason(error: unknown): string {
  if (typeof error !== 'object' || error === null) return String(error)
  const { cause, message } = error as { readonly cause?: unknown; readonly message?: unknown }
  if (typeof cause === 'object' && cause !== null && 'message' in cause) return networkReason(cause)
  const text = typeof message === 'string' ? message : String(error)
  return /\breason: (.+)$/s.exec(text)?.[1]?.trim() || text
}
