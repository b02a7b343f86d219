import type { InstanceGroup, ManagedInstance } from '../google/compute.ts'
import type { BootReport } from './boot-report.ts'

/** One look at the group. */
export interface Observation {
  /** Milliseconds since the epoch; the only clock that a decision knows. */
  readonly atMs: number
  readonly group: InstanceGroup
  readonly instances: readonly ManagedInstance[]
  /** By VM name; only of VMs that were asked. */
  readonly reports: ReadonlyMap<string, BootReport>
}

export interface RolloutPolicy {
  readonly release: string
  /** `…@sha256:…` */
  readonly image: string
  /** How long everything must hold before it counts. */
  readonly minReadyMs: number
  /** How long a rollout may go without one more ready VM. */
  readonly progressDeadlineMs: number
}

/** What decisions carry from one observation to the next. */
export interface Memory {
  /** Ids of the VMs that were ready at some time: one that becomes so for the first time is progress. */
  readonly everReady: ReadonlySet<string>
  readonly lastProgressAtMs: number
  /** Since when everything holds without a break. */
  readonly holdsSinceMs: number | undefined
  readonly holdsCount: number
  /** How many observations in a row found the group on another version. */
  readonly strangeCount: number
}

export type Verdict =
  | { readonly kind: 'wait'; readonly reason: string }
  | { readonly kind: 'verified' }
  | {
      readonly kind: 'failed' | 'timed-out' | 'superseded'
      readonly reason: string
      readonly evidence: readonly string[]
    }

const OBSERVATIONS_THAT_HOLD = 2
/** The group was patched before the first one: on another version it stays only if somebody else wants it so. */
const STRANGE_OBSERVATIONS = 3
/** Spot VMs may be lost and come back; beyond this many newly ready ones it is no progress any more. */
const READY_VMS_PER_TARGET = 3

export function initialMemory(atMs: number): Memory {
  return {
    everReady: new Set(),
    lastProgressAtMs: atMs,
    holdsSinceMs: undefined,
    holdsCount: 0,
    strangeCount: 0,
  }
}

/**
 * Judges one observation. Pure and total: the same code decides in production and in tests.
 * Verified only when the group is stable on our version AND every VM itself reports our digest,
 * on two observations or more and for `minReadyMs`.
 */
export function decide(
  memory: Memory,
  observation: Observation,
  policy: RolloutPolicy
): { readonly memory: Memory; readonly verdict: Verdict } {
  const next = remember(memory, observation, policy)
  return { memory: next, verdict: judge(next, observation, policy) }
}

/** Why the group does not run the release everywhere, most telling first; empty when it does. */
export function obstacles(
  { group, instances, reports }: Observation,
  policy: RolloutPolicy
): readonly string[] {
  return [
    ...(isOnRelease(group, policy) ? [] : [`the group is on version ${renderVersions(group)}`]),
    ...instances.flatMap((instance) => {
      const why = obstacleOf(instance, reports.get(instance.name), group, policy)
      return why === undefined ? [] : [`${instance.name} ${why}`]
    }),
    ...(instances.length === group.targetSize
      ? []
      : [`there are ${instances.length} VMs where ${group.targetSize} are wanted`]),
    ...(group.isVersionTargetReached ? [] : ['not every VM has its target version']),
    ...(group.isStable ? [] : ['the group is still changing']),
  ]
}

/** Whether this VM runs the release and serves. */
export function isReady(
  instance: ManagedInstance,
  report: BootReport | undefined,
  { group, policy }: { readonly group: InstanceGroup; readonly policy: RolloutPolicy }
): boolean {
  return obstacleOf(instance, report, group, policy) === undefined
}

function obstacleOf(
  instance: ManagedInstance,
  report: BootReport | undefined,
  group: InstanceGroup,
  policy: RolloutPolicy
): string | undefined {
  if (instance.versionName !== policy.release)
    return `is on version ${instance.versionName || '(none)'}`
  if (instance.lastErrors.length > 0 && instance.instanceStatus !== 'RUNNING')
    return instance.lastErrors.join('; ')
  if (instance.currentAction !== 'NONE') return `is ${instance.currentAction}`
  if (instance.instanceStatus !== 'RUNNING')
    return `is ${instance.instanceStatus || 'not there yet'}`
  if (group.hasHealthCheck && !isHealthy(instance))
    return `is ${instance.healthStates.join(', ') || 'not probed yet'}`
  if (report === undefined) return 'has not reported yet'
  if (report.phase !== 'ready')
    return `reports "${report.phase}"${report.detail && `: ${report.detail}`}`
  if (report.release !== policy.release || report.image !== policy.image) {
    return `runs release ${report.release || '(none)'} with ${report.image || 'no image'}`
  }
  return undefined
}

function isOnRelease({ versions }: InstanceGroup, { release }: RolloutPolicy): boolean {
  return versions.length === 1 && versions[0]?.name === release
}

function renderVersions({ versions }: InstanceGroup): string {
  return versions.map(({ name }) => name).join(', ') || '(none)'
}

// "every" of nothing is true: without a state there is no health.
function isHealthy({ healthStates }: ManagedInstance): boolean {
  return healthStates.length > 0 && healthStates.every((state) => state === 'HEALTHY')
}

function remember(memory: Memory, observation: Observation, policy: RolloutPolicy): Memory {
  const { atMs, group, instances, reports } = observation
  const everReady = new Set(memory.everReady)
  for (const instance of instances) {
    if (isReady(instance, reports.get(instance.name), { group, policy })) everReady.add(instance.id)
  }
  const holds = obstacles(observation, policy).length === 0
  // An image that is ready for a moment and then dies is recreated for ever: that is bounded.
  const isProgress =
    everReady.size > memory.everReady.size &&
    everReady.size <= READY_VMS_PER_TARGET * Math.max(group.targetSize, 1)
  return {
    everReady,
    // Time in which everything holds counts: min_ready may be longer than the deadline.
    lastProgressAtMs: holds || isProgress ? atMs : memory.lastProgressAtMs,
    holdsSinceMs: holds ? (memory.holdsSinceMs ?? atMs) : undefined,
    holdsCount: holds ? memory.holdsCount + 1 : 0,
    strangeCount: isOnRelease(group, policy) ? 0 : memory.strangeCount + 1,
  }
}

function judge(memory: Memory, observation: Observation, policy: RolloutPolicy): Verdict {
  const failure = bootFailure(observation, policy)
  if (failure) return failure
  if (memory.strangeCount >= STRANGE_OBSERVATIONS) {
    const reason = `somebody else moved the group to version ${renderVersions(observation.group)}`
    return { kind: 'superseded', reason, evidence: [] }
  }
  if (memory.holdsSinceMs !== undefined) {
    const heldMs = observation.atMs - memory.holdsSinceMs
    return memory.holdsCount >= OBSERVATIONS_THAT_HOLD && heldMs >= policy.minReadyMs
      ? { kind: 'verified' }
      : { kind: 'wait', reason: 'everything is ready; making sure that it stays so' }
  }
  const evidence = obstacles(observation, policy)
  if (observation.atMs - memory.lastProgressAtMs >= policy.progressDeadlineMs) {
    return { kind: 'timed-out', reason: 'no progress within the deadline', evidence }
  }
  return { kind: 'wait', reason: evidence[0] ?? 'nothing is known yet' }
}

/** A VM on our version that says it cannot run our image: more time will not mend that. */
function bootFailure(
  { instances, reports }: Observation,
  policy: RolloutPolicy
): Verdict | undefined {
  for (const { name, versionName } of instances) {
    const report = reports.get(name)
    if (
      versionName !== policy.release ||
      report?.phase !== 'failed' ||
      report.release !== policy.release
    )
      continue
    const evidence = [`${name} reports: ${report.detail}`, ...(report.log ? [report.log] : [])]
    return { kind: 'failed', reason: report.detail || 'a VM could not start the release', evidence }
  }
  return undefined
}
