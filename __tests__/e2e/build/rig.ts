import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { systemClock } from '../../../src/adapters/clock.ts'
import { dockerFolder } from '../../../src/adapters/disk/docker-folder.ts'
import { openLocalFile } from '../../../src/adapters/disk/file-reader.ts'
import { localFiles } from '../../../src/adapters/disk/files.ts'
import { gaxiosHttp } from '../../../src/adapters/network/http.ts'
import { gaxiosBlobSender } from '../../../src/adapters/network/upload.ts'
import { ProcessRunner } from '../../../src/adapters/processes/processes.ts'
import { GoogleClient } from '../../../src/google/client.ts'
import { resolveEndpoints } from '../../../src/google/endpoints.ts'
import { type BuiltImage, buildImage } from '../../../src/image/build/build.ts'
import { type Builder, findBuilder } from '../../../src/image/build/builder.ts'
import { addLogin } from '../../../src/image/build/client-folder.ts'
import type { BuildOptions } from '../../../src/image/build/command.ts'
import { type PushedImage, pushImage } from '../../../src/image/push/push.ts'
import type { Clock, TokenSource } from '../../../src/ports.ts'
import { call, enable, type Harness, PROJECT, startHarness } from '../../emulator/harness.ts'
import { RecordingLog } from '../../fakes/recording-log.ts'
import { commandLinesWith } from '../deploy/tools.ts'

export const LOCATION = 'europe-west1'

const PATIENCE_MS = 30_000

async function until(isSo: () => Promise<boolean>, what: string): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`not in ${PATIENCE_MS / 1000} s: ${what}`)
    await sleep(50)
  }
}

type Environment = Readonly<Record<string, string | undefined>>

/** The real parts of the image's way, from a folder into the emulated registry. */
export class Rig {
  readonly harness: Harness
  readonly directory: string
  readonly log = new RecordingLog()
  /** What the shared engine shall forget at the end. */
  readonly images: string[] = []
  readonly registryHost: string
  readonly #environment: Environment
  /** A test may let waits pass faster. */
  clock: Clock = systemClock
  /** Tokens of the deployer; a test may put others here. */
  tokens: TokenSource

  constructor(harness: Harness, directory: string, environment: Environment) {
    this.harness = harness
    this.directory = directory
    this.#environment = environment
    this.registryHost = harness.emulator.environment['GOOGLE_DOCKER_REGISTRY_CUSTOM_ENDPOINT'] ?? ''
    this.tokens = { accessToken: async () => harness.emulator.accessToken() }
  }

  static async open(environment: Environment): Promise<Rig> {
    const harness = await startHarness()
    await enable(harness, 'artifactregistry')
    harness.emulator.cloud.repositories.create(LOCATION, 'mervis', { format: 'DOCKER' })
    return new Rig(harness, await mkdtemp(join(tmpdir(), 'image-e2e-')), environment)
  }

  async close(): Promise<void> {
    await this.harness.stop()
    await rm(this.directory, { recursive: true, force: true })
  }

  get repository() {
    return { host: this.registryHost, path: `${PROJECT}/mervis/app` }
  }

  /** A folder with these files, and busybox where they need one. */
  async plant(name: string, files: Readonly<Record<string, string>>): Promise<string> {
    const root = join(this.directory, name)
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(root, path)), { recursive: true })
      await writeFile(join(root, path), text)
    }
    await copyFile('/bin/busybox', join(root, 'busybox'))
    return root
  }

  builder(): Promise<Builder> {
    return findBuilder(this.#commands, new AbortController().signal)
  }

  async build(context: string, options: Partial<BuildOptions> = {}): Promise<BuiltImage> {
    const whole = { ...this.buildOptions(context), ...options }
    const image = await buildImage(this.ports(), await this.builder(), whole)
    if (image.kind === 'engine') this.images.push(image.imageId)
    return image
  }

  /** A client configuration that may read the registry. */
  async logIn(): Promise<string> {
    const folder = join(this.directory, 'reader')
    const { text } = addLogin(undefined, {
      host: this.registryHost,
      token: this.harness.emulator.accessToken(),
    })
    await localFiles.writePrivate(join(folder, 'config.json'), text)
    return folder
  }

  /** Lets the next requests that match meet a failure. */
  async fault(fault: Readonly<Record<string, unknown>>): Promise<void> {
    const answer = await call(`${this.harness.emulator.url}/emulator/faults`, { body: fault })
    if (answer.status !== 200) throw new Error(answer.text)
  }

  async clearFaults(): Promise<void> {
    await call(`${this.harness.emulator.url}/emulator/faults`, { method: 'DELETE' })
  }

  /** Waits until the log has this text. */
  async saying(text: string): Promise<void> {
    await until(async () => this.log.text.includes(text), `the log says ${text}`)
  }

  /** Waits until no process of this machine has this in its command line. */
  async ended(text: string): Promise<void> {
    const none = async (): Promise<boolean> =>
      (await commandLinesWith(text, async () => undefined)).seen.size === 0
    await until(none, `no process has ${text}`)
  }

  buildOptions(context: string): BuildOptions {
    return {
      context,
      dockerfile: undefined,
      target: undefined,
      buildArgs: new Map(),
      labels: new Map(),
      secrets: new Map(),
      commitTime: 1_700_000_000,
      platforms: [],
      bases: [],
      noCache: false,
      registryHost: this.registryHost,
      cache: undefined,
      cachesStages: true,
      sbom: false,
      provenance: true,
      workDirectory: join(this.directory, 'work'),
      signal: new AbortController().signal,
    }
  }

  push(
    image: BuiltImage,
    tags: readonly [string, ...string[]],
    more: { readonly signal?: AbortSignal; readonly tokens?: TokenSource } = {}
  ): Promise<PushedImage> {
    const { signal = new AbortController().signal, tokens = this.tokens } = more
    return pushImage(
      { ...this.ports(signal), tokens },
      {
        image,
        repository: this.repository,
        projectId: PROJECT,
        tags,
        registryUrl: `http://${this.registryHost}/`,
        workDirectory: join(this.directory, 'work'),
        signal,
      }
    )
  }

  ports(signal = new AbortController().signal) {
    const { log, tokens, clock } = this
    const google = new GoogleClient(
      { http: gaxiosHttp(), tokens, clock, log },
      {
        endpoints: resolveEndpoints(LOCATION, this.harness.emulator.environment),
        projectId: PROJECT,
        signal,
      }
    )
    return {
      commands: this.#commands,
      files: localFiles,
      clock,
      log,
      tokens,
      google,
      clientFolder: dockerFolder(this.#environment),
      openFile: openLocalFile,
      sender: gaxiosBlobSender(),
      random: Math.random,
    }
  }

  get #commands(): ProcessRunner {
    return new ProcessRunner(this.#environment)
  }
}
