import { isAvailable, membersOf } from '../group/availability.ts'
import type { Draft } from '../group/draft.ts'
import type { Group, Instance } from '../group/model.ts'
import type { AutoscalerSpec, Autoscaling } from './model.ts'
import { forgettingMoments, highest, track } from './peak.ts'
import { advanceSchedules, isActive, scheduleMoments } from './schedule.ts'

/** An autoscaler that has seen nothing yet of a group of this size. */
export function newAutoscaling(size: number): Autoscaling {
  const peak = (now: number) => ({ now, past: [] })
  return { demand: 0, recommended: peak(0), sizes: peak(size), schedules: [] }
}

/** Sets the group's size as its autoscaler, if it has one, wants it now. */
export function autoscale(draft: Draft): void {
  const { autoscaler, targetSize } = draft.spec
  if (!autoscaler || draft.deleting) return
  const before = draft.autoscaling
  const schedules = advanceSchedules(before.schedules, autoscaler.schedules, draft.now)
  const recommendation = recommend(autoscaler, { ...before, schedules }, draft.now)
  const { now: at, pace } = draft
  const recommended = track(before.recommended, recommendation, {
    at,
    keepMs: pace.stabilizationMs,
  })
  const size = decide(draft, autoscaler, { ...before, recommended })
  const windowMs = autoscaler.scaleIn?.windowMs ?? 0
  const sizes = track(track(before.sizes, targetSize, { at, keepMs: windowMs }), size, {
    at,
    keepMs: windowMs,
  })
  draft.autoscaling = { ...before, schedules, recommended, sizes }
  draft.spec = { ...draft.spec, targetSize: size }
}

/** Takes note of the average CPU utilisation of the members that serve. */
export function observeLoad(draft: Draft, cpuUtilization: number): void {
  const serving = membersOf(draft.instances).filter(isAvailable).length
  const demand = cpuUtilization * (serving || draft.spec.targetSize)
  draft.autoscaling = { ...draft.autoscaling, demand }
}

/** Moments at which the autoscaler may decide otherwise without any event. */
export function autoscalingMoments({ spec, autoscaling, instances }: Group): readonly number[] {
  if (!spec.autoscaler) return []
  const { coolDownMs } = spec.autoscaler
  return [
    ...autoscaling.schedules.flatMap(scheduleMoments),
    ...forgettingMoments(autoscaling.recommended),
    ...forgettingMoments(autoscaling.sizes),
    ...instances.flatMap(({ vm }) => (vm ? [vm.createdAt + coolDownMs] : [])),
  ]
}

// The load is shared: more VMs means less for each, which is where this number comes from.
function recommend(spec: AutoscalerSpec, state: Autoscaling, now: number): number {
  const { cpuTarget } = spec
  // A hair less than what division leaves of a whole number must not cost another VM.
  const byLoad = cpuTarget === undefined ? 0 : Math.ceil(state.demand / cpuTarget - 1e-9)
  const required = state.schedules
    .filter((schedule) => isActive(schedule, now))
    .map(({ spec: { minRequired } }) => minRequired)
  return Math.min(spec.max, Math.max(spec.min, byLoad, ...required))
}

function decide(draft: Draft, spec: AutoscalerSpec, state: Autoscaling): number {
  const { targetSize } = draft.spec
  if (spec.mode === 'OFF') return targetSize
  const wanted = highest(state.recommended)
  const size = Math.min(spec.max, wanted)
  if (size >= targetSize || spec.mode === 'ONLY_SCALE_OUT') return Math.max(size, targetSize)
  // Beyond the maximum nothing is waited for.
  const ceiling = Math.min(targetSize, spec.max)
  const members = membersOf(draft.instances)
  const isWarming =
    members.length < targetSize || members.some((one) => isYoung(one, spec, draft.now))
  return isWarming ? ceiling : Math.min(ceiling, Math.max(size, scaleInFloor(spec, state)))
}

function isYoung({ vm }: Instance, { coolDownMs }: AutoscalerSpec, now: number): boolean {
  return vm !== undefined && vm.createdAt + coolDownMs > now
}

function scaleInFloor({ scaleIn }: AutoscalerSpec, { sizes }: Autoscaling): number {
  if (!scaleIn) return 0
  const peak = highest(sizes)
  const { replicas } = scaleIn
  const allowed = 'fixed' in replicas ? replicas.fixed : Math.ceil((peak * replicas.percent) / 100)
  return peak - allowed
}
