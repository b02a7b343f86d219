import { ActionError } from '../errors.ts'
import type { CommandRunner } from '../ports.ts'

export interface Engine {
  readonly hasBuildx: boolean
  /** The engine that the user's Docker context means, in the form of DOCKER_HOST. */
  readonly host: string
}

/**
 * Asks Docker what there is.
 *
 * @throws ActionError IMAGE_NO_ENGINE when the engine does not answer
 */
export async function findEngine(commands: CommandRunner): Promise<Engine> {
  const [server, buildx, context] = await Promise.all([
    commands.run('docker', ['version', '--format', '{{.Server.Version}}']),
    commands.run('docker', ['buildx', 'version']),
    commands.run('docker', ['context', 'inspect', '--format', '{{.Endpoints.docker.Host}}']),
  ]).catch(noDocker)
  if (server.exitCode !== 0) {
    throw new ActionError(
      'IMAGE_NO_ENGINE',
      `Docker cannot build the image: ${lastLine(server.stderr) || 'the engine does not answer.'}`,
      {
        hint: 'Use a runner with Docker (ubuntu-latest has it), or start the engine before this step.',
      }
    )
  }
  return { hasBuildx: buildx.exitCode === 0, host: context.stdout.trim() }
}

function noDocker(cause: unknown): never {
  throw new ActionError('IMAGE_NO_ENGINE', 'There is no docker command on this runner.', {
    cause,
    hint: 'Use a runner with Docker (ubuntu-latest has it), or install it before this step.',
  })
}

/** The last line that says something. */
export function lastLine(text: string): string {
  return text.trim().split('\n').pop()?.trim() ?? ''
}
