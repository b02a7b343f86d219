import { groupName } from '../../google/compute/group-reference.ts'
import type { Observation } from '../rollout/observation.ts'

/** Which release runs on how many VMs of the group, and how many of those serve: one line. */
export function describeRunning(group: string, { instances, group: state }: Observation): string {
  const counts = new Map<string, { running: number; healthy: number }>()
  for (const { versionName, instanceStatus, healthStates } of instances) {
    const count = counts.get(versionName) ?? { running: 0, healthy: 0 }
    if (instanceStatus === 'RUNNING') count.running += 1
    if (healthStates.length > 0 && healthStates.every((health) => health === 'HEALTHY')) {
      count.healthy += 1
    }
    counts.set(versionName, count)
  }
  const parts = [...counts].map(([release, { running, healthy }]) => {
    const health = state.hasHealthCheck ? `, ${healthy} healthy` : ''
    return `${release || 'no release'} on ${running} VMs${health}`
  })
  return `Now ${groupName(group)} runs: ${parts.join('; ') || 'nothing'}.`
}
