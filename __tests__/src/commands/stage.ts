import type { DeployResult } from '../../../src/commands/deploy/result.ts'
import { deploy } from '../../../src/commands/deploy.ts'
import type { Prices } from '../../../src/cost/sku.ts'
import type { Announcement } from '../../../src/github/deployment/announcement.ts'
import { renderDigestReference } from '../../../src/image/reference.ts'
import { asRecord, asText, type JsonRecord } from '../../../src/lib/json.ts'
import { Terraform } from '../../../src/terraform/terraform.ts'
import { aConfig } from '../../fakes/deploy-inputs.ts'
import { FakeClock } from '../../fakes/fake-clock.ts'
import { type CloudVm, FakeCloud } from '../../fakes/fake-cloud.ts'
import { fixedTokens } from '../../fakes/fixed-tokens.ts'
import { untroubled } from '../../fakes/guards.ts'
import { MemoryFiles } from '../../fakes/memory-files.ts'
import { MemoryTree } from '../../fakes/memory-tree.ts'
import { RecordingLog } from '../../fakes/recording-log.ts'
import { type Answer, type Call, ScriptedCommands } from '../../fakes/scripted-commands.ts'
import { Timeline } from '../../fakes/timeline.ts'
import { olderSave, tarOf } from '../image/gate/image/archives.ts'

export const IMAGE_ID = `sha256:${'1d'.repeat(32)}`
export const DIGEST = `sha256:${'d1'.repeat(32)}`
export const REPOSITORY = { host: 'europe-west1-docker.pkg.dev', path: 'mervis-demo/mervis/mervis' }
export const IMAGE = renderDigestReference(REPOSITORY, DIGEST)

export const COMMIT = 'c0ffee00'.repeat(5)
/** Where the job runs, as for a process that was started there. */
const WORKSPACE = process.cwd()
const DOCKERFILE = 'FROM scratch\nCOPY content /\n'
/** What `docker save` says of the image. */
const SAVED = tarOf(olderSave({ layers: [{ tar: tarOf({ content: 'harmless' }) }] }))

export const OUTPUTS: JsonRecord = {
  group_name: 'mervis',
  base_template_name: 'mervis-base-1',
  repository_id: 'mervis',
  vm_service_account: 'vm@mervis-demo.iam.gserviceaccount.com',
  port: 8080,
}

/** `terraform output -json`, or the outputs of a plan: an unknown one has no value. */
function outputsJson(outputs: JsonRecord): JsonRecord {
  return Object.fromEntries(
    Object.entries(outputs).map(([name, value]) => [
      name,
      { sensitive: false, ...(value !== undefined && { value }) },
    ])
  )
}

type Result = Exclude<Answer, Error | ((call: Call) => unknown)>

export interface PlanStory {
  readonly creates?: readonly string[]
  /** What the plan knows; the apply gives OUTPUTS. */
  readonly outputs?: JsonRecord
}

/** What the commands of one plan answer. */
export function planning({
  creates = [],
  outputs = OUTPUTS,
}: PlanStory = {}): Readonly<Record<string, Answer>> {
  const plan = {
    resource_changes: creates.map((type) => ({ type, change: { actions: ['create'] } })),
    planned_values: { outputs: outputsJson(outputs) },
  }
  return {
    'terraform plan': { exitCode: creates.length > 0 ? 2 : 0 },
    'terraform show': { stdout: JSON.stringify(plan) },
  }
}

export interface StageOptions {
  readonly inputs?: Readonly<Record<string, string>>
  readonly script?: Readonly<Record<string, Answer>>
  readonly signal?: AbortSignal
}

/** A deploy with everything real but the ports; the group rolls at once when it is told to. */
export class Stage {
  readonly clock = new Timeline()
  readonly cloud = new FakeCloud(this.clock)
  readonly files = new MemoryFiles()
  readonly tree = new MemoryTree(WORKSPACE, { Dockerfile: DOCKERFILE, content: 'harmless' })
  readonly log = new RecordingLog()
  readonly commands: ScriptedCommands
  /** What the post step was told. */
  readonly handovers: string[] = []
  /** What GitHub's page of deployments was told. */
  readonly announced: string[] = []
  /** The pages of the run. */
  readonly summaries: string[] = []
  readPrices: (signal: AbortSignal) => Promise<Prices> = async () => ({ unreadable: 'no list' })
  summarize = async (markdown: string): Promise<void> => void this.summaries.push(markdown)
  readonly #signal: AbortSignal
  #inputs: Readonly<Record<string, string>>
  #saved = SAVED

  constructor(options: StageOptions = {}) {
    this.#signal = options.signal ?? new AbortController().signal
    this.#inputs = options.inputs ?? {}
    this.commands = new ScriptedCommands({
      ...this.#docker(),
      ...this.#terraform(),
      ...options.script,
    })
    this.files.contents.set('Dockerfile', DOCKERFILE)
    const state = { outputs: outputsJson(OUTPUTS) }
    this.cloud.bucket.put('mervis/default.tfstate', JSON.stringify(state))
    this.cloud.templates.set('mervis-base-1', {
      properties: { labels: { app: 'mervis' }, metadata: { items: [] } },
    })
    this.cloud.vms = [{ name: 'mervis-base', health: 'HEALTHY' }]
    this.cloud.onRoll = (release) => this.#roll(release)
  }

  run(): Promise<DeployResult> {
    return this.clock.play(this.#run())
  }

  #run(): Promise<DeployResult> {
    const signal = this.#signal
    const { clock, files, tree, log, commands } = this
    const terraform = async (either: AbortSignal): Promise<Terraform> =>
      new Terraform(commands, {
        watchBackend: untroubled,
        maskOf: () => (text) => text,
        clock: new FakeClock(),
        executable: 'terraform',
        directory: '/job/terraform',
        dataDirectory: '/job/data',
        planPath: '/job/data/deploy.tfplan',
        outliveIn: '/job',
        variablesPath: '/job/deploy.tfvars.json',
        backend: { bucket: 'mervis-demo-tfstate', prefix: 'mervis' },
        credentialsPath: '/job/google-credentials.json',
        signal: either,
      })
    const ports = {
      ...this.cloud.clients(signal),
      clock,
      files,
      tree,
      streams: { ofTool: () => piecesOf(this.#saved), ofFile: unexpected },
      openFile: unexpected,
      sender: { send: unexpected },
      clientFolder: { readConfig: async () => undefined, mirror: async () => ({}) },
      random: () => 0.5,
      log,
      commands,
      terraform,
      tokens: fixedTokens,
      github: undefined,
      lasting: { ...this.cloud.clients(), signal: new AbortController().signal },
      handover: {
        begin: (group: string) => this.handovers.push(`begin ${group}`),
        end: () => this.handovers.push('end'),
      },
      announcement: this.#announcement(),
      prices: this.readPrices,
      summarize: this.summarize,
    }
    return deploy(aConfig(this.#inputs), ports, {
      provenance: {
        commit: COMMIT,
        ref: 'refs/heads/main',
        runUrl: 'https://github.com/m/m/actions/runs/1',
        actor: 'ada',
      },
      holder: 'this-run',
      registryHost: REPOSITORY.host,
      registryUrl: `https://${REPOSITORY.host}/`,
      workDirectory: '/job',
      sourceUrl: 'https://github.com/mervis/mervis',
      signal,
    })
  }

  /** Other inputs from now on. */
  reconfigure(inputs: Readonly<Record<string, string>>): void {
    this.#inputs = inputs
  }

  /** Other answers from now on; what was run so far stays known. */
  script(more: Readonly<Record<string, Answer>>): void {
    this.commands.amend(more)
  }

  /** A file of the workspace. */
  write(path: string, content: string): void {
    this.files.contents.set(path, content)
    this.tree.files.set(path, content)
  }

  /** What the image has in its one layer. */
  saves(files: Readonly<Record<string, string>>): void {
    this.#saved = tarOf(olderSave({ layers: [{ tar: tarOf(files) }] }))
  }

  /** Where a command stands among all; fails the test when it was never run. */
  position(start: string): number {
    const index = this.commands.lines.findIndex((line) => line.startsWith(start))
    if (index < 0) throw new Error(`never run: ${start}`)
    return index
  }

  ran(start: string): boolean {
    return this.commands.lines.some((line) => line.startsWith(start))
  }

  /** What docker build does when it succeeds. */
  built(): Result {
    this.files.contents.set('/job/image-id', IMAGE_ID)
    return {}
  }

  /** What docker push does when it succeeds. */
  pushed(): Result {
    this.cloud.manifests.set(`build-${'1d'.repeat(32)}`, { digest: DIGEST, config: IMAGE_ID })
    return { stdout: `build: digest: ${DIGEST} size: 528\n` }
  }

  #announcement(): Announcement {
    const { announced } = this
    return {
      begun: ({ release, image }) => announced.push(`begun ${release} ${image}`),
      succeeded: async ({ description, url }) => void announced.push(`ok ${description} ${url}`),
      failed: async ({ description }) => void announced.push(`failed ${description}`),
    }
  }

  #docker(): Readonly<Record<string, Answer>> {
    return {
      'git -c safe.directory=* show': { exitCode: 128 },
      'docker info': { stdout: '[["Backing Filesystem","extfs"]]' },
      'docker buildx version': { stdout: 'github.com/docker/buildx v0.12.1 30feaa1' },
      'docker buildx inspect': {
        stdout: 'Name:          default\nDriver:        docker\nPlatforms:     linux/amd64\n',
      },
      'docker context inspect': { stdout: 'unix:///var/run/docker.sock' },
      'docker buildx build': () => {
        this.clock.advance(2_000)
        return this.built()
      },
      'docker tag': {},
      'docker push': () => this.pushed(),
    }
  }

  #terraform(): Readonly<Record<string, Answer>> {
    return {
      'terraform init': {},
      ...planning(),
      'terraform apply': {},
      'terraform output': { stdout: JSON.stringify(outputsJson(OUTPUTS)) },
    }
  }

  #roll(release: string): void {
    const template = asRecord(this.cloud.templates.get(`mervis-${release}`)?.['properties'])
    const { items } = asRecord(template['metadata'])
    const image = Array.isArray(items)
      ? items.map(asRecord).find(({ key }) => key === 'app-image')
      : undefined
    const report = { phase: 'ready', detail: '', release, image: asText(image?.['value']) }
    const vm: CloudVm = { name: 'mervis-x7k2', version: release, health: 'HEALTHY', report }
    this.cloud.vms = [vm]
  }
}

async function* piecesOf(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes
}

function unexpected(): never {
  throw new Error('nobody expects this of an image in an engine')
}
