import type { ArtifactRegistry } from '../../google/artifact-registry.ts'
import type { GoogleClient } from '../../google/client.ts'
import type { Compute } from '../../google/compute.ts'
import type { ObjectStore } from '../../google/object-store.ts'
import type { Config } from '../../inputs.ts'
import type { Clock, Log } from '../../ports.ts'
import type { Terraform } from '../../terraform/terraform.ts'
import type { Progress } from './progress.ts'

export interface DestroyPorts {
  readonly terraform: (signal: AbortSignal) => Promise<Terraform>
  readonly google: GoogleClient
  readonly compute: Compute
  readonly artifacts: ArtifactRegistry
  readonly store: ObjectStore
  /** Outlives a cancel, or a cancelled run keeps its lock until it is stale. */
  readonly lasting: { readonly store: ObjectStore }
  readonly clock: Clock
  readonly log: Log
}

export interface DestroyContext {
  /** Random id of this run. */
  readonly holder: string
  readonly runUrl: string
  readonly actor: string
  readonly registryHost: string
  readonly signal: AbortSignal
}

/** One destroy: of what, with what, and what came of it so far. */
export interface Story {
  readonly config: Config
  readonly ports: DestroyPorts
  readonly context: DestroyContext
  readonly progress: Progress
}
