import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { findOnPath, type Log, run, SetupError, timed } from './command.ts'
import { type DaemonPlaces, daemonHost, startDaemon, stopDaemon } from './daemon/daemon.ts'
import { exclusively } from './daemon/exclusive.ts'
import { giveBack, lease } from './daemon/leases.ts'
import { findEngineProcesses } from './daemon/processes.ts'
import { askEngine } from './docker-api.ts'
import { ensureTools, type Tools } from './tools.ts'

/** A Docker engine that answers, and how child processes reach it. */
export interface Engine {
  readonly dockerHost: string
  /** True for an engine that this project started, in this run or in one that was killed. */
  readonly startedByUs: boolean
  /** True when `docker buildx` works in `environment`. */
  readonly buildx: boolean
  /** DOCKER_HOST, and PATH and DOCKER_CONFIG where needed: to be laid over process.env. */
  readonly environment: Readonly<Record<string, string>>
  /**
   * Stops what was started here, unless another run uses it; keeps images and caches. May be called
   * twice.
   */
  stop(): Promise<void>
}

export interface EngineOptions {
  /** A folder that may be thrown away at any time; the next run is then a first run. */
  readonly workDirectory: string
  readonly log: Log
}

/**
 * One place for the whole machine: two engines of ours would share one bridge and break each other.
 */
const runtime = '/run/deploy-spot-mig'

/**
 * Uses the engine that this machine has, or else fetches and starts one. @throws SetupError with
 * what to install.
 */
export async function ensureEngine(options: EngineOptions): Promise<Engine> {
  const workDirectory = resolve(options.workDirectory)
  await mkdir(workDirectory, { recursive: true }).catch((cause: unknown) => {
    throw new SetupError(
      `${workDirectory} cannot be made: ${cause instanceof Error ? cause.message : cause}`,
      'Run this as the owner of the checkout, or in a clone of your own.',
      { cause }
    )
  })
  return await exclusively('engine', options.log, async () => {
    const search = await findEngine()
    if (search.dockerHost === undefined || search.dockerHost === daemonHost({ runtime })) {
      return await provideEngine({ ...options, workDirectory }, search)
    }
    options.log(`using the Docker engine ${search.version} at ${search.dockerHost}`)
    const tools = await ensureTools({ ...options, workDirectory, needsDaemon: false })
    const stop = async (): Promise<void> => undefined
    return { ...describeEngine(search.dockerHost, tools), startedByUs: false, stop }
  })
}

interface EngineSearch {
  readonly dockerHost?: string
  readonly version?: string
  /** Addresses that exist but are closed to this user. */
  readonly denied: readonly string[]
  /** Why each address was passed over, for the message when none is left. */
  readonly passedOver: readonly string[]
}

async function findEngine(): Promise<EngineSearch> {
  const denied: string[] = []
  const passedOver: string[] = []
  for (const dockerHost of await listCandidates()) {
    const answer = await askEngine(dockerHost)
    if (answer.kind === 'engine') {
      return { dockerHost, version: answer.version, denied, passedOver }
    }
    if (answer.kind === 'denied') denied.push(dockerHost)
    passedOver.push(
      `${dockerHost}: ${answer.kind === 'denied' ? 'permission denied' : answer.reason}`
    )
  }
  return { denied, passedOver }
}

/** In the order of the docker client itself, then whatever else runs here. */
async function listCandidates(): Promise<string[]> {
  const engines = (await findEngineProcesses()).filter(({ isPrivate }) => !isPrivate)
  const running = engines.flatMap(({ hosts }) => hosts)
  const runtimeDirectory = process.env['XDG_RUNTIME_DIR']
  const candidates: (string | undefined)[] = [
    process.env['DOCKER_HOST'],
    await readContextHost(),
    'unix:///var/run/docker.sock',
    runtimeDirectory === undefined ? undefined : `unix://${runtimeDirectory}/docker.sock`,
    daemonHost({ runtime }),
    ...running,
  ]
  return [...new Set(candidates.filter((host): host is string => (host ?? '') !== ''))]
}

/**
 * The address of the client's current context: Docker Desktop, Colima and rootless engines are
 * chosen that way.
 */
async function readContextHost(): Promise<string | undefined> {
  const docker = await findOnPath('docker')
  if (docker === undefined) return undefined
  const format = '{{.Endpoints.docker.Host}}'
  const result = await run(docker, ['context', 'inspect', '--format', format])
  return result.exitCode === 0 ? result.stdout.trim() : undefined
}

async function provideEngine(
  { workDirectory, log }: EngineOptions,
  search: EngineSearch
): Promise<Engine> {
  const places = { runtime, state: join(workDirectory, 'engine') }
  const isRunning = search.dockerHost !== undefined
  if (isRunning) log(`using the Docker engine ${search.version} that another run started`)
  else refuseWithoutRoot(search)
  const tools = await ensureTools({ workDirectory, log, needsDaemon: !isRunning })
  if (!isRunning) {
    const what = `started a Docker engine of our own at ${daemonHost(places)}, since none answers`
    await timed(log, what, () => startDaemon(places, tools.daemonEnvironment))
  }
  const held = await lease(join(runtime, 'leases'))
  const stop = (): Promise<void> => releaseDaemon(places, held, log)
  return { ...describeEngine(daemonHost(places), tools), startedByUs: true, stop }
}

function refuseWithoutRoot({ denied, passedOver }: EngineSearch): void {
  if (process.getuid?.() === 0) return
  const [closed] = denied
  throw new SetupError(
    `No Docker engine answers, and only root may start one.\n  ${passedOver.join('\n  ')}`,
    closed === undefined
      ? 'Run this as root, or install Docker Engine with the buildx plugin (docs.docker.com/engine/install) and start it.'
      : `${closed} is there but closed to you: run \`sudo usermod -aG docker "$USER"\` and log in again.`
  )
}

function describeEngine(
  dockerHost: string,
  tools: Tools
): Pick<Engine, 'dockerHost' | 'buildx' | 'environment'> {
  const environment = { ...tools.clientEnvironment, DOCKER_HOST: dockerHost }
  return { dockerHost, buildx: tools.buildx, environment }
}

async function releaseDaemon(places: DaemonPlaces, held: string, log: Log): Promise<void> {
  await exclusively('engine', log, async () => {
    const isLast = await giveBack(join(runtime, 'leases'), held)
    if (isLast) await stopDaemon(places)
  })
}
