import type { Announcement } from '../../github/deployment/announcement.ts'
import type { GoogleClient } from '../../google/client.ts'
import type { Compute } from '../../google/compute.ts'
import type { ObjectStore } from '../../google/object-store.ts'
import type { SecretManager } from '../../google/secret-manager.ts'
import type { Config } from '../../inputs.ts'
import type { Stopwatch } from '../../lib/stopwatch.ts'
import type { Clock, Log } from '../../ports.ts'
import type { AttemptPorts } from '../../release/attempt/attempt.ts'
import type { Trail } from '../../release/attempt/trail.ts'

export interface RollbackPorts {
  readonly google: GoogleClient
  readonly compute: Compute
  readonly secretManager: SecretManager
  readonly store: ObjectStore
  readonly clock: Clock
  readonly log: Log
  readonly lasting: AttemptPorts['lasting']
  /** Told before and after the time in which a killed run would leave work for the post step. */
  readonly handover: { begin(group: string): void; end(): void }
  /** GitHub's own page of deployments. */
  readonly announcement: Announcement
  /** Adds to the page of the run. */
  readonly summarize: (markdown: string) => Promise<void>
}

export interface RollbackContext {
  /** Who started this run. */
  readonly actor: string
  readonly runUrl: string
  /** URL of the repository. */
  readonly sourceUrl: string
  /** Random id of this run. */
  readonly holder: string
  readonly registryHost: string
  readonly signal: AbortSignal
}

/** One rollback: what is wanted, with what, where, and how it went so far. */
export interface Story {
  readonly config: Config
  readonly ports: RollbackPorts
  readonly context: RollbackContext
  readonly startedAtMs: number
  readonly steps: Stopwatch
  readonly trail: Trail
}
