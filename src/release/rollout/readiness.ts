import type { InstanceGroup, ManagedInstance } from '../../google/compute/group.ts'
import type { BootReport } from './boot-report.ts'
import type { Observation, RolloutPolicy } from './observation.ts'

/** A VM that does not run the release, or does not serve. */
export interface Unready {
  readonly instance: ManagedInstance
  readonly why: string
}

/** One look, gone through once: with a thousand VMs nobody should do so twice. */
export interface Survey {
  readonly unready: readonly Unready[]
  /** What is wrong with the group as a whole. */
  readonly groupWide: readonly string[]
}

export function survey({ group, instances, reports }: Observation, policy: RolloutPolicy): Survey {
  const unready: Unready[] = []
  for (const instance of instances) {
    const why = obstacleOf(instance, reports.get(instance.name), { group, policy })
    if (why !== undefined) unready.push({ instance, why })
  }
  const groupWide = [
    ...(instances.length === group.targetSize
      ? []
      : [`there are ${instances.length} VMs where ${group.targetSize} are wanted`]),
    ...(group.isVersionTargetReached ? [] : ['not every VM has its target version']),
    ...(group.isStable ? [] : ['the group is still changing']),
  ]
  const elsewhere = isOnRelease(group, policy)
    ? []
    : [`the group is on version ${renderVersions(group)}`]
  return { unready, groupWide: [...elsewhere, ...groupWide] }
}

/** Why the group does not run the release everywhere, most telling first; empty when it does. */
export function renderObstacles(
  { unready, groupWide }: Survey,
  group: InstanceGroup,
  policy: RolloutPolicy
): readonly string[] {
  const vms = renderUnready(unready, policy)
  // Where the group is on another version, that is why its VMs are.
  if (isOnRelease(group, policy)) return [...vms, ...groupWide]
  return [...groupWide.slice(0, 1), ...vms, ...groupWide.slice(1)]
}

/** VM by VM, those of the release first: that the others are still there is only the consequence. */
export function renderUnready(
  unready: readonly Unready[],
  { release }: RolloutPolicy
): readonly string[] {
  const isOurs = ({ instance }: Unready): boolean => instance.versionName === release
  return [...unready.filter(isOurs), ...unready.filter((vm) => !isOurs(vm))].map(
    ({ instance, why }) => `${instance.name} ${why}`
  )
}

/** Whether this VM runs the release and serves. */
export function isReady(
  instance: ManagedInstance,
  report: BootReport | undefined,
  context: { readonly group: InstanceGroup; readonly policy: RolloutPolicy }
): boolean {
  return obstacleOf(instance, report, context) === undefined
}

export function isOnRelease({ versions }: InstanceGroup, { release }: RolloutPolicy): boolean {
  return versions.length === 1 && versions[0]?.name === release
}

export function renderVersions({ versions }: InstanceGroup): string {
  return versions.map(({ name }) => name).join(', ') || '(none)'
}

/** Why this VM does not serve the release, as the rest of a sentence; undefined when it does. */
export function obstacleOf(
  instance: ManagedInstance,
  report: BootReport | undefined,
  { group, policy }: { readonly group: InstanceGroup; readonly policy: RolloutPolicy }
): string | undefined {
  const { versionName, currentAction, instanceStatus, lastErrors, healthStates } = instance
  if (versionName !== policy.release) return `is on version ${versionName || '(none)'}`
  if (lastErrors.length > 0 && instanceStatus !== 'RUNNING')
    return lastErrors.map(({ code, message }) => `${code}: ${message}`).join('; ')
  if (currentAction !== 'NONE') return `is ${currentAction}`
  if (instanceStatus !== 'RUNNING') return `is ${instanceStatus || 'not there yet'}`
  if (group.hasHealthCheck && !isHealthy(instance))
    return `is ${healthStates.join(', ') || 'not probed yet'}`
  return obstacleIn(report, policy)
}

function obstacleIn(report: BootReport | undefined, policy: RolloutPolicy): string | undefined {
  if (report === undefined) return 'has not reported yet'
  if (report.phase !== 'ready')
    return `reports "${report.phase}"${report.detail && `: ${report.detail}`}`
  if (report.release !== policy.release || report.image !== policy.image)
    return `runs release ${report.release || '(none)'} with ${report.image || 'no image'}`
  return undefined
}

// "every" of nothing is true: without a state there is no health.
function isHealthy({ healthStates }: ManagedInstance): boolean {
  return healthStates.length > 0 && healthStates.every((state) => state === 'HEALTHY')
}
