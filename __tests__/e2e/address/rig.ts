import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Engine, ensureEngine } from '../../../scripts/setup/engine.ts'
import { systemClock } from '../../../src/adapters/clock.ts'
import { gaxiosHttp } from '../../../src/adapters/network/http.ts'
import { ProcessRunner } from '../../../src/adapters/processes/processes.ts'
import { GoogleClient } from '../../../src/google/client.ts'
import { resolveEndpoints } from '../../../src/google/endpoints.ts'
import { enable, PROJECT, startHarness } from '../../emulator/harness.ts'
import { RecordingLog } from '../../fakes/recording-log.ts'

/** The real docker on a real engine, signed in to the emulated registry. */
export interface Rig {
  readonly commands: ProcessRunner
  readonly google: GoogleClient
  /** `HOST/PROJECT`, in which there are the repositories `mervis` and `other`. */
  readonly project: string
  readonly host: string
  /** A folder that goes with the rig. */
  readonly directory: string
  /** Standard output of a docker command that has to succeed. */
  docker(...args: readonly string[]): Promise<string>
  /** Builds an image of one file; it is taken away with the rig. Answers its layers. */
  build(tag: string, dockerfile: string, ...flags: readonly string[]): Promise<readonly string[]>
  stop(): Promise<void>
}

const ROOT = join(import.meta.dirname, '../../..')

export async function startRig(): Promise<Rig> {
  const directory = await mkdtemp(join(tmpdir(), 'address-test-'))
  const harness = await startHarness()
  await enable(harness, 'artifactregistry')
  for (const name of ['mervis', 'other']) {
    harness.emulator.cloud.repositories.create('europe-west1', name, { format: 'DOCKER' })
  }
  const engine = await ensureEngine({
    workDirectory: join(ROOT, '.work/setup'),
    log: () => undefined,
  })
  const endpoints = resolveEndpoints('europe-west1', harness.emulator.environment)
  const host = endpoints.registryHost
  const token = harness.emulator.accessToken()
  const config = join(directory, 'config')
  await signIn(engine, { config, host, token })
  const environment = { ...process.env, ...engine.environment, DOCKER_CONFIG: config }
  const commands = new ProcessRunner(environment)
  const made = new Set<string>()
  const docker = async (...args: readonly string[]): Promise<string> => {
    const { exitCode, stdout, stderr } = await commands.run('docker', args)
    if (exitCode !== 0) throw new Error(`docker ${args.join(' ')}: ${stderr}`)
    return stdout
  }
  return {
    commands,
    google: new GoogleClient(
      {
        http: gaxiosHttp(),
        clock: systemClock,
        log: new RecordingLog(),
        tokens: { accessToken: async () => token },
      },
      { endpoints, projectId: PROJECT, signal: new AbortController().signal }
    ),
    project: `${host}/${PROJECT}`,
    host,
    directory,
    docker,
    async build(tag, dockerfile, ...flags) {
      const context = await mkdtemp(join(directory, 'context-'))
      await writeFile(join(context, 'file'), tag)
      await writeFile(join(context, 'Dockerfile'), dockerfile)
      made.add(tag)
      await docker('buildx', 'build', '--quiet', '--load', `--tag=${tag}`, ...flags, context)
      return JSON.parse(await docker('image', 'inspect', '--format={{json .RootFS.Layers}}', tag))
    },
    async stop() {
      await commands.run('docker', ['image', 'rm', '--force', ...made])
      await engine.stop()
      await harness.stop()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

/** The client's own settings (where its plugins are), and a login of ours. */
async function signIn(
  { environment }: Engine,
  { config, host, token }: Readonly<Record<'config' | 'host' | 'token', string>>
): Promise<void> {
  const own =
    environment['DOCKER_CONFIG'] ??
    process.env['DOCKER_CONFIG'] ??
    join(process.env['HOME'] ?? '/root', '.docker')
  const settings = JSON.parse(await readFile(join(own, 'config.json'), 'utf8').catch(() => '{}'))
  const auth = Buffer.from(`oauth2accesstoken:${token}`).toString('base64')
  await mkdir(config)
  const content = JSON.stringify({ ...settings, auths: { [host]: { auth } } })
  await writeFile(join(config, 'config.json'), content, { mode: 0o600 })
}
