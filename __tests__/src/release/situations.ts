import type {
  GroupError,
  InstanceError,
  InstanceGroup,
  ManagedInstance,
} from '../../../src/google/compute/group.ts'
import type { BootReport } from '../../../src/release/rollout/boot-report.ts'
import type { Observation, RolloutPolicy } from '../../../src/release/rollout/observation.ts'

export const RELEASE = 'a1b2c3d4e5f6'
export const BEFORE = '0f0f0f0f0f0f'
export const IMAGE = `europe-west1-docker.pkg.dev/p/r/i@sha256:${'5e'.repeat(32)}`

export const POLICY: RolloutPolicy = {
  release: RELEASE,
  image: IMAGE,
  minReadyMs: 10_000,
  progressDeadlineMs: 600_000,
}

/** A group of one that is where it should be. */
export function aGroup(more: Partial<InstanceGroup> = {}): InstanceGroup {
  return {
    fingerprint: 'f',
    targetSize: 1,
    versions: [{ name: RELEASE, instanceTemplate: 't' }],
    isStable: true,
    isVersionTargetReached: true,
    hasHealthCheck: true,
    ...more,
  }
}

/** A VM that runs the release and is healthy. */
export function aVm(more: Partial<ManagedInstance> = {}): ManagedInstance {
  const name = more.name ?? 'mervis-x7k2'
  return {
    name,
    id: `id of ${name}`,
    zone: 'europe-west1-b',
    currentAction: 'NONE',
    instanceStatus: 'RUNNING',
    versionName: RELEASE,
    healthStates: ['HEALTHY'],
    lastErrors: [],
    ...more,
  }
}

/** An error in the words of Compute Engine. */
export function anError(code: string, message = 'because', machineType = ''): InstanceError {
  return { code, message, machineType }
}

export function aReport(more: Partial<BootReport> = {}): BootReport {
  return { phase: 'ready', detail: '', release: RELEASE, image: IMAGE, log: '', ...more }
}

export interface Situation {
  readonly group?: Partial<InstanceGroup>
  readonly vms?: readonly ManagedInstance[]
  /** By VM name; null: the VM has reported nothing. Without it every VM reports that it is ready. */
  readonly reports?: Readonly<Record<string, Partial<BootReport> | null>>
  readonly errors?: readonly GroupError[]
}

/** One look at the group; everything that is not said is as it should be. */
export function look(
  atMs: number,
  { group, vms = [aVm()], reports = {}, errors = [] }: Situation = {}
): Observation {
  const said = vms.flatMap(({ name }): [string, BootReport][] => {
    const report = reports[name]
    return report === null ? [] : [[name, aReport(report)]]
  })
  return {
    atMs,
    group: aGroup({ targetSize: vms.length, ...group }),
    instances: vms,
    reports: new Map(said),
    errors,
  }
}
