import { membersOf } from './availability.ts'
import type { CurrentAction, Group, GroupSpec, Instance } from './model.ts'
import { assignVersions } from './versions.ts'

/**
 * No instance is changing and none will: the right size, and nothing left to update proactively.
 * It may be false while every action is NONE, between a surge and the deletion that follows.
 */
export function isStable(group: Group): boolean {
  const { instances, spec, deleting } = group
  if (deleting || instances.length !== spec.targetSize) return false
  if (instances.some((instance) => instance.action !== 'NONE')) return false
  if (instances.some((instance) => isMoving(instance, spec))) return false
  return !spec.update.proactive || assignVersions(spec, instances).stale.length === 0
}

/** A VM that was lost is no change under way where nobody means to bring it back. */
function isMoving({ vm }: Instance, { repairs }: GroupSpec): boolean {
  if (vm?.status === 'RUNNING') return false
  return repairs || (vm !== undefined && vm.status !== 'TERMINATED')
}

/** Every member is *meant* to be on its target version; true before any of them is healthy. */
export function isVersionTargetReached(group: Group): boolean {
  const { stale, excess, kept } = assignVersions(group.spec, group.instances)
  return stale.length === 0 && excess.length === 0 && kept.length === group.spec.targetSize
}

/** How many instances are in each action. */
export function countActions(group: Group): ReadonlyMap<CurrentAction, number> {
  const counts = new Map<CurrentAction, number>()
  for (const { action } of group.instances) counts.set(action, (counts.get(action) ?? 0) + 1)
  return counts
}

/** Members that the front may send requests to: healthy (or running, without a health check). */
export function isServing(group: Group, name: string): boolean {
  const instance = membersOf(group.instances).find((member) => member.name === name)
  const vm = instance?.vm
  if (!vm || vm.doomed) return false
  if (!group.spec.health) return vm.status === 'RUNNING'
  return vm.health === 'HEALTHY' && vm.status !== 'TERMINATED'
}
