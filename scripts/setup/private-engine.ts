import { readFile, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Log, run, runOrThrow } from './command.ts'
import { daemonHost, startDaemon, stopDaemon } from './daemon/daemon.ts'
import { privateLabel, readStartTime } from './daemon/processes.ts'
import { ensureTools } from './tools.ts'

/** An engine of one test alone, which it may kill. */
export interface PrivateEngine {
  /** To be laid over process.env. */
  readonly environment: Readonly<Record<string, string>>
  /** As a machine that loses power would: nothing is cleaned up. */
  kill(): Promise<void>
  /** After a kill, with images and caches as they were; does nothing where it runs. */
  restart(): Promise<void>
  /** Takes its images and caches away, too. */
  stop(): Promise<void>
}

export interface PrivateEngineOptions {
  /** Short: it becomes part of the socket's path and of a device's name. */
  readonly name: string
  /** Where programs that are missing are fetched to. */
  readonly workDirectory: string
  /** The image store of newer engines, of which a build can be exported with all that belongs to it. */
  readonly hasContainerdStore: boolean
  readonly log: Log
}

/**
 * Starts a second engine beside the shared one, with a bridge of its own: one without any
 * (`bridge: none`) takes docker0 away from the shared engine. It leaves the firewall alone, so that
 * its containers reach this machine and nothing beyond.
 */
export async function startPrivateEngine(options: PrivateEngineOptions): Promise<PrivateEngine> {
  const { name, log, hasContainerdStore } = options
  const workDirectory = resolve(options.workDirectory)
  const runtime = `/run/deploy-spot-mig-${name}`
  const places = { runtime, state: join(workDirectory, `engine-${name}`) }
  const tools = await ensureTools({ workDirectory, log, needsDaemon: true })
  const bridge = `mig-${name}`
  const settings = {
    bridge,
    iptables: false,
    ip6tables: false,
    'ip-forward': false,
    'ip-masq': false,
    features: { 'containerd-snapshotter': hasContainerdStore },
  }
  const changes = { settings, args: [`--label=${privateLabel}`] }
  const start = (): Promise<void> => startDaemon(places, tools.daemonEnvironment, changes)
  await run('ip', ['link', 'add', 'name', bridge, 'type', 'bridge'])
  await runOrThrow('ip', ['link', 'set', 'dev', bridge, 'up'], { hint: 'Package iproute2 has ip.' })
  await start()
  return {
    environment: { ...tools.clientEnvironment, DOCKER_HOST: daemonHost(places) },
    kill: () => killWithChildren(runtime),
    restart: start,
    stop: async () => {
      await stopDaemon(places)
      await rm(places.state, { recursive: true, force: true })
      await run('ip', ['link', 'delete', 'dev', bridge])
      await rm(runtime, { recursive: true, force: true })
    },
  }
}

/** Its containerd as well: without it nothing of the engine goes on. */
async function killWithChildren(runtime: string): Promise<void> {
  const files = ['docker.pid', 'exec/containerd/containerd.pid']
  for (const file of files) {
    const pid = Number.parseInt(await readFile(join(runtime, file), 'utf8').catch(() => ''), 10)
    if (!(pid > 1)) continue
    const startedAt = await readStartTime(pid)
    process.kill(pid, 'SIGKILL')
    while ((await readStartTime(pid)) === startedAt && startedAt !== undefined) await sleep(20)
  }
}
