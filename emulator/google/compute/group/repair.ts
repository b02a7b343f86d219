import { initialDelayEnd, membersOf } from './availability.ts'
import { type Draft, doom, fail, rebuild } from './draft.ts'
import type { Instance, Vm } from './model.ts'
import { assignVersions } from './versions.ts'

/** Marks for recreation every member whose VM was lost or fails its health check. */
export function repair(draft: Draft): void {
  if (draft.deleting) return
  for (const instance of membersOf(draft.instances)) {
    if (isCrippledCreation(instance)) abandonAttempt(draft, instance)
    else if (draft.spec.repairs && needsRepair(draft, instance)) recreate(draft, instance)
  }
}

function isCrippledCreation(instance: Instance): boolean {
  const { action, vm } = instance
  return action === 'CREATING' && vm?.status === 'TERMINATED' && !vm.doomed
}

function abandonAttempt(draft: Draft, instance: Instance): void {
  const failed = fail(draft, instance, {
    code: 'UNSUPPORTED_OPERATION',
    message: `Instance '${instance.name}' was preempted while it was being created.`,
    details: [],
  })
  doom(draft, failed)
}

function needsRepair(draft: Draft, instance: Instance): boolean {
  const { vm, action } = instance
  if (action !== 'NONE' && action !== 'VERIFYING') return isRebuiltVmLost(instance)
  if (!vm || vm.status === 'TERMINATED') return true
  return !vm.doomed && isSick(draft, vm)
}

function isRebuiltVmLost(instance: Instance): boolean {
  const { vm, action } = instance
  if (action !== 'RECREATING' && action !== 'RESTARTING') return false
  return vm?.status === 'TERMINATED' && !vm.doomed
}

/** Google ignores failures during the initial delay, which also ends with the first success. */
function isSick(draft: Draft, vm: Vm): boolean {
  const policy = draft.spec.health
  if (!policy || vm.status !== 'RUNNING' || vm.failures < policy.unhealthyThreshold) return false
  return vm.availableAt !== undefined || initialDelayEnd(draft.spec, vm.createdAt) <= draft.now
}

/**
 * A repair uses the template that the VM was made from, not the newest one,
 * unless forceUpdateOnRepair says so.
 */
function recreate(draft: Draft, instance: Instance): void {
  const { stale, wanted } = assignVersions(draft.spec, draft.instances)
  const updated = draft.spec.forceUpdateOnRepair && stale.includes(instance)
  rebuild(draft, instance, {
    action: 'RECREATING',
    version: updated ? wanted : instance.version,
  })
}
