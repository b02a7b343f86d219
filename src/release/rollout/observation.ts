import type { GroupError, InstanceGroup, ManagedInstance } from '../../google/compute/group.ts'
import type { BootReport } from './boot-report.ts'

/** One look at the group. */
export interface Observation {
  /** Milliseconds since the epoch; the only clock that a decision knows. */
  readonly atMs: number
  readonly group: InstanceGroup
  readonly instances: readonly ManagedInstance[]
  /** By VM name; only of VMs that were asked. */
  readonly reports: ReadonlyMap<string, BootReport>
  /** What the group could not do, where that was looked up; it may be some looks old. */
  readonly errors: readonly GroupError[]
}

export interface RolloutPolicy {
  readonly release: string
  /** `…@sha256:…` */
  readonly image: string
  /** How long everything must hold before it counts. */
  readonly minReadyMs: number
  /** How long a rollout may go without one more ready VM. */
  readonly progressDeadlineMs: number
  /** What the release's VMs are made of, to be told where there are none to be had. */
  readonly machineType?: string | undefined
}

/** Why a rollout cannot succeed; `deadline` when nothing is known but that time ran out. */
export type FailureCause =
  | 'release'
  | 'capacity'
  | 'quota'
  | 'permission'
  | 'configuration'
  | 'deadline'

export interface Failed {
  readonly kind: 'failed'
  readonly cause: FailureCause
  readonly reason: string
  /** Lines for people, the most telling first; a few even for a thousand VMs. */
  readonly evidence: readonly string[]
}

export interface Superseded {
  readonly kind: 'superseded'
  readonly reason: string
}

export interface Waiting {
  readonly kind: 'wait'
  readonly reason: string
  /** When the verdict will be another one if nothing changes: held for long enough, or timed out. */
  readonly untilMs: number
}

/** What a rollout ends with. */
export type FinalVerdict = { readonly kind: 'verified' } | Failed | Superseded
export type Verdict = Waiting | FinalVerdict
