import type { Prices } from '../../cost/sku.ts'
import type { Announcement } from '../../github/deployment/announcement.ts'
import type { GitHub } from '../../github/github.ts'
import type { ArtifactRegistry } from '../../google/artifact-registry.ts'
import type { GoogleClient } from '../../google/client.ts'
import type { Compute } from '../../google/compute.ts'
import type { ObjectStore } from '../../google/object-store.ts'
import type { SecretManager } from '../../google/secret-manager.ts'
import type { PushPorts } from '../../image/push/push.ts'
import type { ImagePorts } from '../../image/story.ts'
import type { Config } from '../../inputs.ts'
import type { Stopwatch } from '../../lib/stopwatch.ts'
import type { Clock, Log } from '../../ports.ts'
import type { AttemptPorts } from '../../release/attempt/attempt.ts'
import type { Provenance } from '../../release/release.ts'
import type { Terraform } from '../../terraform/terraform.ts'
import type { Chronicle } from './chronicle.ts'

export interface DeployPorts extends ImagePorts, PushPorts {
  readonly terraform: (signal: AbortSignal) => Promise<Terraform>
  readonly google: GoogleClient
  readonly compute: Compute
  readonly artifacts: ArtifactRegistry
  readonly secretManager: SecretManager
  readonly store: ObjectStore
  /** Undefined where the job has no token for GitHub. */
  readonly github: GitHub | undefined
  readonly clock: Clock
  readonly log: Log
  readonly lasting: AttemptPorts['lasting']
  /** Told before and after the time in which a killed run would leave work for the post step. */
  readonly handover: { begin(group: string): void; end(): void }
  /** GitHub's own page of deployments. */
  readonly announcement: Announcement
  readonly prices: (signal: AbortSignal) => Promise<Prices>
  /** Adds to the page of the run. */
  readonly summarize: (markdown: string) => Promise<void>
}

export interface DeployContext {
  readonly provenance: Provenance
  /** Random id of this run. */
  readonly holder: string
  readonly registryHost: string
  /** Base of the registry's addresses, such as `https://europe-west1-docker.pkg.dev/`. */
  readonly registryUrl: string
  /** A folder of ours outside the workspace. */
  readonly workDirectory: string
  /** URL of the repository, for the image's labels. */
  readonly sourceUrl: string
  readonly signal: AbortSignal
}

/** One deploy: what is wanted, with what, where, and how long it took. */
export interface Story {
  readonly config: Config
  readonly ports: DeployPorts
  readonly context: DeployContext
  readonly steps: Stopwatch
  readonly chronicle: Chronicle
}
