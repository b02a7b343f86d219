import type { GroupSpec, Instance } from './model.ts'

/** The instances that the group means to keep. */
export function membersOf(instances: readonly Instance[]): Instance[] {
  return instances.filter((instance) => instance.action !== 'DELETING')
}

/**
 * RUNNING and, where there is a health check, HEALTHY at least once
 * (the API's own definition behind maxUnavailable).
 */
export function isAvailable(instance: Instance): boolean {
  const { vm, action } = instance
  if (action === 'DELETING' || !vm || vm.doomed) return false
  return vm.status === 'RUNNING' && vm.availableAt !== undefined
}

/** Available for long enough that the updater has noticed. */
export function isSettled(instance: Instance, now: number, settleMs: number): boolean {
  return isAvailable(instance) && (instance.vm?.availableAt ?? now) + settleMs <= now
}

/** When autohealing may first judge a VM that was never healthy. */
export function initialDelayEnd(spec: GroupSpec, createdAt: number): number {
  return createdAt + (spec.health?.initialDelayMs ?? 0)
}
