import type { ManagedInstance } from '../../google/compute/group.ts'
import type { Observation, RolloutPolicy, Waiting } from '../rollout/observation.ts'
import { survey, type Unready } from '../rollout/readiness.ts'

export interface Calm {
  /** How long nothing about the group has changed. */
  readonly sinceChangeMs: number
  /** VMs are still waiting to be asked what they report. */
  readonly hasBacklog: boolean
  /** Where nothing but what VMs say of themselves is missing: until one may be asked again. */
  readonly lastWordInMs: number | undefined
}

const FAST_MS = 1_000
const SLOW_MS = 5_000
const WITH_SICK_VMS_MS = 2_500
/** For each VM that is not ready: many VMs bring many changes, and none of these is the last. */
const SLOWER_PER_VM_MS = 200
const SLOWEST_WHEN_BUSY_MS = 2_000
/** A list of a thousand VMs is a quarter of a megabyte, and ten times as much to whoever reads it. */
const SLOWER_PER_LISTED_VM_MS = 2
/** What is looked at later than this part of the time it took is not noticed by people. */
const PART_WHEN_NEAR = 0.1
const PART_WHEN_FAR = 0.25

/**
 * How long to wait before the next look: about a second where the next change may be the last one,
 * up to five where nothing moves, and never beyond the moment at which time alone decides.
 */
export function pauseAfter(
  observation: Observation,
  policy: RolloutPolicy,
  { waiting, calm }: { readonly waiting: Waiting; readonly calm: Calm }
): number {
  const restMs = waiting.untilMs - observation.atMs
  const quickestMs = Math.max(FAST_MS, observation.instances.length * SLOWER_PER_LISTED_VM_MS)
  const wishedMs = wishedPause(observation, policy, calm)
  return restMs > 0 ? Math.min(restMs, Math.max(quickestMs, wishedMs)) : FAST_MS
}

function wishedPause(observation: Observation, policy: RolloutPolicy, calm: Calm): number {
  const { unready, groupWide } = survey(observation, policy)
  if (unready.length === 0 && groupWide.length === 0) return SLOW_MS
  const phaseOf = ({ instance }: Unready): string | undefined =>
    observation.reports.get(instance.name)?.phase
  // Looking without asking would show nothing, and a VM whose turn it is must not wait for a look.
  // Only what a VM says that it failed is to be confirmed soon.
  if (calm.lastWordInMs !== undefined && !unready.some((vm) => phaseOf(vm) === 'failed'))
    return between(FAST_MS, calm.lastWordInMs)
  const isNear = unready.every((vm) => isNearlyDone(vm.instance, phaseOf(vm)))
  if (isNear || calm.hasBacklog) return between(FAST_MS, calm.sinceChangeMs * PART_WHEN_NEAR)
  // What becomes of a sick VM tells a bad release from a lost machine, and is soon over.
  const slowestMs = unready.some(({ instance }) => isSick(instance)) ? WITH_SICK_VMS_MS : SLOW_MS
  const quickestMs = FAST_MS + Math.min(unready.length * SLOWER_PER_VM_MS, SLOWEST_WHEN_BUSY_MS)
  return Math.min(slowestMs, between(quickestMs, calm.sinceChangeMs * PART_WHEN_FAR))
}

function between(quickestMs: number, wishedMs: number): number {
  return Math.min(SLOW_MS, Math.max(quickestMs, wishedMs))
}

function isSick({ instanceStatus, healthStates }: ManagedInstance): boolean {
  return (
    instanceStatus === 'RUNNING' &&
    healthStates.some((state) => state === 'TIMEOUT' || state === 'UNHEALTHY')
  )
}

function isNearlyDone(
  { currentAction, instanceStatus }: ManagedInstance,
  phase: string | undefined
): boolean {
  if (currentAction === 'DELETING') return true
  if (instanceStatus !== 'RUNNING') return false
  // What a VM says that it failed is to be confirmed soon.
  if (phase === 'failed') return true
  return currentAction === 'NONE' ? phase !== undefined : phase === 'starting' || phase === 'ready'
}
