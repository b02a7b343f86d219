import { ActionError } from '../errors.ts'
import type { CommandRunner, Files, Log } from '../ports.ts'
import type { Engine } from './engine.ts'

export interface BuildOptions {
  readonly context: string
  readonly dockerfile: string | undefined
  readonly target: string | undefined
  readonly buildArgs: ReadonlyMap<string, string>
  readonly labels: ReadonlyMap<string, string>
  /** A folder of ours for the file in which the engine names the image. */
  readonly workDirectory: string
  readonly signal: AbortSignal
}

export interface BuildPorts {
  readonly commands: CommandRunner
  readonly files: Files
  readonly log: Log
}

const TIMEOUT_MS = 60 * 60_000
const LAST_LINES = 15

/**
 * Builds the image into the local engine and returns its id. The user's own Docker configuration
 * is used as it is, so that private base images work.
 *
 * @throws ActionError IMAGE_BUILD_FAILED with the build's last lines
 */
export async function buildImage(
  { commands, files, log }: BuildPorts,
  engine: Engine,
  options: BuildOptions
): Promise<string> {
  const idPath = `${options.workDirectory}/image-id`
  await files.remove(idPath)
  await files.makeFolder(options.workDirectory)
  const lines: string[] = []
  const { exitCode, timedOut } = await commands.runInterruptible(
    'docker',
    [...buildCommand(engine), ...renderArguments(options, idPath)],
    {
      env: { ...buildEnvironment(options), ...(!engine.hasBuildx && { DOCKER_BUILDKIT: '0' }) },
      signal: options.signal,
      timeoutMs: TIMEOUT_MS,
      onLine: (line) => {
        if (line.trim() === '') return
        log.info(line)
        lines.push(line)
        if (lines.length > LAST_LINES) lines.shift()
      },
    }
  )
  options.signal.throwIfAborted()
  if (exitCode !== 0)
    throw buildFailed(options, timedOut ? 'it took over an hour' : `exit code ${exitCode}`, lines)
  return (await files.read(idPath)).trim()
}

function buildCommand({ hasBuildx }: Engine): readonly string[] {
  // --load: a builder in a container would else keep the image to itself.
  return hasBuildx ? ['buildx', 'build', '--load', '--progress=plain'] : ['build']
}

// Docker's client reads these itself: given through the environment they would change the client.
const CLIENT_VARIABLE = /^(PATH|HOME|DOCKER_.*|BUILDX_.*|BUILDKIT_.*|HTTPS?_PROXY|NO_PROXY)$/i

function renderArguments(options: BuildOptions, idPath: string): readonly string[] {
  const { context, dockerfile, target, buildArgs, labels } = options
  return [
    `--iidfile=${idPath}`,
    ...(dockerfile === undefined ? [] : [`--file=${dockerfile}`]),
    ...(target === undefined ? [] : [`--target=${target}`]),
    // A name without "=" takes the value from the environment: no value in argv.
    ...[...buildArgs].map(([name, value]) =>
      CLIENT_VARIABLE.test(name) ? `--build-arg=${name}=${value}` : `--build-arg=${name}`
    ),
    ...[...labels].map(([name, value]) => `--label=${name}=${value}`),
    '--',
    context,
  ]
}

function buildEnvironment({ buildArgs }: BuildOptions): Readonly<Record<string, string>> {
  return Object.fromEntries([...buildArgs].filter(([name]) => !CLIENT_VARIABLE.test(name)))
}

function buildFailed(options: BuildOptions, why: string, lines: readonly string[]): ActionError {
  const file = options.dockerfile ?? `${options.context}/Dockerfile`
  return new ActionError(
    'IMAGE_BUILD_FAILED',
    `Building the image from ${file} failed (${why}). Its last lines:\n${lines.join('\n')}`
  )
}
