/**
 * The vocabulary of the pure group model: what a managed instance group is asked for (GroupSpec),
 * what it is (Group), what happens to it (GroupEvent) and what it wants done (GroupCommand).
 *
 * Durations are milliseconds of the clock that steps the model (the caller scales them).
 */

import type { AutoscalerSpec, Autoscaling } from '../autoscaler/model.ts'

/** What an instance is made from, under which name. */
export interface Version {
  /** URL of the instance template. */
  readonly template: string
  readonly name: string
  /** What its VMs are, for messages. */
  readonly machineType?: string
}

/** A version the group wants, and of how many instances. */
export interface TargetVersion extends Version {
  /** How many instances are wanted on it; exactly one version has 'rest'. */
  readonly size: { readonly fixed: number } | { readonly percent: number } | 'rest'
}

/** From harmless to replacing the VM. */
export type DisruptiveAction = 'NONE' | 'REFRESH' | 'RESTART' | 'REPLACE'

/** How an update may proceed. */
export interface UpdatePolicy {
  readonly proactive: boolean
  readonly minimalAction: DisruptiveAction
  readonly mostDisruptiveAllowedAction: DisruptiveAction
  /** Already counted out in instances, not percent. */
  readonly maxSurge: number
  readonly maxUnavailable: number
  /** SUBSTITUTE gives new names, RECREATE keeps them. */
  readonly replacementMethod: 'SUBSTITUTE' | 'RECREATE'
}

/** When a VM counts as healthy, and from when on as sick. */
export interface HealthPolicy {
  readonly initialDelayMs: number
  readonly healthyThreshold: number
  readonly unhealthyThreshold: number
}

/** What the group is asked to be. */
export interface GroupSpec {
  /** For messages. */
  readonly projectId: string
  readonly baseInstanceName: string
  readonly targetSize: number
  readonly zones: readonly string[]
  readonly versions: readonly TargetVersion[]
  readonly update: UpdatePolicy
  readonly health: HealthPolicy | undefined
  /** defaultActionOnFailure: false leaves failed VMs alone. */
  readonly repairs: boolean
  readonly forceUpdateOnRepair: boolean
  /** Whether an instance without a VM may look for capacity in another zone. */
  readonly zoneChange: { readonly onCreate: boolean; readonly onRepair: boolean }
  /** How long a VM that serves goes on after it was taken out, before it is stopped. */
  readonly drainingMs: number
  readonly autoscaler: AutoscalerSpec | undefined
}

/** How long the group itself takes; Google documents none of these, so they are ours to choose. */
export interface Pace {
  /** First pause before a failed creation is tried again; it doubles up to retryLimitMs. */
  readonly retryMs: number
  readonly retryLimitMs: number
  /** How long an instance must have been available before the updater counts on it. */
  readonly settleMs: number
  /** How long an autoscaler remembers a higher need before it lets the group shrink. */
  readonly stabilizationMs: number
}

/** What the group is doing with an instance. */
export type CurrentAction =
  | 'NONE'
  | 'CREATING'
  | 'VERIFYING'
  | 'RECREATING'
  | 'RESTARTING'
  | 'DELETING'

/** Google's statuses of a VM that exists. */
export type VmStatus = 'PROVISIONING' | 'STAGING' | 'RUNNING' | 'STOPPING' | 'TERMINATED'
export type HealthState = 'UNKNOWN' | 'HEALTHY' | 'UNHEALTHY' | 'TIMEOUT'

/** The VM that an instance has at the moment. */
export interface Vm {
  readonly id: string
  readonly status: VmStatus
  readonly createdAt: number
  /** First moment it was RUNNING and, with a health check, HEALTHY. */
  readonly availableAt: number | undefined
  readonly health: HealthState
  readonly successes: number
  readonly failures: number
  /** The group wants it gone. */
  readonly doomed: boolean
  /** When its deletion is due; undefined before it is doomed, and once it was asked for. */
  readonly deleteAt?: number | undefined
}

/** An error in the API's words. */
export interface InstanceError {
  readonly code: string
  readonly message: string
  readonly details: readonly unknown[]
}

/** A member of the group, with or without a VM. */
export interface Instance {
  readonly name: string
  readonly zone: string
  /** The intended version, which is no proof of what runs. */
  readonly version: Version
  readonly action: CurrentAction
  readonly vm: Vm | undefined
  readonly bornAt: number
  /** Was available at least once on this version, be it with an earlier VM. */
  readonly served: boolean
  readonly failedAttempts: number
  readonly retryAt: number
  readonly lastError: InstanceError | undefined
}

/** One entry of listErrors. */
export interface GroupError {
  readonly at: number
  readonly error: InstanceError
  readonly instance: string
  readonly zone: string
  readonly action: CurrentAction
  readonly version: Version
}

/** Shortages of the cloud that the group meets. */
export interface Faults {
  readonly stockoutZones: readonly string[]
  readonly quotaExceeded: boolean
}

/** The whole state of a group; plain data. */
export interface Group {
  readonly spec: GroupSpec
  readonly pace: Pace
  readonly instances: readonly Instance[]
  readonly errors: readonly GroupError[]
  readonly faults: Faults
  readonly autoscaling: Autoscaling
  readonly deleting: boolean
  readonly seed: number
}

/** What one health probe found. */
export type ProbeResult = 'healthy' | 'unhealthy' | 'timeout'

/** Facts and wishes that the group hears of; a `vm` id that is no longer current is ignored. */
export type GroupEvent =
  | { readonly kind: 'vm'; readonly name: string; readonly id: string; readonly status: VmStatus }
  | {
      readonly kind: 'gone'
      readonly name: string
      readonly id: string
      /** Why the VM could not be made, where that is known. */
      readonly problem?: string | undefined
    }
  | {
      readonly kind: 'probe'
      readonly name: string
      readonly id: string
      readonly result: ProbeResult
    }
  | { readonly kind: 'spec'; readonly spec: GroupSpec }
  /** The average CPU utilisation, 0 to 1 and more, of the members that serve now. */
  | { readonly kind: 'load'; readonly cpuUtilization: number }
  | { readonly kind: 'recreate'; readonly names: readonly string[] }
  | {
      readonly kind: 'apply'
      readonly names: readonly string[]
      readonly minimalAction: DisruptiveAction
    }
  | { readonly kind: 'remove'; readonly names: readonly string[] }
  | { readonly kind: 'delete' }
  | { readonly kind: 'preempt'; readonly name: string }
  | { readonly kind: 'stockout'; readonly zone: string; readonly on: boolean }
  | { readonly kind: 'quota'; readonly on: boolean }

/** What the group wants done to machines. Deleting ends with a `gone` event. */
export type GroupCommand =
  | {
      readonly kind: 'create'
      readonly name: string
      readonly id: string
      readonly zone: string
      readonly version: Version
    }
  | { readonly kind: 'delete'; readonly name: string; readonly id: string }
  | { readonly kind: 'preempt'; readonly name: string; readonly id: string }

/** What a step leads to. */
export interface Outcome {
  readonly group: Group
  readonly commands: readonly GroupCommand[]
  /** When the group must be stepped again even if nothing happens. */
  readonly wakeAt: number | undefined
}
