import { ActionError } from '../../src/errors.ts'
import { GoogleClient } from '../../src/google/client.ts'
import { Compute } from '../../src/google/compute.ts'
import { resolveEndpoints } from '../../src/google/endpoints.ts'
import { ObjectStore } from '../../src/google/object-store.ts'
import { SecretManager } from '../../src/google/secret-manager.ts'
import { attemptRelease } from '../../src/release/attempt/attempt.ts'
import { handOver } from '../../src/release/attempt/hand-over.ts'
import type { Release } from '../../src/release/release.ts'
import { luckOf, mix } from './luck.ts'
import { BUCKET, GROUP, PREFIX, PROJECT, REGION } from './world/cloud.ts'
import { BASE_TEMPLATE_NAME, PROVENANCE, releaseOf } from './world/furnish.ts'
import type { Job } from './world/job.ts'

const ENDPOINTS = resolveEndpoints(REGION, {})
const TOKENS = { accessToken: async () => 'token' }

export interface Deploy {
  readonly kind: 'deploy' | 'rollback'
  readonly image: string
  readonly minReadyMs: number
  readonly progressDeadlineMs: number
  readonly holder: string
  readonly seed: number
  /** Aborts when the job is cancelled. */
  readonly signal: AbortSignal
  /** Aborts when even what may outlive a cancel has to end. */
  readonly lastingSignal: AbortSignal
}

export type Result = 'verified' | 'unchanged' | 'rolled_back' | 'failed' | 'cancelled' | 'bug'

/** How a job ended that was not killed. */
export interface Verdict {
  readonly result: Result
  /** The error's code and message; empty when there was none. */
  readonly message: string
}

/** One deploy as the action does it, without terraform and docker: the release, then the attempt. */
export async function deploy(job: Job, options: Deploy): Promise<Verdict> {
  try {
    const { wasRolled } = await attempt(job, options)
    return { result: wasRolled ? 'verified' : 'unchanged', message: '' }
  } catch (error) {
    if (options.signal.aborted) return { result: 'cancelled', message: String(error) }
    if (!(error instanceof ActionError)) {
      return {
        result: 'bug',
        message: error instanceof Error ? String(error.stack) : String(error),
      }
    }
    return { result: error.outcome, message: `${error.code}: ${error.message}` }
  }
}

/** The post step, which the runner starts after a job that it had to kill. */
export async function finish(job: Job, holder: string, seed: number): Promise<void> {
  const { clock, log } = job
  const { signal } = new AbortController()
  const google = clientOf(job, signal, seed)
  const compute = new Compute(google, SCOPE)
  const store = new ObjectStore(google, BUCKET)
  await handOver({ compute, store, clock, log }, { group: GROUP, prefix: PREFIX, holder, signal })
}

async function attempt(job: Job, options: Deploy) {
  const { clock, log } = job
  const { image, signal, minReadyMs, progressDeadlineMs, lastingSignal } = options
  const google = clientOf(job, signal, options.seed)
  const compute = new Compute(google, SCOPE)
  const release = await ensureRelease(compute, image)
  const lasting = clientOf(job, lastingSignal, mix(options.seed, 1))
  const secretManager = new SecretManager(google, PROJECT.id)
  return attemptRelease(
    {
      google,
      compute,
      secretManager,
      clock,
      log,
      lasting: {
        store: new ObjectStore(lasting, BUCKET),
        compute: new Compute(lasting, SCOPE),
        signal: lastingSignal,
      },
    },
    {
      group: GROUP,
      prefix: PREFIX,
      release,
      policy: { release: release.id, image, minReadyMs, progressDeadlineMs },
      kind: options.kind,
      provenance: PROVENANCE,
      holder: options.holder,
      autoRollback: true,
      signal,
    }
  )
}

const SCOPE = { projectId: PROJECT.id, region: REGION }

function clientOf({ http, clock, log }: Job, signal: AbortSignal, seed: number): GoogleClient {
  const random = luckOf(seed).next
  const options = { endpoints: ENDPOINTS, projectId: PROJECT.id, signal, random }
  return new GoogleClient({ http, clock, log, tokens: TOKENS }, options)
}

async function ensureRelease(compute: Compute, image: string): Promise<Release> {
  const base = await compute.fetchTemplate(BASE_TEMPLATE_NAME)
  if (base === undefined) throw new Error('The base template is gone.')
  const release = releaseOf(base, image)
  if ((await compute.fetchTemplate(release.template.name)) === undefined) {
    await compute.ensureTemplate(release.template)
  }
  return release
}
