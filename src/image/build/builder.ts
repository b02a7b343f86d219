import { ActionError } from '../../errors.ts'
import { asList, parseJson } from '../../lib/json.ts'
import { lastLine } from '../../lib/last-line.ts'
import type { CommandResult, CommandRunner, InterruptibleResult } from '../../ports.ts'
import { parsePlatform, renderPlatform } from '../dockerfile/platform.ts'

/** Major and minor, such as [0, 13]. */
export type Version = readonly [major: number, minor: number]

/** What a builder is able to do; what it is not must not be asked of it. */
export interface Abilities {
  /** Writes the image into a file: attestations, a cache and several platforms come with it. */
  readonly exportsLayout: boolean
  /** Tells beside the image how it was made. */
  readonly attests: boolean
  readonly pinsBases: boolean
  readonly takesSecrets: boolean
  readonly tellsProgress: boolean
  readonly checks: boolean
}

/** The builder that the user chose, which may be the engine of their Docker context itself. */
export interface Builder {
  readonly hasBuildx: boolean
  /** Of the builder in buildx; empty without buildx. */
  readonly name: string
  /** `docker`, `docker-container`, `kubernetes`, `remote`, `cloud`, …; empty without buildx. */
  readonly driver: string
  /** Such as `linux/amd64`; empty when the builder has not been started yet. */
  readonly platforms: readonly string[]
  readonly can: Abilities
}

/** An engine that hangs must not hang the job. */
const TIMEOUT_MS = 30_000

/** Newer than any: what somebody built without giving it a number. */
const UNNUMBERED: Version = [Number.POSITIVE_INFINITY, 0]

/**
 * Asks Docker what there is, all at once and starting nothing: the engine, and the builder that
 * BUILDX_BUILDER, `docker buildx use` or the Docker context chose.
 *
 * @throws ActionError IMAGE_NO_ENGINE when neither engine nor builder answers
 */
export async function findBuilder(commands: CommandRunner, signal: AbortSignal): Promise<Builder> {
  const ask = (...args: readonly string[]): Promise<InterruptibleResult> =>
    commands.runInterruptible('docker', args, { signal, timeoutMs: TIMEOUT_MS })
  const [info, version, inspected] = await Promise.all([
    ask('info', `--format=${INFO}`),
    ask('buildx', 'version'),
    ask('buildx', 'inspect'),
  ]).catch((cause: unknown) => {
    signal.throwIfAborted()
    throw noDocker(cause)
  })
  signal.throwIfAborted()
  const hasBuildx = version.exitCode === 0
  const chosen = readInspection(inspected.stdout)
  // A builder of its own does without the engine.
  const needsEngine = !hasBuildx || chosen.driver === 'docker' || chosen.driver === ''
  if (needsEngine && info.exitCode !== 0) {
    const hangs = `the engine has not answered for ${TIMEOUT_MS / 1000} s.`
    throw noEngine(info.timedOut ? hangs : lastLine(info.stderr))
  }
  if (hasBuildx && chosen.driver === '') throw noBuilder(chosen, inspected)
  const engine = readInfo(info.stdout)
  if (!hasBuildx) {
    return { hasBuildx, name: '', driver: '', platforms: engine.platforms, can: NOTHING }
  }
  const { name, driver, platforms, buildkit } = chosen
  const hasStore = chosen.hasSnapshotter || engine.hasContainerdStore
  const exportsLayout = driver !== 'docker' || hasStore
  const can = judge(readVersion(version.stdout), { buildkit, exportsLayout })
  return { hasBuildx, name, driver, platforms, can }
}

const NOTHING: Abilities = {
  exportsLayout: false,
  attests: false,
  pinsBases: false,
  takesSecrets: false,
  tellsProgress: false,
  checks: false,
}

// https://github.com/docker/buildx/releases has what came when.
function judge(
  buildx: Version,
  { buildkit, exportsLayout }: Pick<Inspection, 'buildkit'> & Pick<Abilities, 'exportsLayout'>
): Abilities {
  return {
    exportsLayout,
    attests: exportsLayout && isAtLeast(buildx, [0, 10]) && isAtLeast(buildkit, [0, 11]),
    pinsBases: isAtLeast(buildx, [0, 8]),
    takesSecrets: true,
    tellsProgress: isAtLeast(buildx, [0, 13]),
    checks: isAtLeast(buildx, [0, 15]),
  }
}

/** Reads `github.com/docker/buildx v0.17.1 257815a`; Debian leaves the v out. */
export function readVersion(text: string): Version {
  const [, major, minor] = /\bv?(\d+)\.(\d+)\.\d+/.exec(text) ?? []
  const version: Version = [Number(major), Number(minor)]
  return version[0] > 0 || version[1] > 0 ? version : UNNUMBERED
}

export function isAtLeast([major, minor]: Version, [a, b]: Version): boolean {
  return major > a || (major === a && minor >= b)
}

interface Inspection {
  readonly name: string
  readonly driver: string
  readonly platforms: readonly string[]
  /** Of the builder; taken for new where it has not been started yet. */
  readonly buildkit: Version
  /** The sign by which buildx itself knows an engine with the containerd image store. */
  readonly hasSnapshotter: boolean
  readonly error: string
}

/** Reads `docker buildx inspect`, which has no other form than this. */
export function readInspection(text: string): Inspection {
  const values = (field: string): readonly string[] =>
    [...text.matchAll(new RegExp(`^${field}:[ \\t]*(.*)$`, 'gm'))].map(([, value = '']) => value)
  const platforms = values('Platforms').flatMap((line) =>
    // A star marks the platforms that the user named.
    line.split(',').map((name) => name.replace('*', '').trim())
  )
  return {
    name: values('Name')[0] ?? '',
    driver: values('Driver')[0] ?? '',
    platforms: [...new Set(platforms.filter((name) => name !== ''))],
    buildkit: readVersion(values('(?:BuildKit version|Buildkit)')[0] ?? ''),
    hasSnapshotter: /^\s*org\.mobyproject\.buildkit\.worker\.snapshotter:/m.test(text),
    error: values('Error')[0] ?? '',
  }
}

/** Image store and platform of the engine, one on each line. */
const INFO = '{{json .DriverStatus}}\n{{.OSType}}/{{.Architecture}}'

function readInfo(text: string): {
  readonly hasContainerdStore: boolean
  readonly platforms: readonly string[]
} {
  const [status = '', named = ''] = text.split('\n')
  const platform = parsePlatform(named.trim())
  return {
    hasContainerdStore: asList(parseJson(status)).some(
      (pair) => asList(pair)[1] === 'io.containerd.snapshotter.v1'
    ),
    platforms: platform ? [renderPlatform(platform)] : [],
  }
}

function noDocker(cause: unknown): ActionError {
  return new ActionError('IMAGE_NO_ENGINE', 'There is no docker command on this runner.', {
    cause,
    hint: 'Use a runner with Docker (ubuntu-latest has it), or install it before this step.',
  })
}

function noEngine(why: string): ActionError {
  return new ActionError(
    'IMAGE_NO_ENGINE',
    `Docker cannot build the image: ${why || 'the engine does not answer.'}`,
    {
      hint: 'Use a runner with Docker (ubuntu-latest has it), or start the engine before this step.',
    }
  )
}

function noBuilder({ name, error }: Inspection, { stderr }: CommandResult): ActionError {
  const why = error || lastLine(stderr) || 'it says nothing of itself.'
  return new ActionError(
    'IMAGE_NO_ENGINE',
    `The builder${name && ` ${name}`} that this job has chosen cannot be used: ${why}`,
    { hint: 'See `docker buildx ls`; `docker buildx use default` takes the engine itself.' }
  )
}
