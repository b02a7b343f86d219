import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { chooseProvider } from '../../../emulator/provider/choice.ts'
import { type ActionRun, runAction } from '../../../emulator/runner/action.ts'
import type { LogLine } from '../../../emulator/runner/log-lines.ts'
import { type Emulator, type EmulatorOptions, startEmulator } from '../../../emulator/start.ts'

/** The folder with action.yml and dist/: another one to try a build that is not there yet. */
const REPOSITORY = process.env['ACTION_UNDER_TEST'] ?? resolve(import.meta.dirname, '../../..')

/** Patience for one push: terraform's real provider sleeps where the stand-in does not. */
export const PER_PUSH_MS = chooseProvider(process.env) === 'real' ? 600_000 : 120_000

const TEMPLATES = '/compute/v1/projects/mervis-demo/regions/asia-northeast3/instanceTemplates'

interface Template {
  readonly properties?: {
    readonly machineType?: string
    readonly metadata?: {
      readonly items?: readonly { readonly key: string; readonly value: string }[]
    }
  }
}

/** What the output `vms` says of one VM. */
export interface Vm {
  readonly name: string
  readonly image: string
  readonly release: string
  readonly health: string
  readonly address: string
}

export interface LedgerEntry {
  readonly release: string
  readonly outcome: string | null
  readonly rolled_back_to: string | null
  readonly reason: string | null
}

export function vmsOf(run: ActionRun): readonly Vm[] {
  return JSON.parse(run.outputs.get('vms') ?? '[]')
}

/** What the job's one error says; empty when it has none. */
export function errorOf(run: ActionRun): string {
  return run.annotations.map(({ text }) => text).join('\n--- and ---\n')
}

export interface PushOptions {
  readonly inputs?: Readonly<Record<string, string>>
  readonly onLine?: (line: LogLine) => void
  readonly signal?: AbortSignal
  /** Laid over the job's environment; undefined takes a variable away. */
  readonly environment?: Readonly<Record<string, string | undefined>>
  /** RUNNER_TEMP of a job that runs beside another one. */
  readonly tempDirectory?: string
}

/** An emulated cloud, a workspace with a small image in it, and pushes to main that deploy it. */
export class Stage {
  readonly emulator: Emulator
  readonly directory: string
  /** Everything that was logged, by all pushes. */
  readonly log: string[] = []

  private constructor(emulator: Emulator, directory: string) {
    this.emulator = emulator
    this.directory = directory
  }

  static async open(options: Partial<EmulatorOptions> = {}): Promise<Stage> {
    const directory = await mkdtemp(join(tmpdir(), 'deploy-e2e-'))
    const emulator = await startEmulator({
      speed: 20,
      dataDirectory: join(directory, 'cloud'),
      ...(process.env['DOCKER_HOST'] && { dockerHost: process.env['DOCKER_HOST'] }),
      ...options,
    })
    const stage = new Stage(emulator, directory)
    await mkdir(stage.workspace)
    await stage.write('Dockerfile', 'FROM scratch\nCOPY content /\n')
    await stage.write('content', 'first')
    return stage
  }

  get workspace(): string {
    return join(this.directory, 'workspace')
  }

  get tempDirectory(): string {
    return join(this.directory, 'runner-temp')
  }

  write(name: string, content: string): Promise<void> {
    return writeFile(join(this.workspace, name), content)
  }

  push(options: PushOptions = {}): Promise<ActionRun> {
    const { emulator } = this
    return runAction({
      actionDirectory: REPOSITORY,
      workspace: this.workspace,
      tempDirectory: options.tempDirectory ?? this.tempDirectory,
      inputs: {
        name: 'web',
        project_id: 'mervis-demo',
        region: 'asia-northeast3',
        workload_identity_provider: emulator.identities.workloadIdentityProvider,
        service_account: emulator.identities.deployerEmail,
        state_bucket: 'mervis-demo-tfstate',
        min_ready: '0s',
        ...options.inputs,
      },
      environment: withoutUndefined({
        ...emulator.environment,
        DOCKER_HOST: process.env['DOCKER_HOST'],
        DOCKER_CONFIG: process.env['DOCKER_CONFIG'],
        GITHUB_REPOSITORY: 'mervis/mervis',
        GITHUB_SHA: 'a'.repeat(40),
        GITHUB_REF: 'refs/heads/main',
        GITHUB_RUN_ID: '1',
        GITHUB_ACTOR: 'mervis',
        ...options.environment,
      }),
      onLine: (line) => {
        this.log.push('text' in line ? line.text : JSON.stringify(line))
        options.onLine?.(line)
      },
      ...(options.signal && { signal: options.signal }),
    })
  }

  /** What the ledger says of each attempt, oldest first. */
  async ledger(): Promise<readonly LedgerEntry[]> {
    const path = '/storage/v1/b/mervis-demo-tfstate/o/web%2Freleases.json?alt=media'
    const { entries } = await this.read(path)
    return Array.isArray(entries) ? entries : []
  }

  /** `METHOD path` of each request since `from`, without the query. */
  requestsSince(from: number): readonly string[] {
    return this.emulator.requests.slice(from).map(({ method, path }) => `${method} ${path}`)
  }

  /** What the owner of the project reads at a path below the emulator's URL. */
  async read(path: string): Promise<Record<string, unknown>> {
    const token = this.emulator.accessToken('user:owner@example.com')
    const response = await fetch(`${this.emulator.url}${path}`, {
      headers: { authorization: `Bearer ${token}` },
    })
    const answer: unknown = await response.json()
    return typeof answer === 'object' && answer !== null ? { ...answer } : {}
  }

  templateOf(release: string, name = 'web'): Promise<Template> {
    return this.read(`${TEMPLATES}/${name}-${release}`)
  }

  /** Metadata of the instance template that a release is. */
  async metadataOf(release: string, name = 'web'): Promise<ReadonlyMap<string, string>> {
    const template = await this.templateOf(release, name)
    const items = template.properties?.metadata?.items ?? []
    return new Map(items.map(({ key, value }) => [key, value]))
  }

  async close(): Promise<void> {
    await this.emulator.stop()
    await rm(this.directory, { recursive: true, force: true })
  }
}

function withoutUndefined(
  variables: Readonly<Record<string, string | undefined>>
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(variables).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value] as const]
    )
  )
}
