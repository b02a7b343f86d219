import { createHash } from 'node:crypto'
import { posix } from 'node:path'
import type { CommandRunner, Files } from '../ports.ts'
import { type Address, addressOf } from './address.ts'
import { type ResolvedBase, resolveBases } from './bases/resolve.ts'
import type { Builder } from './build/builder.ts'
import { type BuildContext, readBuildContext } from './context/build-context.ts'
import { digestContext } from './context/digest.ts'
import type { Tree } from './context/tree.ts'
import { type DockerfileReading, readDockerfile } from './dockerfile/dockerfile.ts'
import type { ImageUse } from './dockerfile/uses.ts'
import type { SecretScan } from './gate/gate.ts'

/** What an image is to be built of; fields are named as the inputs are. */
export interface Recipe {
  readonly context: string
  readonly dockerfile: string | undefined
  readonly target: string | undefined
  readonly buildArgs: ReadonlyMap<string, string>
  readonly buildSecrets: ReadonlyMap<string, string>
  readonly platforms: readonly string[]
  readonly secretScan: SecretScan
  readonly sbom: boolean
}

export interface SourcePorts {
  readonly commands: CommandRunner
  readonly files: Files
  readonly tree: Tree
}

/** Everything that decides what a build gives, as it stands now. */
export interface Source {
  readonly reading: DockerfileReading
  readonly bases: readonly ResolvedBase[]
  readonly address: Address
}

/** Runs docker commands that ask registries for these images, with a login where one of ours is among them. */
export type SignedIn = <T>(
  images: readonly ImageUse[],
  work: (env: Readonly<Record<string, string>> | undefined) => Promise<T>
) => Promise<T>

/** Changes when the gate learns to see more: what it let through before is looked at again. */
const GATE_VERSION = 1

export function dockerfilePath({ context, dockerfile }: Recipe): string {
  return dockerfile ?? posix.join(context, 'Dockerfile')
}

/** What is built for: what is asked for, else the builder's first, which is its own. */
export function platformsOf(
  { platforms }: Pick<Recipe, 'platforms'>,
  builder: Pick<Builder, 'platforms'>
): readonly string[] {
  return platforms.length > 0 ? platforms : builder.platforms.slice(0, 1)
}

/** The context as the builder will get it. @throws ActionError IMAGE_CONTEXT */
export function readContext(
  { tree }: Pick<SourcePorts, 'tree'>,
  recipe: Recipe,
  { builder, signal }: { readonly builder: 'buildkit' | 'classic'; readonly signal: AbortSignal }
): Promise<BuildContext> {
  const dockerfile = dockerfilePath(recipe)
  return readBuildContext(tree, { root: recipe.context, dockerfile, builder, signal })
}

/**
 * Names what a build of this recipe would give, without building it.
 *
 * @throws ActionError IMAGE_CONTEXT
 */
export async function readSource(
  { commands, files, tree }: SourcePorts,
  recipe: Recipe,
  options: {
    readonly builder: Builder
    readonly context: BuildContext
    /** The text of the allow list, which decides what the gate lets through. */
    readonly allowed: string
    /** Signs in to the service's own registry, where some of the images may be. */
    readonly signedIn: SignedIn
    readonly signal: AbortSignal
  }
): Promise<Source> {
  const { builder, context, signal } = options
  const { target, buildArgs, platforms } = recipe
  // A Dockerfile that cannot be read is the builder's to complain about.
  const dockerfile = await files.read(dockerfilePath(recipe)).catch(() => '')
  const reading = readDockerfile(dockerfile, {
    target,
    buildArgs,
    platforms,
    builderPlatform: builder.platforms[0],
    builder: builder.hasBuildx ? 'buildkit' : 'classic',
  })
  const [contextDigest, { bases, reasons }] = await Promise.all([
    digestContext(tree, context, signal),
    options.signedIn(reading.images, (env) =>
      resolveBases(commands, reading.images, { builder, signal, env })
    ),
  ])
  const address = addressOf({
    contextDigest,
    dockerfile,
    target,
    buildArgs,
    bases,
    platforms: platformsOf(recipe, builder),
    labels: new Map(),
    salt: `${builder.hasBuildx ? 'buildkit' : 'classic'} ${saltOf(recipe, options.allowed)}`,
    reasons: [...context.oddities, ...reading.reasons, ...reasons, ...secretReasons(recipe)],
  })
  return { reading, bases, address }
}

function saltOf({ secretScan, sbom }: Recipe, allowed: string): string {
  const list = createHash('sha256').update(allowed).digest('hex')
  return [secretScan, GATE_VERSION, list, ...(sbom ? ['sbom'] : [])].join(' ')
}

function secretReasons({ buildSecrets }: Recipe): readonly string[] {
  return buildSecrets.size === 0 ? [] : ['it has build secrets, whose values are no part of a name']
}
