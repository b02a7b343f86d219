import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { RealClock } from '../../../emulator/clock.ts'
import { Addresses } from '../../../emulator/machines/address.ts'
import { Presence } from '../../../emulator/machines/presence.ts'
import {
  type BootReport,
  type GoogleStubOptions,
  INSTANCE,
  parseReport,
  startGoogleStub,
} from '../../boot/google-stub.ts'
import { killGroup, type Run, runBootScript } from '../../boot/machine.ts'
import { call, enable, type Harness, PROJECT, startHarness } from '../../emulator/harness.ts'
import { buildImage, busyboxLayer, type ImageOptions, LABEL } from './image.ts'

const execute = promisify(execFile)
const REPOSITORY = `${PROJECT}/mervis`
const VM_ACCOUNT = `vm@${PROJECT}.iam.gserviceaccount.com`
const engine = {
  PATH: process.env['PATH'] ?? '/usr/bin:/bin',
  DOCKER_HOST: process.env['DOCKER_HOST'] ?? 'unix:///var/run/docker.sock',
}

/** What docker prints; the engine is the one in DOCKER_HOST. */
export async function docker(...argv: readonly string[]): Promise<string> {
  const { stdout } = await execute('docker', argv, { env: engine, maxBuffer: 16 * 1024 * 1024 })
  return stdout.trim()
}

/** One VM of the emulated cloud whose boot scripts a test runs by hand. */
export interface Vm {
  readonly address: string
  readonly token: string
  run(script: 'startup.sh' | 'shutdown.sh'): Promise<Run>
  /** What the VM last said of itself; undefined when nobody took it. */
  report(): BootReport | undefined
  preempt(): void
}

/** The emulated cloud that the VMs of a test are in, with the engine that all of them share. */
export class BootCloud {
  readonly harness: Harness
  readonly #layer: Buffer
  readonly #home: string
  readonly #closing: (() => Promise<void>)[] = []
  readonly #groups: number[] = []

  private constructor(harness: Harness, layer: Buffer, home: string) {
    this.harness = harness
    this.#layer = layer
    this.#home = home
  }

  static async open(): Promise<BootCloud> {
    const harness = await startHarness()
    await enable(harness, 'artifactregistry', 'secretmanager')
    const { repositories, policies } = harness.emulator.cloud
    repositories.create('europe-west1', 'mervis', { format: 'DOCKER' })
    for (const role of ['roles/artifactregistry.reader', 'roles/secretmanager.secretAccessor']) {
      policies.grant(`projects/${PROJECT}`, role, `serviceAccount:${VM_ACCOUNT}`)
    }
    const home = await mkdtemp(join(tmpdir(), 'boot-e2e-'))
    return new BootCloud(harness, await busyboxLayer(), home)
  }

  /** Pushes an image; gives its reference by digest. */
  async addImage(options: ImageOptions): Promise<string> {
    const { url, accessToken } = this.harness.emulator
    const { blobs, digest, manifest, manifestType } = buildImage(this.#layer, options)
    const token = accessToken()
    const images = `${url}/v2/${REPOSITORY}/app`
    for (const { bytes, digest: blob } of blobs) {
      await call(`${images}/blobs/uploads/?digest=${blob}`, { method: 'POST', body: bytes, token })
    }
    const headers = { 'content-type': manifestType }
    const put = { method: 'PUT', body: manifest, token, headers }
    const answer = await call(`${images}/manifests/${digest}`, put)
    if (answer.status !== 201) throw new Error(answer.text)
    return `${new URL(url).host}/${REPOSITORY}/app@${digest}`
  }

  addSecret(id: string, value: string): void {
    const { secrets } = this.harness.emulator.cloud
    secrets.addVersion(secrets.create(id, {}), Buffer.from(value))
  }

  /** Nobody holds the permission until the test is over. */
  deny(permission: string): void {
    this.harness.emulator.cloud.access.deny({ permission })
  }

  /** A VM of the emulator, with its metadata server. */
  async createVm(attributes: Readonly<Record<string, string>>): Promise<Vm> {
    const presence = await this.#connect(attributes)
    this.#closing.push(() => presence.close())
    return {
      address: presence.address ?? '',
      token: presence.token() ?? '',
      run: (script) => this.#run(script, presence.metadataHost),
      report: () => {
        const value = presence.guestAttributes.read('deploy', 'boot')
        return value === undefined ? undefined : parseReport(value)
      },
      preempt: () => presence.announcePreemption(),
    }
  }

  /** A VM whose metadata server can be made to fail; everything else is the emulator's. */
  async createStubbedVm(options: GoogleStubOptions): Promise<Vm & { reports(): string[] }> {
    const address = '127.0.1.1'
    const token = this.harness.emulator.accessToken(`serviceAccount:${VM_ACCOUNT}`)
    const stub = await startGoogleStub({ ip: address, token, ...options })
    this.#closing.push(() => stub.close())
    return {
      address,
      token,
      run: (script) => this.#run(script, stub.host),
      report: () => stub.reports.at(-1),
      reports: () => stub.reports.map(({ phase }) => phase),
      preempt: () => stub.preempt(),
    }
  }

  /** Between two tests: no VM is left, and nothing is denied. */
  async clear(): Promise<void> {
    for (const group of this.#groups.splice(0)) killGroup(group)
    await docker('rm', '--force', INSTANCE)
    for (const close of this.#closing.splice(0)) await close()
    this.harness.emulator.cloud.access.undeny()
    await rm(join(this.#home, 'run'), { recursive: true, force: true })
  }

  async close(): Promise<void> {
    await this.clear()
    await this.harness.stop()
    await rm(this.#home, { recursive: true, force: true })
    await docker('image', 'prune', '--all', '--force', '--filter', `label=${LABEL}`)
  }

  async #connect(attributes: Readonly<Record<string, string>>): Promise<Presence> {
    const { cloud, url } = this.harness.emulator
    const spec = {
      id: '4127943328355493061',
      name: INSTANCE,
      zone: 'europe-west1-b',
      machineType: 'e2-small',
      metadata: { 'enable-guest-attributes': 'TRUE', ...attributes },
      serviceAccount: {
        email: VM_ACCOUNT,
        scopes: ['https://www.googleapis.com/auth/cloud-platform'],
      },
      tags: [],
      spot: true,
      terminationAction: 'STOP' as const,
      preemptionNoticeMs: 0,
    }
    const surroundings = { clock: new RealClock(1), baseUrl: () => url, addresses: new Addresses() }
    const presence = new Presence(spec, { ...cloud, ...surroundings })
    await presence.open()
    return presence
  }

  #run(script: string, host: string): Promise<Run> {
    const environment = {
      ...engine,
      HOME: this.#home,
      RUNTIME_DIRECTORY: join(this.#home, 'run'),
      GOOGLE_SECRET_MANAGER_CUSTOM_ENDPOINT: `${this.harness.emulator.url}/secretmanager/v1/`,
    }
    return runBootScript(script, { host }, { environment, groups: this.#groups })
  }
}
