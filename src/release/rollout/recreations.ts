import type { ManagedInstance } from '../../google/compute/group.ts'
import type { Observation } from './observation.ts'

/** What happened to one VM of the release so far. */
export interface VmHistory {
  readonly id: string
  readonly status: string
  /** The last bad verdict of the health check; empty when it gave none since it was content. */
  readonly health: string
  readonly recreations: number
  /** Those that the group began because the health check was not content. */
  readonly repairs: number
  readonly isRecreating: boolean
  /** It said that it is about to be stopped, as a VM does that got notice of its preemption. */
  readonly isLeaving: boolean
}

export type Histories = ReadonlyMap<string, VmHistory>

const MEANING: Readonly<Record<string, string>> = {
  TIMEOUT: 'nothing answered (does the app listen on its port, on all addresses?)',
  UNHEALTHY: 'it answered, but not with 200',
}

/** Twice the same VM, or once more VMs than chance or a slow start would explain. */
const REPAIRS_OF_ONE_VM = 2
const TOLERATED_VMS = 3

/**
 * Takes a look at the VMs of the release. The group's own word is only that one is verified or
 * recreated; what the health check saw stands behind that, and is gone once the VM is.
 */
export function noteHistories(
  before: Histories,
  { instances, reports }: Pick<Observation, 'instances' | 'reports'>,
  release: string
): Histories {
  const after = new Map<string, VmHistory>()
  for (const instance of instances) {
    if (instance.versionName !== release) continue
    const isLeaving = reports.get(instance.name)?.phase === 'stopping'
    after.set(instance.name, noteOne(before.get(instance.name), instance, isLeaving))
  }
  return after
}

function noteOne(
  before: VmHistory | undefined,
  instance: ManagedInstance,
  isLeaving: boolean
): VmHistory {
  const { id, instanceStatus: status, currentAction, healthStates } = instance
  const isRecreating = currentAction === 'RECREATING'
  const begins = isRecreating && before?.isRecreating !== true
  const health = verdictOf(healthStates, before?.health ?? '')
  const history = {
    id,
    status,
    health,
    recreations: (before?.recreations ?? 0) + (begins ? 1 : 0),
    repairs:
      (before?.repairs ?? 0) + (begins && health !== '' && isRepair(before, instance) ? 1 : 0),
    isRecreating,
    isLeaving,
  }
  return before && isSame(before, history) ? before : history
}

/**
 * Whether the group, and not Google, took the VM away, which it does when the health check is not
 * content: that may show in the same look only. A preempted VM stops first and is recreated when
 * it is TERMINATED or gone; a sick one is RUNNING when the group decides to take it away. With a
 * long notice the app of a preempted VM is stopped, and so found sick, while the VM still runs: that
 * one has said so.
 */
function isRepair(before: VmHistory | undefined, instance: ManagedInstance): boolean {
  if (before?.status !== 'RUNNING' || before.id !== instance.id || before.isLeaving) return false
  const { instanceStatus } = instance
  return instanceStatus === 'RUNNING' || instanceStatus === 'STOPPING'
}

function isSame(one: VmHistory, other: VmHistory): boolean {
  return (
    one.id === other.id &&
    one.status === other.status &&
    one.health === other.health &&
    one.recreations === other.recreations &&
    one.isRecreating === other.isRecreating &&
    one.isLeaving === other.isLeaving
  )
}

/** Whether the release's VMs are repaired over and over, which one more repair would not mend. */
export function isSick(histories: Histories, targetSize: number): boolean {
  let repaired = 0
  for (const { repairs } of histories.values()) {
    if (repairs >= REPAIRS_OF_ONE_VM) return true
    if (repairs > 0) repaired += 1
  }
  return repaired > Math.max(TOLERATED_VMS, targetSize / 2)
}

/** One line for each VM that was recreated, or whose health check is not content. */
export function describeTroubles(histories: Histories): readonly string[] {
  return [...histories].flatMap(([name, { health, recreations }]) => {
    const seen = health === '' ? '' : `the health check said ${health}: ${MEANING[health]}`
    if (recreations === 0) return seen === '' ? [] : [`${name}: ${seen}`]
    const times = recreations === 1 ? 'once' : `${recreations} times`
    return [`${name} was recreated ${times}${seen && `; before that ${seen}`}`]
  })
}

function verdictOf(states: readonly string[], before: string): string {
  if (states.includes('HEALTHY')) return ''
  return states.find((state) => state in MEANING) ?? before
}
