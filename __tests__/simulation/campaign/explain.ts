import { inspect } from 'node:util'
import { violations } from '../invariants/violations.ts'
import { type Played, play } from '../play.ts'
import { drawSchedule, type Schedule } from '../schedule.ts'
import { playSchedule } from './runs.ts'
import { shrink } from './shrink.ts'

/** One run told in full; one that goes wrong is first shrunk to a short schedule. */
export async function explain(
  seed: number,
  run: number
): Promise<{ readonly text: string; readonly isWrong: boolean }> {
  const drawn = drawSchedule(seed, run)
  const isWrong = await fails(drawn)
  const schedule = isWrong ? await shrink(drawn, fails) : drawn
  const story = await play(schedule)
  const [first] = story.played
  const sinceMs = first?.startedAtMs ?? 0
  const parts = [
    `Run ${run} of seed ${seed}${isWrong ? ', shrunk' : ''}:`,
    inspect(schedule, { depth: 6, breakLength: 100 }),
    ...[...story.played, story.last].map((played) => tell(played, sinceMs)),
    ...violations(story).map((line) => `WRONG: ${line}`),
  ]
  return { text: `${parts.join('\n')}\n`, isWrong }
}

async function fails(schedule: Schedule): Promise<boolean> {
  return (await playSchedule(schedule, 0)).violations.length > 0
}

const MOST_LINES = 120

function tell(
  { holder, plan, job, verdict, endedAtMs, startedAtMs }: Played,
  sinceMs: number
): string {
  const at = (ms: number): string => `${((ms - sinceMs) / 1000).toFixed(1)} s`
  const end = endedAtMs === undefined ? 'never ended' : `ended at ${at(endedAtMs)}`
  const result = verdict ? `${verdict.result} ${verdict.message}` : 'no verdict'
  const lines = job.lines.slice(0, MOST_LINES).map((line) => {
    const space = line.indexOf(' ')
    return `  ${at(Number(line.slice(0, space)))} ${line.slice(space + 1)}`
  })
  return [
    `${holder} with image ${plan.image}, from ${at(startedAtMs)}, ${job.sent.length} requests, ${end}: ${result}`,
    ...lines,
  ].join('\n')
}
