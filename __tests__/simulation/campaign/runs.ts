import { violations } from '../invariants/violations.ts'
import { play } from '../play.ts'
import { drawSchedule, type Schedule } from '../schedule.ts'

/** What is kept of a run. */
export interface RunReport {
  readonly run: number
  readonly violations: readonly string[]
  readonly requests: number
  /** How the jobs ended, the last one not counted. */
  readonly results: readonly string[]
}

/** Plays one run of a seed and judges it. */
export function playRun(seed: number, run: number): Promise<RunReport> {
  return playSchedule(drawSchedule(seed, run), run)
}

export async function playSchedule(schedule: Schedule, run: number): Promise<RunReport> {
  const story = await play(schedule)
  return {
    run,
    violations: violations(story),
    requests: story.world.jobs.reduce((sum, { sent }) => sum + sent.length, 0),
    results: story.played.map(({ verdict }) => verdict?.result ?? 'died'),
  }
}

/** Plays runs `from`, `from + stride` … below `to`. */
export async function* playRuns(part: Part): AsyncGenerator<RunReport> {
  const { seed, from, to, stride } = part
  for (let run = from; run < to; run += stride) yield await playRun(seed, run)
}

/** Every `stride`th run of a seed: the share of one thread. */
export interface Part {
  readonly seed: number
  readonly from: number
  readonly to: number
  readonly stride: number
}
