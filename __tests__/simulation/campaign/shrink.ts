import type { Schedule } from '../schedule.ts'

/** Whether a schedule still goes wrong. */
export type Fails = (schedule: Schedule) => Promise<boolean>

/**
 * The shortest schedule that it finds by leaving out and making smaller, one thing at a time, as
 * long as the run still goes wrong. At most `budget` runs.
 */
export async function shrink(schedule: Schedule, fails: Fails, budget = 200): Promise<Schedule> {
  let best = schedule
  let left = budget
  for (let isShorter = true; isShorter && left > 0; ) {
    isShorter = false
    for (const candidate of candidates(best)) {
      if (left-- <= 0) break
      if (!(await fails(candidate))) continue
      best = candidate
      isShorter = true
      break
    }
  }
  return best
}

/** What is a little less than this schedule, the greatest steps first. */
export function* candidates(schedule: Schedule): Generator<Schedule> {
  for (const jobs of withoutOne(schedule.jobs)) if (jobs.length > 0) yield { ...schedule, jobs }
  for (const blows of withoutOne(schedule.blows)) yield { ...schedule, blows }
  yield* smallerJobs(schedule)
  yield* plainerGroups(schedule)
}

function* plainerGroups(schedule: Schedule): Generator<Schedule> {
  const { furniture } = schedule
  const { scalesBy, groupAs, earlier } = furniture
  if (scalesBy !== undefined)
    yield { ...schedule, furniture: { ...furniture, scalesBy: undefined } }
  if (groupAs !== 'name') yield { ...schedule, furniture: { ...furniture, groupAs: 'name' } }
  if (earlier.length > 0) yield { ...schedule, furniture: { ...furniture, earlier: [] } }
  if (furniture.size > 1) yield { ...schedule, furniture: { ...furniture, size: 1 } }
  if (furniture.size > 2)
    yield { ...schedule, furniture: { ...furniture, size: furniture.size - 1 } }
  if (furniture.zones > 1) yield { ...schedule, furniture: { ...furniture, zones: 1 } }
}

function* smallerJobs(schedule: Schedule): Generator<Schedule> {
  for (const [index, job] of schedule.jobs.entries()) {
    const replaced = (smaller: typeof job): Schedule => ({
      ...schedule,
      jobs: schedule.jobs.map((other, at) => (at === index ? smaller : other)),
    })
    for (const faults of withoutOne(job.faults)) yield replaced({ ...job, faults })
    if (job.cancelMs !== undefined) yield replaced({ ...job, cancelMs: undefined })
    if (job.denial !== undefined) yield replaced({ ...job, denial: undefined })
    if (job.startMs > 0) yield replaced({ ...job, startMs: 0 })
  }
}

function* withoutOne<T>(list: readonly T[]): Generator<readonly T[]> {
  for (const index of list.keys()) yield list.toSpliced(index, 1)
}
