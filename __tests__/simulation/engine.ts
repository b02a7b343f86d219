import { ActionError } from '../../src/errors.ts'
import { GoogleClient } from '../../src/google/client.ts'
import { Compute } from '../../src/google/compute.ts'
import { resolveEndpoints } from '../../src/google/endpoints.ts'
import { ObjectStore } from '../../src/google/object-store.ts'
import { SecretManager } from '../../src/google/secret-manager.ts'
import { attemptRelease } from '../../src/release/attempt/attempt.ts'
import { handOver } from '../../src/release/attempt/hand-over.ts'
import { lastVerified } from '../../src/release/ledger/ledger.ts'
import { LedgerFile } from '../../src/release/ledger/ledger-file.ts'
import type { Release } from '../../src/release/release.ts'
import { luckOf, mix } from './luck.ts'
import { BUCKET, PREFIX, PROJECT, REGION } from './world/cloud.ts'
import { BASE_TEMPLATE_NAME, PROVENANCE, releaseOf } from './world/furnish.ts'
import type { Job } from './world/job.ts'

const ENDPOINTS = resolveEndpoints(REGION, {})

export interface Deploy {
  readonly kind: 'deploy' | 'rollback'
  /** Name, id or URL. */
  readonly group: string
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

/** What the post step knows of the job that it follows. */
export type Left = Pick<Deploy, 'group' | 'holder' | 'seed'>

/** The post step, which the runner starts after every job that did not get to its end. */
export async function finish(job: Job, { group, holder, seed }: Left): Promise<void> {
  const { clock, log } = job
  const { signal } = new AbortController()
  const google = clientOf(job, signal, seed)
  const compute = new Compute(google, SCOPE)
  const store = new ObjectStore(google, BUCKET)
  const random = luckOf(mix(seed, 2)).next
  await handOver({ compute, store, clock, log }, { group, prefix: PREFIX, holder, signal, random })
}

async function attempt(job: Job, options: Deploy) {
  const { clock, log } = job
  const { image, signal, minReadyMs, progressDeadlineMs, lastingSignal } = options
  const google = clientOf(job, signal, options.seed)
  const compute = new Compute(google, SCOPE)
  const lasting = clientOf(job, lastingSignal, mix(options.seed, 1))
  const random = luckOf(mix(options.seed, 2)).next
  const store = new ObjectStore(lasting, BUCKET)
  const file = new LedgerFile({ store, clock }, { prefix: PREFIX, signal: lastingSignal, random })
  const release = await (options.kind === 'rollback'
    ? findRelease(compute, file, image)
    : ensureRelease(compute, image))
  const secretManager = new SecretManager(google, PROJECT.id)
  job.hasBegun = true
  const attempted = await attemptRelease(
    {
      google,
      compute,
      secretManager,
      clock,
      log,
      lasting: {
        store,
        compute: new Compute(lasting, SCOPE),
        signal: lastingSignal,
      },
    },
    {
      group: options.group,
      prefix: PREFIX,
      release,
      policy: { release: release.id, image, minReadyMs, progressDeadlineMs },
      kind: options.kind,
      provenance: PROVENANCE,
      holder: options.holder,
      autoRollback: true,
      signal,
      random,
    }
  )
  job.hasBegun = false
  return attempted
}

const SCOPE = { projectId: PROJECT.id, region: REGION }

function clientOf(
  { http, clock, log, tokens }: Job,
  signal: AbortSignal,
  seed: number
): GoogleClient {
  const random = luckOf(seed).next
  const options = { endpoints: ENDPOINTS, projectId: PROJECT.id, signal, random }
  return new GoogleClient({ http, clock, log, tokens }, options)
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

/** What a rollback goes to: a release that the ledger knows as verified, with its template. */
async function findRelease(compute: Compute, file: LedgerFile, image: string): Promise<Release> {
  const known = lastVerified(await file.read(), { otherThan: undefined })
  const entry = known.find((one) => one.image === image)
  const template = entry && (await compute.fetchTemplate(entry.template))
  if (template) return { id: entry.release, template }
  throw new ActionError('ROLLOUT_FAILED', `No verified release has ${image}.`)
}
