import type { LedgerEntry } from '../../release/ledger/ledger.ts'
import type { LockRecord } from '../../release/ledger/lock-record.ts'
import type { Drift } from '../../terraform/recorded/group-drift.ts'

/**
 * `running`: every VM that there should be serves the group's release. `degraded`: some do not,
 * or there should be none.
 * `rolling`: the group is on its way to a release. `none`: no release was ever rolled, or nothing is left.
 * `unknown`: the group could not be read.
 */
export type ServiceState = 'running' | 'degraded' | 'rolling' | 'none' | 'unknown'

/** One VM of the group. */
export interface VmStatus {
  readonly name: string
  readonly zone: string
  /** What it says that it runs, or else what the group means it to be; empty for neither. */
  readonly release: string
  /** `…@sha256:…`, in its own words; empty while it has said none. */
  readonly image: string
  /** RUNNING, STAGING …; empty for one that is not there yet. */
  readonly status: string
  /** HEALTHY, UNHEALTHY …; empty where nobody probes it. */
  readonly health: string
  readonly address: string
  /** Its last word of its boot; empty for none. */
  readonly boot: string
  readonly detail: string
  /** ISO 8601: when it said so, else when it was created; empty where nobody knows. */
  readonly since: string
  /** Why it does not serve the group's release; empty when it does. */
  readonly obstacle: string
}

/** The release that the group is on. */
export interface ReleaseStatus {
  readonly id: string
  /** `…@sha256:…`; empty where its template does not say. */
  readonly image: string
  readonly commit: string
  readonly actor: string
  /** Terraform's base template that it was made of; empty where its template does not say. */
  readonly base: string
  /** ISO 8601: when its last attempt ended as verified; undefined when none did. */
  readonly verifiedAt: string | undefined
  /** The newest release that the ledger calls verified; undefined for none, and for a ledger that cannot be read. */
  readonly newestVerified: string | undefined
}

export interface GroupStatus {
  readonly name: string
  readonly targetSize: number
  readonly isStable: boolean
  readonly isAutoscaled: boolean
}

/** A lock as it stands. */
export interface DeployLockStatus extends LockRecord {
  /** Since its last renewal. */
  readonly ageMs: number
  /** Whether its holder is taken for dead. */
  readonly isStale: boolean
}

export interface StateLockStatus {
  readonly who: string
  readonly operation: string
  /** ISO 8601; empty where it does not say. */
  readonly since: string
  /** gs:// address, to free it. */
  readonly url: string
}

/** Everything about a service that could be read at one moment. */
export interface StatusReport {
  readonly service: string
  readonly projectId: string
  readonly region: string
  readonly atMs: number
  readonly state: ServiceState
  readonly group: GroupStatus | undefined
  /** Undefined before the first one, and where there is no group. */
  readonly release: ReleaseStatus | undefined
  readonly vms: readonly VmStatus[]
  /** Terraform's base template, where the next deploy makes another release of the same image. */
  readonly newBase: string | undefined
  readonly drift: readonly Drift[]
  /** The last ten, newest first. */
  readonly attempts: readonly LedgerEntry[]
  /** Those that no run has ended. */
  readonly openAttempts: readonly LedgerEntry[]
  readonly deployLock: DeployLockStatus | undefined
  readonly stateLock: StateLockStatus | undefined
  /** What could not be read, each in a sentence. */
  readonly problems: readonly string[]
}
