import { posix } from 'node:path'
import { ActionError } from '../../errors.ts'
import type { Builder } from './builder.ts'

/** A base image and the manifest that its registry had under this name. */
export interface BasePin {
  /** As it stands in FROM, arguments filled in. */
  readonly name: string
  readonly digest: string
}

export interface BuildOptions {
  readonly context: string
  readonly dockerfile: string | undefined
  readonly target: string | undefined
  readonly buildArgs: ReadonlyMap<string, string>
  readonly labels: ReadonlyMap<string, string>
  /** Values for `RUN --mount=type=secret`, by id: no file, no layer and no command line has them. */
  readonly secrets: ReadonlyMap<string, string>
  /** The one time that the image may carry, in seconds since the epoch: that of the commit. */
  readonly commitTime: number | undefined
  /** Such as `linux/amd64`; empty for that of the builder. */
  readonly platforms: readonly string[]
  /** Bases that a registry has: the build takes these and no newer ones. */
  readonly bases: readonly BasePin[]
  /** Every step anew, for packages as they are today. */
  readonly noCache: boolean
  /** The registry whose token the build gets, for bases and for the cache; undefined for none. */
  readonly registryHost: string | undefined
  /** `HOST/PATH:TAG` of the layer cache, or undefined for none. */
  readonly cache: string | undefined
  /** Whether the cache keeps the layers of earlier stages, which nobody has looked at. */
  readonly cachesStages: boolean
  /** A list of the image's packages beside it: asks for a scanner image from Docker Hub. */
  readonly sbom: boolean
  /** How the image was made beside it, without the values of build arguments. */
  readonly provenance: boolean
  /** A folder of ours for what the builder hands over. */
  readonly workDirectory: string
  readonly signal: AbortSignal
}

/** A command line without secrets, and the environment that has them. */
export interface Command {
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
}

/** Files of the work folder. */
export interface Outcome {
  readonly imageId: string
  readonly layout: string
}

export function outcomeOf({ workDirectory }: BuildOptions): Outcome {
  return { imageId: `${workDirectory}/image-id`, layout: `${workDirectory}/image.tar` }
}

/** The Dockerfile's path in the workspace. */
export function dockerfileOf({ context, dockerfile }: BuildOptions): string {
  return dockerfile ?? posix.join(context, 'Dockerfile')
}

/** The whole command for this builder. @throws ActionError IMAGE_BUILD_FAILED for what it cannot do */
export function renderBuild(builder: Builder, options: BuildOptions): Command {
  requireAble(builder, options)
  const { imageId, layout } = outcomeOf(options)
  const { args, env } = renderSubject(builder, options)
  const anew = options.noCache ? ['--no-cache'] : []
  if (!builder.hasBuildx) return { args: ['build', `--iidfile=${imageId}`, ...anew, ...args], env }
  const output = builder.can.exportsLayout
    ? [`--output=type=oci,${csvField(`dest=${layout}`)}${rewriting(options)}`]
    : ['--load', `--iidfile=${imageId}`, ...inlineCacheOf(options)]
  const more = [
    ...readCacheOf(options),
    `--progress=${builder.can.tellsProgress ? 'rawjson' : 'plain'}`,
    ...anew,
    ...platformsOf(options),
    ...(builder.can.attests ? attestations(options) : []),
  ]
  return { args: ['buildx', 'build', ...output, ...more, ...args], env }
}

/** The command that builds nothing any more and brings all layers into the cache. */
export function renderCacheExport(builder: Builder, options: BuildOptions): Command {
  const { args, env } = renderSubject(builder, options)
  const form = `mode=${options.cachesStages ? 'max' : 'min'},image-manifest=true,oci-mediatypes=true`
  const to = `--cache-to=type=registry,ref=${options.cache},${form}`
  const plain = builder.can.attests ? ['--provenance=false'] : []
  const output = ['--output=type=cacheonly', ...plain, '--progress=plain']
  return { args: ['buildx', 'build', ...output, to, ...platformsOf(options), ...args], env }
}

function platformsOf({ platforms }: BuildOptions): readonly string[] {
  return platforms.length > 0 ? [`--platform=${platforms.join(',')}`] : []
}

// Said, since what buildx adds by itself never gets into a file; and never mode=max, which tells
// the values of build arguments to all who may pull.
function attestations({ provenance, sbom }: BuildOptions): readonly string[] {
  return [
    provenance ? '--attest=type=provenance,mode=min' : '--provenance=false',
    ...(sbom ? ['--attest=type=sbom'] : []),
  ]
}

/** What is to be built: the part that a build and its checks have in common. */
export function renderSubject(builder: Builder, options: BuildOptions): Command {
  const { context, dockerfile, target, buildArgs, labels, bases } = options
  const pins = builder.can.pinsBases ? bases.filter(isTagged) : []
  const args = [
    ...(dockerfile === undefined ? [] : [`--file=${dockerfile}`]),
    ...(target === undefined ? [] : [`--target=${target}`]),
    // A name without "=" takes the value from the environment: no value in argv.
    ...[...buildArgs].map(([name, value]) =>
      CLIENT_VARIABLE.test(name) ? `--build-arg=${name}=${value}` : `--build-arg=${name}`
    ),
    ...[...labels].map(([name, value]) => `--label=${name}=${value}`),
    ...[...options.secrets.keys()].map(
      (id, index) => `--secret=${csvField(`id=${id}`)},env=${secretVariable(index)}`
    ),
    // Both sides bring names into one form, so that `python:3` meets `docker.io/library/python:3`.
    ...pins.map(({ name, digest }) => `--build-context=${name}=docker-image://${name}@${digest}`),
    '--',
    context,
  ]
  return { args, env: buildEnvironment(builder, options) }
}

// Docker's client reads these itself: given through the environment they would change the client.
const CLIENT_VARIABLE =
  /^(PATH|HOME|TMPDIR|DOCKER_.*|BUILDX_.*|BUILDKIT_.*|EXPERIMENTAL_.*|SOURCE_DATE_EPOCH|(HTTPS?|ALL|FTP)_PROXY|NO_PROXY|OTEL_.*|SSL_CERT_.*|LD_.*|GO[A-Z]*|GRPC_.*|KUBECONFIG|KUBERNETES_.*|SSH_AUTH_SOCK|GOOGLE_APPLICATION_CREDENTIALS|XDG_.*|TERM|NO_COLOR)$/i

function buildEnvironment(
  { hasBuildx }: Builder,
  { buildArgs, secrets, commitTime }: BuildOptions
): Command['env'] {
  const values = [...buildArgs].filter(([name]) => !CLIENT_VARIABLE.test(name))
  const hidden = [...secrets.values()].map((value, index) => [secretVariable(index), value])
  return {
    ...Object.fromEntries(values),
    ...Object.fromEntries(hidden),
    ...(commitTime !== undefined && { SOURCE_DATE_EPOCH: String(commitTime) }),
    ...(!hasBuildx && { DOCKER_BUILDKIT: '0' }),
  }
}

/** Not the id itself, which may be the name of a variable that the client obeys. */
function secretVariable(index: number): string {
  return `DEPLOY_SPOT_MIG_BUILD_SECRET_${index}`
}

// It gives all files of all layers but the base's the time of the commit: equal sources give equal
// layers even without a cache, and another commit gives others even where nothing changed. With a
// cache layers are equal by themselves, and are not pushed again with every commit.
function rewriting({ cache, commitTime }: BuildOptions): string {
  return cache === undefined && commitTime !== undefined ? ',rewrite-timestamp=true' : ''
}

// A cache that is not there, or may not be read, costs a warning and never the build.
function readCacheOf({ cache, noCache }: BuildOptions): readonly string[] {
  return cache === undefined || noCache ? [] : [`--cache-from=type=registry,ref=${cache}`]
}

// The engine's own store exports no cache: there the image itself says which step made which layer.
function inlineCacheOf({ cache }: BuildOptions): readonly string[] {
  return cache === undefined ? [] : ['--cache-to=type=inline']
}

/** A base that is named by digest needs no pin. */
function isTagged({ name }: BasePin): boolean {
  return !name.includes('@')
}

/** buildx reads such options as one line of CSV. */
function csvField(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

function requireAble({ can, hasBuildx, driver }: Builder, options: BuildOptions): void {
  const who = hasBuildx ? `The builder (driver ${driver})` : 'Docker without buildx'
  if (options.secrets.size > 0 && !can.takesSecrets) {
    throw unable(`${who} takes no build secrets.`)
  }
  if (options.platforms.length > 1 && !can.exportsLayout) {
    throw unable(`${who} cannot build for several platforms (${options.platforms.join(', ')}).`)
  }
  if (options.platforms.length === 1 && !hasBuildx) {
    throw unable(`${who} cannot build for a platform of choice (${options.platforms[0]}).`)
  }
}

function unable(message: string): ActionError {
  return new ActionError('IMAGE_BUILD_FAILED', message, {
    hint: 'Get a builder that can before this step:\n  - uses: docker/setup-buildx-action@v3',
  })
}
