import { autoscale, autoscalingMoments, newAutoscaling } from './autoscaler/autoscale.ts'
import { initialDelayEnd } from './group/availability.ts'
import { createVms } from './group/capacity.ts'
import { closeDraft, type Draft, deleteDrained, openDraft } from './group/draft.ts'
import type { Group, GroupEvent, GroupSpec, Instance, Outcome, Pace } from './group/model.ts'
import { observe } from './group/observe.ts'
import { repair } from './group/repair.ts'
import { converge } from './group/update.ts'

/** An empty group; the first step creates its instances. `seed` decides all names and ids. */
export function newGroup(spec: GroupSpec, options: { pace: Pace; seed: number }): Group {
  return {
    spec,
    pace: options.pace,
    seed: options.seed,
    instances: [],
    errors: [],
    faults: { stockoutZones: [], quotaExceeded: false },
    autoscaling: newAutoscaling(spec.targetSize),
    deleting: false,
  }
}

/**
 * The managed instance group as a pure function: takes what happened, decides, and says what to do
 * to machines and when to ask again. The same input always gives the same output.
 */
export function step(group: Group, events: readonly GroupEvent[], now: number): Outcome {
  const draft = openDraft(group, now)
  for (const event of events) observe(draft, event)
  sweep(draft)
  autoscale(draft)
  repair(draft)
  // Removing an instance that never got a VM frees its place at once, hence the repetition.
  do converge(draft)
  while (sweep(draft))
  deleteDrained(draft)
  createVms(draft)
  const next = closeDraft(draft)
  return { group: next, commands: draft.commands, wakeAt: nextWake(next, now) }
}

/** Forgets instances whose deletion is complete; says whether there were any. */
function sweep(draft: Draft): boolean {
  const before = draft.instances.length
  draft.instances = draft.instances.filter(
    (instance) => instance.action !== 'DELETING' || instance.vm !== undefined
  )
  return draft.instances.length < before
}

function nextWake(group: Group, now: number): number | undefined {
  const moments = [
    ...group.instances.flatMap((instance) => momentsOf(group, instance)),
    ...autoscalingMoments(group),
  ]
  const ahead = moments.filter((moment) => moment > now)
  return ahead.length > 0 ? Math.min(...ahead) : undefined
}

/** Moments at which a decision about the instance may change without any event. */
function momentsOf(group: Group, { vm, retryAt, action }: Instance): readonly number[] {
  if (vm?.deleteAt !== undefined) return [vm.deleteAt]
  if (action === 'DELETING') return []
  if (!vm) return [retryAt]
  if (vm.availableAt !== undefined) return [vm.availableAt + group.pace.settleMs]
  return vm.failures > 0 ? [initialDelayEnd(group.spec, vm.createdAt)] : []
}
