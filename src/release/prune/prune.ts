import { ActionError, describeError } from '../../errors.ts'
import type { ArtifactRegistry } from '../../google/artifact-registry.ts'
import type { GoogleClient } from '../../google/client.ts'
import { groupName } from '../../google/compute/group-reference.ts'
import type { Compute } from '../../google/compute.ts'
import type { ObjectStore } from '../../google/object-store.ts'
import { type ImageRepository, renderDigestReference } from '../../image/reference.ts'
import type { Clock, Log } from '../../ports.ts'
import { withDeployLock } from '../ledger/deploy-lock.ts'
import { LedgerFile } from '../ledger/ledger-file.ts'
import { decidePruning, type PruneDecision, strangers, YOUNG_MS } from './decision.ts'
import { packageIn, packageOf, type ReleaseTags, readReleaseTags } from './release-tags.ts'
import { namePattern, type ReleaseTemplate, readReleaseTemplate } from './release-template.ts'
import { type Swept, sweepReleases } from './sweep.ts'
import { describeFailures, nameReleases } from './words.ts'

export interface PrunePorts {
  readonly google: GoogleClient
  readonly compute: Compute
  readonly artifacts: ArtifactRegistry
  readonly clock: Clock
  readonly log: Log
  /** For the deploy lock, which must be freed after a cancel as well. */
  readonly lasting: { readonly store: ObjectStore; readonly signal: AbortSignal }
}

export interface PruneOptions {
  /** Of the service: its releases' templates are called `<name>-<release id>`. */
  readonly name: string
  readonly group: string
  /** Folder of the service in the state bucket. */
  readonly prefix: string
  /** Id of the release that was just verified. */
  readonly release: string
  /** Where the service's images lie. */
  readonly repository: ImageRepository
  readonly projectId: string
  readonly region: string
  readonly keepReleases: number
  /** Who holds the deploy lock meanwhile: this run. */
  readonly owner: { readonly holder: string; readonly runUrl: string; readonly actor: string }
  /** Address of the deploying service account, for a command in a warning. */
  readonly deployer?: string | undefined
  /** A cancel. */
  readonly signal: AbortSignal
  /** Decides the jitter of pauses. */
  readonly random?: () => number
}

export interface Pruned {
  /** Releases that lost template and tag. */
  readonly gone: readonly string[]
  /** Releases that should have, and are left for the next deploy. */
  readonly left: readonly string[]
}

const MOST_STRANGERS = 10
const NOTHING: Pruned = { gone: [], left: [] }

/** Takes template and tag from releases that nobody goes back to any more. Never rejects. */
export async function pruneReleases(ports: PrunePorts, options: PruneOptions): Promise<Pruned> {
  const { log } = ports
  try {
    const listing = await Promise.all([listReleases(ports, options), listTags(ports, options)])
    return told(ports, options, await prune(ports, options, listing))
  } catch (error) {
    if (options.signal.aborted) log.info('Old releases were not all pruned before the cancel.')
    else if (error instanceof ActionError && error.code === 'DEPLOY_LOCKED') {
      log.debug('Another run deploys by now: the old releases are left to it.')
    } else {
      log.warning(
        `Old releases were not pruned, which the next deploy tries again. ${describeError(error)}`
      )
    }
    return NOTHING
  }
}

type Listing = readonly [readonly ReleaseTemplate[], ReleaseTags]

/** Most deploys have nothing to prune, and find that out without the lock. */
async function prune(
  ports: PrunePorts,
  options: PruneOptions,
  [templates, tags]: Listing
): Promise<Swept | undefined> {
  const { clock, log, lasting } = ports
  const { prefix, owner, signal, random = Math.random } = options
  const { store } = lasting
  const file = new LedgerFile({ store, clock }, { prefix, signal: lasting.signal, random })
  const ledger = await file.read()
  const { release: running, keepReleases, repository } = options
  const ownImage = renderDigestReference(repository, '')
  const forgotten = await listForgotten(ports, options, { templates, tags, ledger })
  const wish = { templates, running, keepReleases, ownImage, forgotten, nowMs: clock.now() }
  if (isIdle(decidePruning({ ...wish, ledger, tags, usedTemplates: new Set() }))) return undefined
  const lock = { prefix, owner, signal, waitMs: 0, random }
  return withDeployLock({ store, clock, log }, lock, async (either) => {
    // Under the lock no attempt can begin, so what is read now holds until the end.
    const [ledgerNow, tagsNow, usedTemplates] = await Promise.all([
      file.read(),
      listTags(ports, options),
      namesInUse(ports.compute, options.group),
    ])
    const decision = decidePruning({ ...wish, ledger: ledgerNow, tags: tagsNow, usedTemplates })
    return sweepReleases(ports, sweepOptions(options, either), decision)
  })
}

function isIdle({ doomed, orphans, untagged }: PruneDecision): boolean {
  return doomed.length + orphans.length + untagged.length === 0
}

function sweepOptions({ name, repository, projectId }: PruneOptions, signal: AbortSignal) {
  const place = { host: repository.host, projectId }
  return {
    templateOf: (release: string) => `${name}-${release}`,
    packageOf: (image: string) => packageOf(image, place),
    own: packageIn(repository, place),
    signal,
  }
}

async function listReleases(
  { compute }: PrunePorts,
  { name }: PruneOptions
): Promise<readonly ReleaseTemplate[]> {
  const listed = await compute.listTemplates(namePattern(name))
  return listed.flatMap((template) => readReleaseTemplate(name, template) ?? [])
}

async function listTags(
  { artifacts }: PrunePorts,
  { repository, projectId }: PruneOptions
): Promise<ReleaseTags> {
  const own = packageIn(repository, { host: repository.host, projectId })
  return readReleaseTags(own ? await artifacts.listTags(own) : [])
}

/** Strangers are rare, and so are these questions; those beyond the first few wait for another deploy. */
async function listForgotten(
  { artifacts, clock }: PrunePorts,
  { repository, projectId }: PruneOptions,
  facts: Parameters<typeof strangers>[0]
): Promise<ReadonlySet<string>> {
  const own = packageIn(repository, { host: repository.host, projectId })
  if (own === undefined) return new Set()
  const isOld = async (release: string): Promise<readonly string[]> => {
    const digest = facts.tags.tagged.get(release) ?? ''
    const updatedAtMs = (await artifacts.fetchUpdatedAtMs(own, digest)) ?? Infinity
    return clock.now() - updatedAtMs > YOUNG_MS ? [release] : []
  }
  const some = strangers(facts).slice(0, MOST_STRANGERS)
  return new Set((await Promise.all(some.map(isOld))).flat())
}

/** By name alone, which spares a template elsewhere that is called the same. */
async function namesInUse(compute: Compute, group: string): Promise<ReadonlySet<string>> {
  const [{ versions }, used] = await Promise.all([
    compute.fetchGroup(group),
    compute.listUsedTemplates(group),
  ])
  return new Set(
    [...versions.map(({ instanceTemplate }) => instanceTemplate), ...used].map(groupName)
  )
}

/** Says what came of it. */
function told(
  { google, log }: PrunePorts,
  { projectId, region, deployer, keepReleases, signal }: PruneOptions,
  swept: Swept | undefined
): Pruned {
  if (swept === undefined) return NOTHING
  const { gone, left } = swept
  if (gone.length > 0)
    log.info(`Pruned ${nameReleases(gone)}: the last ${keepReleases} verified releases stay.`)
  const place = { projectId, region, deployer, fixFor: google.fixFor.bind(google) }
  const warning = signal.aborted ? undefined : describeFailures(swept, place)
  if (warning !== undefined) log.warning(warning)
  else if (left.length > 0) log.info(`Left to prune by the next deploy: ${nameReleases(left)}.`)
  return { gone, left }
}
