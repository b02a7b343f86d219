import { nextStart, parseCron } from './cron.ts'
import type { ScheduleSpec } from './model.ts'

/** How a schedule stands: when it began, until when it holds, when it begins next. */
export interface ScheduleState {
  readonly spec: ScheduleSpec
  readonly startedAt: number | undefined
  readonly nextAt: number | undefined
}

/** The states of all schedules at `now`; what is new or changed is looked up from the calendar. */
export function advanceSchedules(
  states: readonly ScheduleState[],
  specs: readonly ScheduleSpec[],
  now: number
): readonly ScheduleState[] {
  return specs.map((spec) => {
    const known = states.find((state) => isSame(state.spec, spec))
    return advance(known ? { ...known, spec } : open(spec, now), now)
  })
}

/** Whether the schedule asks for its replicas at `now`. */
export function isActive({ spec, startedAt }: ScheduleState, now: number): boolean {
  return startedAt !== undefined && now < startedAt + spec.durationMs
}

/** When the schedule next begins or ends. */
export function scheduleMoments({ spec, startedAt, nextAt }: ScheduleState): readonly number[] {
  const endsAt = startedAt === undefined ? [] : [startedAt + spec.durationMs]
  return nextAt === undefined ? endsAt : [...endsAt, nextAt]
}

// As if it had always been there: it may be in the middle of its duration.
function open(spec: ScheduleSpec, now: number): ScheduleState {
  return { spec, startedAt: undefined, nextAt: after(spec, now - spec.durationMs) }
}

function advance(state: ScheduleState, now: number): ScheduleState {
  let { startedAt, nextAt } = state
  while (nextAt !== undefined && nextAt <= now) {
    startedAt = nextAt
    nextAt = after(state.spec, nextAt)
  }
  return { spec: state.spec, startedAt, nextAt }
}

function after({ schedule, timeZone }: ScheduleSpec, at: number): number | undefined {
  const cron = parseCron(schedule)
  return cron && nextStart(cron, timeZone, at)
}

function isSame(one: ScheduleSpec, other: ScheduleSpec): boolean {
  return (
    one.name === other.name &&
    one.schedule === other.schedule &&
    one.timeZone === other.timeZone &&
    one.durationMs === other.durationMs
  )
}
