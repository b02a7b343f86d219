import { execFile } from 'node:child_process'
import {
  createWriteStream,
  mkdirSync,
  openSync,
  readFileSync,
  type WriteStream,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Addresses } from '../address.ts'
import { createMachines, seededRandom } from '../fleet.ts'
import type {
  GuestAttribute,
  HealthProbe,
  MachineFactory,
  MachineSpec,
  ProbeResult,
} from '../machine.ts'
import { Presence, type Surroundings } from '../presence.ts'
import { probeAddress } from '../probe.ts'
import type { Guest } from '../virtual-machine.ts'
import { note, Script } from './script.ts'

/** What real VMs need beyond the cloud around them. */
export interface RealOptions extends Omit<Surroundings, 'addresses'> {
  readonly seed: number
  /** Run directories and boot logs of the VMs are made below it. */
  readonly dataDirectory: string
  /** The engine that all VMs share, e.g. unix:///run/docker.sock. */
  readonly dockerHost: string
  /** PATH of the scripts. */
  readonly path: string
}

/** Scripts and containers need their real time, whatever the emulator's speed. */
const GRACE_MS = 30_000
/** For an engine that hangs; the VM must go all the same. */
const DOCKER_TIMEOUT_MS = 60_000

const SCRIPTS = ['startup-script', 'shutdown-script'] as const

/** VMs whose startup script really runs, on this computer and with its Docker engine. */
export function createRealMachines(options: RealOptions): MachineFactory {
  const cloud = { ...options, addresses: new Addresses() }
  const random = seededRandom(options.seed)
  const host = { clock: options.clock, random, graceMs: GRACE_MS }
  return createMachines(host, (spec) => new RealGuest(spec, cloud))
}

type RealCloud = RealOptions & Surroundings

class RealGuest implements Guest {
  readonly #spec: MachineSpec
  readonly #cloud: RealCloud
  readonly #presence: Presence
  readonly #directory: string
  readonly #logFile: string
  readonly #scripts: Script[] = []
  #log: WriteStream | undefined
  #connecting: Promise<void> = Promise.resolve()

  constructor(spec: MachineSpec, cloud: RealCloud) {
    this.#spec = spec
    this.#cloud = cloud
    this.#presence = new Presence(spec, cloud)
    this.#directory = join(cloud.dataDirectory, 'machines', `${spec.name}-${spec.id}`)
    this.#logFile = join(this.#directory, 'serial-port-1.log')
  }

  address(): string | undefined {
    return this.#presence.address
  }

  attach(done: (problem?: string) => void): void {
    this.#connecting = this.#connect()
    void this.#connecting.then(
      () => done(),
      (error: unknown) => done(String(error))
    )
  }

  boot(): void {
    this.#run('startup-script')
  }

  announcePreemption(): void {
    this.#presence.announcePreemption()
  }

  shutDown(done: () => void): void {
    const script = this.#run('shutdown-script')
    if (script) void script.ended.then(done)
    else done()
  }

  destroy(done: () => void): void {
    for (const script of this.#scripts) script.kill()
    void this.#cleanUp().then(done)
  }

  guestAttributes(): readonly GuestAttribute[] {
    return this.#presence.guestAttributes.list()
  }

  serialOutput(): string {
    return this.#log ? readFileSync(this.#logFile, 'utf8') : ''
  }

  probe(check: HealthProbe, report: (result: ProbeResult) => void): void {
    const address = this.#presence.address
    if (address) probeAddress(address, check, report)
    else report('timeout')
  }

  /** A new VM has no containers; a run that was killed may have left some. */
  async #connect(): Promise<void> {
    this.#furnish()
    await this.#presence.open()
    await this.#removeContainers([this.#spec.name, ...(await this.#findOrphans())])
  }

  /** Containers on this VM's address: it was free, so whoever started them is dead. */
  async #findOrphans(): Promise<readonly string[]> {
    const listed = await this.#docker(['ps', '--format', '{{.Names}} {{.Ports}}'])
    const orphans = listed.split('\n').filter((line) => line.includes(` ${this.address()}:`))
    return orphans.map((line) => line.split(' ')[0] ?? '')
  }

  /** All files at once, so that nothing can fail when the VM already runs. */
  #furnish(): void {
    mkdirSync(join(this.#directory, 'run'), { recursive: true, mode: 0o700 })
    this.#log = createWriteStream(this.#logFile, { fd: openSync(this.#logFile, 'a') })
    // A full disk costs the rest of the log, not the emulator.
    this.#log.on('error', () => {})
    for (const key of SCRIPTS) {
      const content = this.#spec.metadata[key]
      if (content !== undefined) writeFileSync(join(this.#directory, key), content, { mode: 0o700 })
    }
  }

  #run(key: (typeof SCRIPTS)[number]): Script | undefined {
    if (this.#spec.metadata[key] === undefined || !this.#log) return undefined
    const script = new Script({
      label: key,
      path: join(this.#directory, key),
      directory: this.#directory,
      environment: this.#environment(),
      log: this.#log,
    })
    this.#scripts.push(script)
    return script
  }

  #environment(): Readonly<Record<string, string>> {
    return {
      PATH: this.#cloud.path,
      HOME: this.#directory,
      GCE_METADATA_HOST: this.#presence.metadataHost,
      DOCKER_HOST: this.#cloud.dockerHost,
      GOOGLE_SECRET_MANAGER_CUSTOM_ENDPOINT: `${this.#cloud.baseUrl()}/secretmanager/v1/`,
      RUNTIME_DIRECTORY: join(this.#directory, 'run'),
    }
  }

  /** A real VM takes its containers with it; here the engine outlives the VM. */
  async #cleanUp(): Promise<void> {
    // What connecting removes must be this VM's, not that of a successor of the same name.
    await this.#connecting.catch(() => {})
    await Promise.all(this.#scripts.map((script) => script.ended))
    if (this.#scripts.length > 0) await this.#removeContainers([this.#spec.name])
    await new Promise((resolve) => (this.#log ? this.#log.end(resolve) : resolve(undefined)))
    await this.#presence.close()
  }

  async #removeContainers(names: readonly string[]): Promise<void> {
    await this.#docker(['rm', '-f', ...names])
  }

  /** What docker prints; nothing when it fails. */
  async #docker(args: readonly string[]): Promise<string> {
    const { PATH, HOME, DOCKER_HOST } = this.#environment()
    const env = { PATH, HOME, DOCKER_HOST }
    try {
      const options = { env, timeout: DOCKER_TIMEOUT_MS }
      return (await promisify(execFile)('docker', args, options)).stdout
    } catch (error) {
      // The engine may be gone before its VMs; the log says so for whoever looks for the container.
      if (this.#log) note(this.#log, `docker ${args.join(' ')} failed: ${error}`)
      return ''
    }
  }
}
