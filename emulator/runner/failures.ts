/** What to say of anything that was thrown; errors of Node are not always of one's own realm. */
export function messageOf(failure: unknown): string {
  const hasMessage = typeof failure === 'object' && failure !== null && 'message' in failure
  return hasMessage ? String(failure.message) : String(failure)
}

/** `ENOENT`, or the exit code of a process; undefined for what has none. */
export function codeOf(failure: unknown): unknown {
  return typeof failure === 'object' && failure !== null && 'code' in failure
    ? failure.code
    : undefined
}
