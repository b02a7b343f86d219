/** The runner cancels with SIGINT, after 7.5 s SIGTERM, and after another 2.5 s it kills. */
export function onStopSignals(calls: {
  readonly first: () => void
  readonly more: () => void
}): void {
  let isFirst = true
  const stop = (): void => {
    if (isFirst) calls.first()
    else calls.more()
    isFirst = false
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
}
