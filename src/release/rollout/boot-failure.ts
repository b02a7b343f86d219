import type { ManagedInstance } from '../../google/compute/group.ts'
import type { Failed, Observation, RolloutPolicy } from './observation.ts'

/**
 * Whether a VM of ours says that it cannot run our image, which more time will not mend. One that
 * stops is not believed: its container ends because the VM does.
 */
export function isBootFailure(
  { name, versionName, instanceStatus, currentAction }: ManagedInstance,
  { reports }: Pick<Observation, 'reports'>,
  { release }: RolloutPolicy
): boolean {
  if (versionName !== release || instanceStatus !== 'RUNNING' || currentAction === 'DELETING')
    return false
  const report = reports.get(name)
  return report?.phase === 'failed' && report.release === release
}

/**
 * The failure in the words of the first VM that has one to tell. A container that is stopped with its
 * preempted VM may say that it failed just before the VM stops: hence only VMs that said so twice.
 */
export function bootFailure(
  { instances, reports }: Observation,
  saidTwice: ReadonlySet<string>
): Failed | undefined {
  const failed = instances.filter((instance) => saidTwice.has(identityOf(instance)))
  const [first] = failed
  const report = first && reports.get(first.name)
  if (!report) return undefined
  const others = failed.length - 1
  return {
    kind: 'failed',
    cause: 'release',
    reason: report.detail || 'a VM could not start the release',
    evidence: [
      `${first.name} reports: ${report.detail}`,
      ...(report.log ? [report.log] : []),
      ...sayOthers(others),
    ],
  }
}

/** A VM that is recreated keeps its name but not its id. */
export function identityOf({ id, name }: ManagedInstance): string {
  return id || name
}

function sayOthers(count: number): readonly string[] {
  if (count === 0) return []
  if (count === 1) return ['and another VM reports that it failed']
  return [`and ${count} more VMs report that they failed`]
}
