import type { ManagedInstance } from '../../google/compute/group.ts'
import type { Observation, RolloutPolicy } from '../rollout/observation.ts'
import { isReady } from '../rollout/readiness.ts'

const BUILDING: ReadonlySet<string> = new Set(['CREATING', 'RECREATING', 'RESTARTING'])

/** Where a VM stands, in one word or two: for counts and for the timeline. */
export function phaseOf(
  instance: ManagedInstance,
  { group, reports }: Observation,
  policy: RolloutPolicy
): string {
  const { currentAction, instanceStatus, versionName } = instance
  if (currentAction === 'DELETING' || currentAction === 'ABANDONING') return 'leaving'
  if (versionName !== policy.release) return 'earlier release'
  if (BUILDING.has(currentAction)) return currentAction.toLowerCase()
  if (instanceStatus !== 'RUNNING') return instanceStatus.toLowerCase() || 'missing'
  const report = reports.get(instance.name)
  if (isReady(instance, report, { group, policy })) return 'ready'
  return report === undefined || report.phase === 'ready' ? 'verifying' : report.phase
}
