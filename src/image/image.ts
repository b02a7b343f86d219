import { randomUUID } from 'node:crypto'
import type { GoogleClient } from '../google/client.ts'
import { renderDuration } from '../lib/duration.ts'
import type { Stopwatch } from '../lib/stopwatch.ts'
import { together } from '../lib/together.ts'
import type { Annotation, Clock, CommandRunner, Files, Log } from '../ports.ts'
import { findBaseLayers } from './bases/layers.ts'
import { pinsOf } from './bases/resolve.ts'
import { type BuildPorts, type BuiltImage, buildImage } from './build/build.ts'
import { type Builder, findBuilder } from './build/builder.ts'
import { cacheReference } from './build/cache.ts'
import { type CheckFinding, checkDockerfile } from './build/checks.ts'
import { withLogin } from './build/client-folder.ts'
import type { BuildOptions } from './build/command.ts'
import { readCommitTime } from './commit-time.ts'
import type { BuildContext } from './context/build-context.ts'
import { type ExistingImage, resolveExisting } from './existing.ts'
import { ALLOW_LIST_FILE, type AllowList, parseAllowList } from './gate/allow-list.ts'
import { guardFindings, scanContext, scanImage, warnOfAllowList } from './gate/gate.ts'
import { type ByteStreams, engineImage, layoutFile } from './gate/image/source.ts'
import { buildTag, type ImageRepository, parseImageName, sourceTag } from './reference.ts'
import { findLatest } from './reuse.ts'
import {
  dockerfilePath,
  type Recipe,
  readContext,
  readSource,
  type SignedIn,
  type Source,
  type SourcePorts,
} from './source.ts'

export interface ImagePorts extends BuildPorts, SourcePorts {
  readonly commands: CommandRunner
  readonly files: Files
  readonly google: GoogleClient
  readonly streams: ByteStreams
  readonly clock: Clock
  readonly log: Log
}

/** What becomes the image; fields are named as the inputs are. */
export interface ImageRequest extends Recipe {
  /** A reference to deploy as it is; undefined: the image is built. */
  readonly image: string | undefined
  readonly rebuildAfterMs: number
}

export interface ImageOptions {
  /** Where the images of this service are; undefined before the first apply. */
  readonly repository: Promise<ImageRepository | undefined>
  /** Where they will be, should nobody say otherwise. */
  readonly fallback: ImageRepository
  readonly commit: string
  /** URL of the repository, for the image's labels. */
  readonly sourceUrl: string
  /** A folder of ours outside the workspace. */
  readonly workDirectory: string
  readonly steps: Stopwatch
  readonly signal: AbortSignal
}

/** An image that only has to be brought where the VMs find it, if it is not there yet. */
export type PreparedImage =
  | { readonly kind: 'existing'; readonly image: ExistingImage }
  | { readonly kind: 'known'; readonly repository: ImageRepository; readonly digest: string }
  | {
      readonly kind: 'built'
      readonly builder: Builder
      readonly options: BuildOptions
      readonly image: BuiltImage
      /** Under which it is found again. */
      readonly tag: string
    }

/**
 * Gets the image ready, up to the push: the one that is named, the one that the same source gave
 * before, or a new one that has passed the gate.
 *
 * @throws ActionError IMAGE_*, GCP_*
 */
export async function prepareImage(
  ports: ImagePorts,
  request: ImageRequest,
  options: ImageOptions
): Promise<PreparedImage> {
  if (request.image !== undefined) {
    const repository = (await options.repository) ?? options.fallback
    return {
      kind: 'existing',
      image: await resolveExisting(ports.google, request.image, { repository }),
    }
  }
  const story = { ports, request, options }
  const { steps } = options
  const ready = await steps.time('image', () => lookForKnown(story))
  return 'kind' in ready ? ready : build(story, ready)
}

interface Story {
  readonly ports: ImagePorts
  readonly request: ImageRequest
  readonly options: ImageOptions
}

/** Something that must be built, and may be. */
interface Buildable {
  readonly builder: Builder
  readonly source: Source
  readonly allowList: AllowList
  /** Undefined where no repository is there yet. */
  readonly repository: ImageRepository | undefined
  /** The same source was built before, and too long ago. */
  readonly isStale: boolean
}

type Known = Extract<PreparedImage, { kind: 'known' }>

async function lookForKnown(story: Story): Promise<Known | Buildable> {
  const { ports, request, options } = story
  const { signal } = options
  const [builder, eager, allowed] = await Promise.all([
    findBuilder(ports.commands),
    readContext(ports, request, { builder: 'buildkit', signal }),
    // Without such a file nothing is allowed.
    ports.files.read(ALLOW_LIST_FILE).catch(() => ''),
  ])
  const context = builder.hasBuildx
    ? eager
    : await readContext(ports, request, { builder: 'classic', signal })
  const allowList = parseAllowList(allowed)
  // What is known has passed the gate already: then nobody waits for it.
  const dispensable = new AbortController()
  const either = AbortSignal.any([signal, dispensable.signal])
  const guarded = guardContext(story, { context, allowList, signal: either })
  guarded.catch(() => undefined)
  const [source, repository] = await Promise.all([
    readSource(ports, request, { builder, context, allowed, signedIn: signIn(story), signal }),
    options.repository,
  ])
  const { known, isStale } = await findKnown(story, source, repository)
  if (known) {
    dispensable.abort()
    return known
  }
  await guarded
  return { builder, source, allowList, repository, isStale }
}

/** A base image of the project itself needs no login of the user's. */
function signIn({ ports, options }: Story): SignedIn {
  const { host } = options.fallback
  return async (images, work) => {
    if (!images.some(({ name }) => parseImageName(name)?.host === host)) return work(undefined)
    const login = { host, token: await ports.tokens.accessToken() }
    const directory = `${options.workDirectory}/look-up-${randomUUID()}`
    return withLogin(ports, { directory, ...login }, work)
  }
}

async function guardContext(
  { ports, request }: Story,
  {
    context,
    ...options
  }: { readonly context: BuildContext; readonly allowList: AllowList; readonly signal: AbortSignal }
): Promise<void> {
  if (request.secretScan === 'off') return
  const findings = await scanContext(ports.tree, context, {
    ...options,
    folder: request.context,
    dockerfile: dockerfilePath(request),
  })
  guardFindings(request.secretScan, findings, 'context', ports.log)
}

async function findKnown(
  { ports, request }: Story,
  { address }: Source,
  repository: ImageRepository | undefined
): Promise<{ readonly known?: Known; readonly isStale: boolean }> {
  const { google, clock, log } = ports
  if ('unaddressable' in address) {
    for (const reason of address.unaddressable) log.info(`It has to be built: ${reason}`)
    return { isStale: false }
  }
  if (repository === undefined) return { isStale: false }
  const latest = await findLatest(google, repository, { ...address, nowMs: clock.now() })
  if (latest === undefined) return { isStale: false }
  const age = renderDuration(latest.ageMs)
  if (latest.ageMs >= request.rebuildAfterMs) {
    log.info(`The image of this source is ${age} old: it is built anew, every step of it.`)
    return { isStale: true }
  }
  const { digest } = latest
  log.info(`The registry has the image of this source, built ${age} ago: ${digest}`)
  return { known: { kind: 'known', repository, digest }, isStale: false }
}

async function build(story: Story, ready: Buildable): Promise<PreparedImage> {
  const { ports, options } = story
  const { steps, signal } = options
  const { builder, source } = ready
  const startedAtMs = ports.clock.now()
  const settings = await buildOptions(story, ready)
  const log = ports.log.labelled('docker')
  const [image, baseLayers] = await steps.time('build', () =>
    together(
      signal,
      (either) => buildChecked({ ...ports, log }, builder, { ...settings, signal: either }),
      (either) =>
        signIn(story)(source.reading.finalBases, (env) =>
          findBaseLayers(ports.commands, source.reading.finalBases, {
            bases: source.bases,
            signal: either,
            env,
          })
        )
    )
  )
  const id = image.kind === 'engine' ? image.imageId : image.digest
  log.info(`Built ${id}`)
  await steps.time('scan', () => guardImage(story, ready, { image, baseLayers: baseLayers ?? [] }))
  const { address } = source
  const tag = 'address' in address ? sourceTag(address.address, startedAtMs) : buildTag(id)
  return { kind: 'built', builder, options: settings, image, tag }
}

async function buildOptions(
  { ports, request, options }: Story,
  { source, repository, isStale }: Buildable
): Promise<BuildOptions> {
  const { commit, sourceUrl, workDirectory, signal } = options
  const commitTime = await readCommitTime(ports.commands, { folder: request.context, commit })
  const created = commitTime === undefined ? [] : [new Date(commitTime * 1000).toISOString()]
  return {
    context: request.context,
    dockerfile: request.dockerfile,
    target: request.target,
    buildArgs: request.buildArgs,
    labels: new Map([
      ['org.opencontainers.image.source', sourceUrl],
      ['org.opencontainers.image.revision', commit],
      ...created.map((time) => ['org.opencontainers.image.created', time] as const),
    ]),
    secrets: request.buildSecrets,
    commitTime,
    platforms: request.platforms,
    bases: pinsOf(source.bases),
    noCache: isStale,
    registryHost: options.fallback.host,
    cache: repository && cacheReference(repository),
    // It needs a scanner image from Docker Hub: nothing that a deploy should hang on.
    sbom: false,
    provenance: true,
    workDirectory,
    signal,
  }
}

/** What BuildKit's checks find is shown at its line, and stops nothing. */
async function buildChecked(
  ports: ImagePorts,
  builder: Builder,
  options: BuildOptions
): Promise<BuiltImage> {
  const [image, findings] = await together(
    options.signal,
    (signal) => buildImage(ports, builder, { ...options, signal }),
    (signal) => checkDockerfile(ports, builder, { ...options, signal })
  )
  for (const finding of findings) ports.log.annotate(toAnnotation(finding))
  return image
}

async function guardImage(
  { ports, request, options }: Story,
  { allowList }: Buildable,
  { image, baseLayers }: { readonly image: BuiltImage; readonly baseLayers: readonly string[] }
): Promise<void> {
  if (request.secretScan === 'off') return
  const { streams, log } = ports
  const { signal } = options
  const source =
    image.kind === 'engine' ? engineImage(streams, image.imageId) : layoutFile(streams, image.path)
  const findings = await scanImage(source, { baseLayers, allowList, signal })
  guardFindings(request.secretScan, findings, 'image', log)
  warnOfAllowList(allowList, log)
}

function toAnnotation({ rule, message, file, line, url }: CheckFinding): Annotation {
  const words = [message, url].filter((part) => part !== '').join('\n')
  return { severity: 'warning', title: `Build check ${rule}`, message: words, file, line }
}
