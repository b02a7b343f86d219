const UNITS_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
}

/** Milliseconds of a duration such as `90s`, `10m`, `1h30m` or `7d`; undefined when it is not one. */
export function parseDuration(text: string): number | undefined {
  if (!/^(\d+(ms|s|m|h|d))+$/.test(text)) return undefined
  let totalMs = 0
  for (const [, amount, unit] of text.matchAll(/(\d+)(ms|s|m|h|d)/g)) {
    totalMs += Number(amount) * (UNITS_MS[unit ?? ''] ?? 0)
  }
  return totalMs
}

/** A duration as people say it: `820 ms`, `3.2 s`, `4 min 10 s`. */
export function renderDuration(durationMs: number): string {
  if (durationMs < 1000) return `${Math.round(durationMs)} ms`
  if (durationMs < 59_950)
    return `${(durationMs / 1000).toFixed(durationMs % 1000 === 0 ? 0 : 1)} s`
  const days = durationMs / 86_400_000
  if (days >= 2) return `${Number(days.toFixed(1))} days`
  const seconds = Math.round(durationMs / 1000)
  const rest = seconds % 60
  return rest === 0
    ? `${Math.floor(seconds / 60)} min`
    : `${Math.floor(seconds / 60)} min ${rest} s`
}
