import type { Compute } from '../../google/compute/compute.ts'
import { isServing, isStable, isVersionTargetReached } from '../../google/compute/group/status.ts'
import type { GroupRecord } from '../../google/compute/groups/registry.ts'
import type { Hosted } from '../../google/compute/groups/runner.ts'
import { textOf } from '../../google/route.ts'
import { parseObject } from './json.ts'

/** One VM, from its creation until nothing of it is left. */
export interface VmState {
  readonly id: string
  readonly name: string
  readonly zone: string
  /** Release in its template; empty before the first one. */
  readonly release: string
  readonly status: string
  readonly health: string
  /** What the group is doing with it. */
  readonly action: string
  readonly serves: boolean
  /** Last phase that its startup script reported. */
  readonly phase: string
  readonly detail: string
  readonly address: string
  readonly port: string
  readonly machineType: string
  readonly isSpot: boolean
  readonly createdAtMs: number
}

/** A place in the group that has no VM at the moment. */
export interface VacancyState {
  readonly name: string
  readonly zone: string
  readonly problem: string
}

/** A managed instance group with all that is left of its VMs. */
export interface GroupState {
  readonly name: string
  readonly location: string
  readonly targetSize: number
  /** Names of the wanted versions: releases. */
  readonly versions: readonly string[]
  readonly isStable: boolean
  readonly isVersionReached: boolean
  readonly hasHealthCheck: boolean
  /** Shortages that were switched on, in words. */
  readonly shortages: readonly string[]
  readonly vms: readonly VmState[]
  readonly vacancies: readonly VacancyState[]
}

/** Every managed instance group as it is this moment. */
export function readGroups(compute: Compute): readonly GroupState[] {
  return compute.groups().map(readGroup)
}

function readGroup(record: GroupRecord): GroupState {
  const { group } = record.runner
  const { stockoutZones, quotaExceeded } = group.faults
  return {
    name: record.name,
    location: record.scope.location,
    targetSize: group.spec.targetSize,
    versions: group.spec.versions.map(({ name }) => name),
    isStable: isStable(group),
    isVersionReached: isVersionTargetReached(group),
    hasHealthCheck: group.spec.health !== undefined,
    shortages: [
      ...stockoutZones.map((zone) => `no capacity in ${zone}`),
      ...(quotaExceeded ? ['no quota'] : []),
    ],
    vms: record.runner.hosted().map((hosted) => readVm(record, hosted)),
    vacancies: group.instances
      .filter(({ vm }) => vm === undefined)
      .map(({ name, zone, lastError }) => ({ name, zone, problem: lastError?.message ?? '' })),
  }
}

function readVm(
  record: GroupRecord,
  { id, name, zone, spec, machine, createdAt }: Hosted
): VmState {
  const { group } = record.runner
  const member = group.instances.find((one) => one.vm?.id === id)
  return {
    id,
    name,
    zone,
    release: spec.metadata['app-release'] ?? '',
    // A VM that the group has given up is still there until its shutdown is over.
    status: member?.vm?.status ?? 'STOPPING',
    health: member?.vm?.health ?? 'UNKNOWN',
    action: member?.vm?.doomed ? 'DELETING' : (member?.action ?? 'DELETING'),
    serves: member !== undefined && isServing(group, name),
    ...readBootReport(machine.guestAttributes()),
    address: machine.address() ?? '',
    port: spec.metadata['app-port'] ?? '',
    machineType: spec.machineType,
    isSpot: spec.spot,
    createdAtMs: createdAt,
  }
}

/** Anything inside the VM may have written it. */
function readBootReport(
  attributes: ReturnType<Hosted['machine']['guestAttributes']>
): Pick<VmState, 'phase' | 'detail'> {
  const found = attributes.find(({ namespace, key }) => namespace === 'deploy' && key === 'boot')
  const report = found && parseObject(found.value)
  if (!report) return { phase: '', detail: '' }
  return { phase: textOf(report, 'phase') ?? '', detail: textOf(report, 'detail') ?? '' }
}
