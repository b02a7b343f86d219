import { renderDuration } from '../../lib/duration.ts'
import type { CommandRunner, Files, InterruptibleResult, Log, TokenSource } from '../../ports.ts'
import { readLayout } from '../push/layout.ts'
import type { OpenFile } from '../push/tar.ts'
import type { Builder } from './builder.ts'
import { type ClientFolder, withLogin } from './client-folder.ts'
import { type BuildOptions, type Command, dockerfileOf, outcomeOf, renderBuild } from './command.ts'
import { BuildFailure } from './failure.ts'
import { PlainProgress, type Progress } from './progress.ts'
import { StepProgress } from './step-progress.ts'

export interface BuildPorts {
  readonly commands: CommandRunner
  readonly files: Files
  readonly log: Log
  readonly tokens: TokenSource
  readonly clientFolder: ClientFolder
  readonly openFile: OpenFile
}

/** Where the built image is. */
export type BuiltImage =
  | { readonly kind: 'engine'; readonly imageId: string }
  | {
      readonly kind: 'layout'
      /** An OCI image layout in a tar file. */
      readonly path: string
      /** The digest that the registry will know it by. */
      readonly digest: string
    }

const TIMEOUT_MS = 60 * 60_000

/**
 * Builds the image with the user's own builder and configuration, so that private base images
 * work: into a file where the builder can, else into the engine.
 *
 * @throws BuildFailure, ActionError IMAGE_BUILD_FAILED
 */
export async function buildImage(
  ports: BuildPorts,
  builder: Builder,
  options: BuildOptions
): Promise<BuiltImage> {
  const { files, openFile, log } = ports
  const command = renderBuild(builder, options)
  const outcome = outcomeOf(options)
  await files.makeFolder(options.workDirectory)
  // What an earlier build left must not be taken for this one's.
  await Promise.all([files.remove(outcome.imageId), files.remove(outcome.layout)])
  if (options.sbom && !builder.can.attests) {
    log.warning(
      'The image gets no SBOM: this builder keeps none (docker/setup-buildx-action does).'
    )
  }
  await withRegistryLogin(ports, options, (env) =>
    runBuild(ports, builder, { options, command: { ...command, env: { ...command.env, ...env } } })
  )
  if (!builder.can.exportsLayout) {
    return { kind: 'engine', imageId: (await files.read(outcome.imageId)).trim() }
  }
  const { digest } = await readLayout(openFile, outcome.layout)
  return { kind: 'layout', path: outcome.layout, digest }
}

/** Builders sign in with what the client has: for our own registry that is a token of now. */
async function withRegistryLogin(
  ports: BuildPorts,
  { registryHost, workDirectory }: BuildOptions,
  work: (env: Command['env']) => Promise<void>
): Promise<void> {
  if (registryHost === undefined) return work({})
  const login = { host: registryHost, token: await ports.tokens.accessToken() }
  return withLogin(ports, { directory: `${workDirectory}/build-config`, ...login }, work)
}

async function runBuild(
  { commands, log }: BuildPorts,
  builder: Builder,
  { options, command }: { readonly options: BuildOptions; readonly command: Command }
): Promise<void> {
  const progress = builder.can.tellsProgress ? new StepProgress(log) : new PlainProgress(log)
  const result = await commands.runInterruptible('docker', command.args, {
    env: command.env,
    signal: options.signal,
    timeoutMs: TIMEOUT_MS,
    onLine: (line) => progress.write(line),
  })
  options.signal.throwIfAborted()
  if (result.exitCode !== 0) throw failed(result, options, progress)
}

function failed(
  { exitCode, timedOut }: InterruptibleResult,
  options: BuildOptions,
  progress: Progress
): BuildFailure {
  return new BuildFailure({
    dockerfile: dockerfileOf(options),
    ending: timedOut ? `it took over ${renderDuration(TIMEOUT_MS)}` : `exit code ${exitCode}`,
    told: progress.failure(),
  })
}
