import type { Played } from '../play.ts'
import type { Schedule } from '../schedule.ts'

const WINDOW_MS = 60_000
/** Three a second, sustained; in a large group every VM is asked how far it is. */
const MOST_IN_WINDOW = 180
const MORE_PER_VM = 6
/** What a job of no length may take, and each minute of it. */
const MOST_AT_ONCE = 60
const MOST_PER_MINUTE = 90

/** Google's quota is shared with everybody else in the project. */
export function requestViolations(
  { furniture }: Schedule,
  { job, holder, startedAtMs, endedAtMs }: Played
): readonly string[] {
  const { sent } = job
  const mostInWindow = MOST_IN_WINDOW + MORE_PER_VM * furniture.size
  const densest = mostWithin(
    sent.map(({ atMs }) => atMs),
    WINDOW_MS
  )
  if (densest > mostInWindow) return [`${holder} sent ${densest} requests in a minute`]
  const minutes = ((endedAtMs ?? sent.at(-1)?.atMs ?? startedAtMs) - startedAtMs) / 60_000
  const most = MOST_AT_ONCE + minutes * (MOST_PER_MINUTE + MORE_PER_VM * furniture.size)
  if (sent.length <= most) return []
  return [`${holder} sent ${sent.length} requests in ${minutes.toFixed(1)} minutes`]
}

/** How many of the times, in order, lie in one window. */
export function mostWithin(timesMs: readonly number[], windowMs: number): number {
  let from = 0
  let most = 0
  for (const [index, atMs] of timesMs.entries()) {
    while ((timesMs[from] ?? atMs) < atMs - windowMs) from++
    most = Math.max(most, index - from + 1)
  }
  return most
}
