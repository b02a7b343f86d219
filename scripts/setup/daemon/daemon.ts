import { type ChildProcess, spawn } from 'node:child_process'
import { mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { lastLines, SetupError } from '../command.ts'
import { askEngine } from '../docker-api.ts'
import { findEngineProcesses, readCommandLine } from './processes.ts'

/**
 * Where our own engine keeps what dies with the machine (`runtime`) and what is worth keeping
 * (`state`).
 */
export interface DaemonPlaces {
  /** Short, since socket paths end at 107 characters. */
  readonly runtime: string
  readonly state: string
}

const startDeadlineMs = 30_000
const stopDeadlineMs = 25_000
const pollIntervalMs = 100

/** How an engine differs from the one that everybody shares. */
export interface DaemonChanges {
  /** Content of its daemon.json. */
  readonly settings?: Readonly<Record<string, unknown>>
  readonly args?: readonly string[]
}

/** The address of our own engine. */
export function daemonHost({ runtime }: Pick<DaemonPlaces, 'runtime'>): string {
  return `unix://${join(runtime, 'docker.sock')}`
}

/**
 * Starts dockerd and waits until its API answers. One that a killed run left in the middle of its
 * start is joined.
 */
export async function startDaemon(
  places: DaemonPlaces,
  environment: NodeJS.ProcessEnv,
  changes: DaemonChanges = {}
): Promise<void> {
  if (await joinDaemon(places)) return
  const logPath = join(places.state, 'dockerd.log')
  const child = await spawnDaemon(places, { environment, logPath, changes })
  const isAlive = async (): Promise<boolean> => child.exitCode === null && child.signalCode === null
  const failure = await waitForApi(places, isAlive)
  if (failure === undefined) return
  await stopDaemon(places)
  throw new SetupError(
    `The Docker engine ${failure}. Its last words:\n  ${lastLines(await readFile(logPath, 'utf8'), 8)}`,
    `The whole log: ${logPath}. An engine that you start yourself is used as well: set DOCKER_HOST.`
  )
}

/**
 * Stops our own engine by its pid and waits for its end; dockerd gives its containers 15 s. Does
 * nothing where none runs.
 */
export async function stopDaemon(places: Pick<DaemonPlaces, 'runtime'>): Promise<void> {
  const pid = await findDaemonPid(places)
  if (pid === undefined) return
  process.kill(pid, 'SIGTERM')
  const deadline = performance.now() + stopDeadlineMs
  while ((await findDaemonPid(places)) === pid) {
    if (performance.now() > deadline) process.kill(pid, 'SIGKILL')
    await sleep(pollIntervalMs)
  }
}

/**
 * A dockerd with our address on its command line is ours; a pid file could name whoever got the
 * number since.
 */
async function findDaemonPid(places: Pick<DaemonPlaces, 'runtime'>): Promise<number | undefined> {
  const engines = await findEngineProcesses()
  return engines.find(({ hosts }) => hosts.includes(daemonHost(places)))?.pid
}

/** False when none is there, or one that never answers: that one is stopped. */
async function joinDaemon(places: DaemonPlaces): Promise<boolean> {
  const isAlive = async (): Promise<boolean> => (await findDaemonPid(places)) !== undefined
  if (!(await isAlive())) return false
  const failure = await waitForApi(places, isAlive)
  if (failure !== undefined) await stopDaemon(places)
  return failure === undefined
}

interface DaemonStart {
  readonly environment: NodeJS.ProcessEnv
  readonly logPath: string
  readonly changes: DaemonChanges
}

async function spawnDaemon(
  places: DaemonPlaces,
  { environment, logPath, changes }: DaemonStart
): Promise<ChildProcess> {
  await mkdir(places.runtime, { recursive: true })
  await mkdir(places.state, { recursive: true })
  await removeLeftovers(places.runtime)
  // The last words of one that died are all that tells why.
  await rename(logPath, `${logPath}.before`).catch(() => undefined)
  // The user's /etc/docker/daemon.json is for the user's engine and may contradict these flags.
  const configPath = join(places.state, 'daemon.json')
  await writeFile(configPath, `${JSON.stringify(changes.settings ?? {})}\n`)
  // dockerd leaves its data folder mounted onto itself, so that the checkout could not be deleted
  // afterwards. Mounts of a namespace of its own go when it goes, even when it is killed.
  const ownMounts = ['unshare', '--mount', '--propagation', 'slave'] as const
  const args = ['--host', daemonHost(places), '--pidfile', join(places.runtime, 'docker.pid')]
  const folders = ['--data-root', join(places.state, 'data'), '--exec-root', execRoot(places)]
  const more = ['--config-file', configPath, ...(changes.args ?? [])]
  const command = ['dockerd', ...args, ...folders, ...more]
  return await spawnDetached([...ownMounts, ...command], { environment, logPath })
}

function execRoot({ runtime }: Pick<DaemonPlaces, 'runtime'>): string {
  return join(runtime, 'exec')
}

/**
 * dockerd takes a pid file for true while any process has that number; an engine that was killed
 * leaves two of them.
 */
async function removeLeftovers(runtime: string): Promise<void> {
  const containerdPid = join(execRoot({ runtime }), 'containerd/containerd.pid')
  const pid = Number.parseInt(await readFile(containerdPid, 'utf8').catch(() => ''), 10)
  const isContainerd = (await readCommandLine(pid)).join(' ').includes(execRoot({ runtime }))
  const stale = isContainerd ? [] : [containerdPid]
  for (const path of [join(runtime, 'docker.pid'), join(runtime, 'docker.sock'), ...stale]) {
    await rm(path, { force: true })
  }
}

/**
 * In a session of its own, so that Ctrl-C here does not reach it and it may outlive this process.
 */
async function spawnDetached(
  [program, ...args]: readonly [string, ...string[]],
  { environment, logPath }: { readonly environment: NodeJS.ProcessEnv; readonly logPath: string }
): Promise<ChildProcess> {
  const log = await open(logPath, 'w')
  const child = spawn(program, args, {
    detached: true,
    env: environment,
    stdio: ['ignore', log.fd, log.fd],
  })
  await new Promise((resolve, reject) => child.once('spawn', resolve).once('error', reject))
  child.unref()
  await log.close()
  return child
}

/** What went wrong, or undefined when the API answers. */
async function waitForApi(
  places: DaemonPlaces,
  isAlive: () => Promise<boolean>
): Promise<string | undefined> {
  const deadline = performance.now() + startDeadlineMs
  for (;;) {
    const answer = await askEngine(daemonHost(places))
    if (answer.kind === 'engine') return undefined
    if (!(await isAlive())) return 'ended before it answered'
    if (performance.now() > deadline) return `did not answer within ${startDeadlineMs / 1000} s`
    await sleep(pollIntervalMs)
  }
}
