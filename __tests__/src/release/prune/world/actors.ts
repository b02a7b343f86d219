import { ArtifactRegistry } from '../../../../../src/google/artifact-registry.ts'
import { GoogleClient } from '../../../../../src/google/client.ts'
import { Compute } from '../../../../../src/google/compute.ts'
import { resolveEndpoints } from '../../../../../src/google/endpoints.ts'
import { ObjectStore } from '../../../../../src/google/object-store.ts'
import { SecretManager } from '../../../../../src/google/secret-manager.ts'
import type { Log } from '../../../../../src/ports.ts'
import { attemptRelease } from '../../../../../src/release/attempt/attempt.ts'
import { lastVerified } from '../../../../../src/release/ledger/ledger.ts'
import { LedgerFile } from '../../../../../src/release/ledger/ledger-file.ts'
import { prepareRelease } from '../../../../../src/release/prepare.ts'
import { type Pruned, pruneReleases } from '../../../../../src/release/prune/prune.ts'
import type { Release } from '../../../../../src/release/release.ts'
import { luckOf } from '../../../../simulation/luck.ts'
import { BUCKET, GROUP, PREFIX, PROJECT, REGION } from '../../../../simulation/world/cloud.ts'
import { BASE_TEMPLATE_NAME, PROVENANCE } from '../../../../simulation/world/furnish.ts'
import type { Job } from '../../../../simulation/world/job.ts'
import { REPOSITORY, REST_PREFIX } from './prune-cloud.ts'

const ENDPOINTS = resolveEndpoints(REGION, {
  GOOGLE_ARTIFACT_REGISTRY_CUSTOM_ENDPOINT: `https://cloud${REST_PREFIX}/`,
})
const SCOPE = { projectId: PROJECT.id, region: REGION }
const NEVER = new AbortController().signal

export interface RunOptions {
  readonly keepReleases: number
  readonly holder: string
  readonly seed: number
  readonly signal?: AbortSignal
  readonly lastingSignal?: AbortSignal
  readonly log?: Log
}

/** A run of the action as far as releases are concerned. */
export class Run {
  readonly #job: Job
  readonly #options: RunOptions
  readonly #signal: AbortSignal

  constructor(job: Job, options: RunOptions) {
    this.#job = job
    this.#options = options
    this.#signal = options.signal ?? NEVER
  }

  /** A deploy from the pushed image on: the release, its attempt, then the pruning. */
  async deploy(image: string): Promise<Pruned> {
    const ports = this.#ports()
    const release = await prepareRelease(ports, {
      name: GROUP,
      baseTemplateName: BASE_TEMPLATE_NAME,
      image,
      secrets: new Map(),
      provenance: PROVENANCE,
    })
    return this.#roll(release, image, 'deploy')
  }

  /** To a release that the ledger knows as verified, the `back`th before the newest; none when there is none. */
  async rollBack(back: number): Promise<Pruned | undefined> {
    const { lasting, compute, clock } = this.#ports()
    const parts = { store: lasting.store, clock }
    const file = new LedgerFile(parts, { prefix: PREFIX, signal: lasting.signal })
    const entry = lastVerified(await file.read(), { otherThan: undefined })[back]
    const template = entry && (await compute.fetchTemplate(entry.template))
    if (!template) return undefined
    return this.#roll({ id: entry.release, template }, entry.image, 'rollback')
  }

  /** The pruning alone, after a release that was verified before. */
  async prune(release: string): Promise<Pruned> {
    return pruneReleases(this.#ports(), this.#pruneOptions(release))
  }

  async #roll(release: Release, image: string, kind: 'deploy' | 'rollback'): Promise<Pruned> {
    const ports = this.#ports()
    const { holder, seed } = this.#options
    await attemptRelease(ports, {
      group: GROUP,
      prefix: PREFIX,
      release,
      policy: { release: release.id, image, minReadyMs: 5_000, progressDeadlineMs: 240_000 },
      kind,
      provenance: PROVENANCE,
      holder,
      autoRollback: true,
      signal: this.#signal,
      random: luckOf(seed).next,
    })
    return pruneReleases(ports, this.#pruneOptions(release.id))
  }

  #pruneOptions(release: string) {
    const { keepReleases, holder, seed } = this.#options
    return {
      ...SCOPE,
      name: GROUP,
      group: GROUP,
      prefix: PREFIX,
      release,
      repository: REPOSITORY,
      keepReleases,
      owner: { holder, runUrl: 'https://run/1', actor: 'eve' },
      deployer: 'deployer@demo.iam.gserviceaccount.com',
      signal: this.#signal,
      random: luckOf(seed + 1).next,
    }
  }

  #ports() {
    const { lastingSignal = NEVER, log = this.#job.log } = this.#options
    const google = this.#client(this.#signal)
    const lasting = this.#client(lastingSignal)
    return {
      google,
      compute: new Compute(google, SCOPE),
      artifacts: new ArtifactRegistry(google, SCOPE),
      secretManager: new SecretManager(google, PROJECT.id),
      clock: this.#job.clock,
      log,
      lasting: {
        store: new ObjectStore(lasting, BUCKET),
        compute: new Compute(lasting, SCOPE),
        signal: lastingSignal,
      },
    }
  }

  #client(signal: AbortSignal): GoogleClient {
    const { http, clock, log, tokens } = this.#job
    const random = luckOf(this.#options.seed + 2).next
    const options = { endpoints: ENDPOINTS, projectId: PROJECT.id, signal, random }
    return new GoogleClient({ http, clock, log, tokens }, options)
  }
}
