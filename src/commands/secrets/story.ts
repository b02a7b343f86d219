import type { GoogleClient } from '../../google/client.ts'
import type { Compute } from '../../google/compute.ts'
import type { ObjectStore } from '../../google/object-store.ts'
import type { SecretManager } from '../../google/secret-manager.ts'
import type { Config } from '../../inputs.ts'
import type { Stopwatch } from '../../lib/stopwatch.ts'
import type { Clock, Log } from '../../ports.ts'
import type { AttemptPorts } from '../../release/attempt/attempt.ts'

export interface SecretsPorts {
  readonly google: GoogleClient
  readonly compute: Compute
  readonly secretManager: SecretManager
  readonly store: ObjectStore
  readonly clock: Clock
  readonly log: Log
  readonly lasting: AttemptPorts['lasting']
  /** Told before and after the time in which a killed run would leave work for the post step. */
  readonly handover: { begin(group: string): void; end(): void }
}

export interface SecretsContext {
  /** Who started this run. */
  readonly actor: string
  readonly runUrl: string
  /** Random id of this run. */
  readonly holder: string
  readonly signal: AbortSignal
}

/** One run: what is wanted, with what, where, and how long it took. */
export interface Story {
  readonly config: Config
  readonly ports: SecretsPorts
  readonly context: SecretsContext
  readonly steps: Stopwatch
}
