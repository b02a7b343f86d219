import type { CommandRunner } from '../../ports.ts'
import { isSamePlatform, parsePlatform } from '../dockerfile/platform.ts'
import type { ImageUse } from '../dockerfile/uses.ts'
import { type ImageName, parseImageName, renderImageName } from '../reference.ts'
import { type AskOptions, askDocker, type Found, readEngineImage } from './docker.ts'
import { findRegistryDigest } from './registry-digest.ts'

/** What of a builder decides where it takes images from. */
export interface BaseBuilder {
  readonly hasBuildx: boolean
  /** `docker` is the engine itself, which takes an image that it has before asking a registry. */
  readonly driver: string
}

/** An image of the Dockerfile and what its name means now. */
export interface ResolvedBase {
  readonly name: string
  readonly platform: string | undefined
  /**
   * Of the manifest or index in the registry; of the engine's image where only the engine knows it.
   */
  readonly digest: string
  /** The layers of an image that the engine has; undefined when they have not been asked for. */
  readonly diffIds: readonly string[] | undefined
  /** `reference`: the name itself says the digest. */
  readonly origin: 'registry' | 'engine' | 'reference'
  readonly by: string
}

/** All that could be resolved. */
export interface ResolvedBases {
  readonly bases: readonly ResolvedBase[]
  readonly reasons: readonly string[]
}

/** Who builds, and how the user's Docker is asked. */
export interface ResolveOptions {
  readonly builder: BaseBuilder
  readonly signal: AbortSignal
  readonly env?: AskOptions['env']
}

/** A registry that takes longer must not hold up a build that would ask it again. */
const TIMEOUT_MS = 20_000

/**
 * Looks up what the builder will take for each image, all at once, through the user's own Docker and
 * its credentials. Never fails: the build itself will tell what is wrong with a name or a registry.
 *
 * @throws the signal's reason
 */
export async function resolveBases(
  commands: CommandRunner,
  images: readonly ImageUse[],
  options: ResolveOptions
): Promise<ResolvedBases> {
  const found = await Promise.all(
    images.map(async (use) => {
      const result = await resolveOne(commands, use, options)
      return 'found' in result ? result : { missing: `${use.name}: ${result.missing}` }
    })
  )
  return {
    bases: found.flatMap((result) => ('found' in result ? [result.found] : [])),
    reasons: found.flatMap((result) =>
      'missing' in result ? [`the digest of an image cannot be looked up: ${result.missing}`] : []
    ),
  }
}

async function resolveOne(
  commands: CommandRunner,
  use: ImageUse,
  { builder, signal, env }: ResolveOptions
): Promise<Found<ResolvedBase>> {
  const { name, platform, by } = use
  const image = parseImageName(name)
  if (image === undefined) return { missing: 'this is no image reference' }
  const common = { name, platform, by, diffIds: undefined }
  if (image.digest !== undefined) {
    return { found: { ...common, digest: image.digest, origin: 'reference' } }
  }
  const ask = { signal, env, timeoutMs: TIMEOUT_MS }
  const isEngineAsked = !builder.hasBuildx || builder.driver === 'docker'
  const local = isEngineAsked ? await findInEngine(commands, { use, image, ask }) : undefined
  if (local !== undefined) return { found: { ...common, ...local, origin: 'engine' } }
  const reference = renderImageName(image)
  const remote = await findRegistryDigest(commands, { reference, platform, builder, ask })
  if ('missing' in remote) return remote
  return { found: { ...common, digest: remote.found, origin: 'registry' } }
}

// As moby's own resolver: an image of another platform does not count, one of the same name does,
// however old it is (daemon/internal/builder-next/adapters/containerimage/pull.go).
async function findInEngine(
  commands: CommandRunner,
  {
    use,
    image,
    ask,
  }: { readonly use: ImageUse; readonly image: ImageName; readonly ask: AskOptions }
): Promise<Pick<ResolvedBase, 'digest' | 'diffIds'> | undefined> {
  // In full: a short name could also be the beginning of an image id.
  const reference = renderImageName(image)
  const args = ['image', 'inspect', '--format={{json .}}', reference]
  const answer = await askDocker(commands, args, ask)
  if ('missing' in answer) return undefined
  const local = readEngineImage(answer.found)
  const wanted = use.platform === undefined ? undefined : parsePlatform(use.platform)
  if (local.digest === '' || local.platform === undefined) return undefined
  if (wanted !== undefined && !isSamePlatform(local.platform, wanted)) return undefined
  return { digest: repositoryDigest(local.names, image) ?? local.digest, diffIds: local.diffIds }
}

/** The digest under which the registry knows it as well, so that both ways give one address. */
function repositoryDigest(names: readonly string[], { host, path }: ImageName): string | undefined {
  const own = names.flatMap((text) => {
    const name = parseImageName(text)
    return name?.host === host && name.path === path && name.digest ? [name.digest] : []
  })
  return own.length === 1 ? own[0] : undefined
}

/**
 * The images that a build can be pinned to by `name@digest`. An image that only stands in the engine
 * cannot: by digest it would be looked for in the registry. Nor can one that is called as a stage is:
 * BuildKit would take the pin for the stage, and leave out what the stage does.
 */
export function pinsOf(
  bases: readonly ResolvedBase[],
  stageNames: readonly string[] = []
): readonly { readonly name: string; readonly digest: string }[] {
  const unpinned = new Set(
    bases.flatMap(({ name, origin }) => (origin === 'registry' ? [] : [name]))
  )
  const stages = new Set(stageNames)
  const pins = new Map<string, string>()
  for (const { name, digest, by } of bases) {
    const isPinned = !unpinned.has(name) && by !== '# syntax' && !stages.has(familiarName(name))
    if (isPinned) pins.set(name, digest)
  }
  return [...pins].map(([name, digest]) => ({ name, digest }))
}

/** As buildx writes a name before it compares it with those of stages. */
function familiarName(name: string): string {
  return name
    .toLowerCase()
    .replace(/^(?:index\.)?docker\.io\//, '')
    .replace(/^library\//, '')
    .replace(/:latest$/, '')
}
