import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ActionRun } from '../../../emulator/runner/action.ts'
import { errorOf, PER_PUSH_MS, type PushOptions, Stage } from '../deploy/push.ts'

const GROUP = '/compute/v1/projects/mervis-demo/regions/asia-northeast3/instanceGroupManagers/web'

/** What a release was deployed from, and what became of it. */
export interface Deployed {
  readonly release: string
  readonly commit: string
  /** `…@sha256:…` */
  readonly image: string
}

export interface Entry {
  readonly kind: string
  readonly release: string
  readonly previous: string | null
  readonly commit: string
  readonly ref: string
  readonly actor: string
  readonly run_url: string
  readonly outcome: string | null
  readonly rolled_back_to: string | null
}

/** A service with a past, and people who roll it back. */
export class Service {
  readonly stage: Stage
  readonly #inputs: Readonly<Record<string, string>>

  private constructor(stage: Stage, inputs: Readonly<Record<string, string>>) {
    this.stage = stage
    this.#inputs = inputs
  }

  static async open(inputs: Readonly<Record<string, string>> = {}): Promise<Service> {
    return new Service(await Stage.open(), inputs)
  }

  /** Pushes a commit whose image holds `content`. @throws Error when it is not deployed */
  async deploy(content: string, options: PushOptions = {}): Promise<Deployed> {
    const commit = commitOf(content)
    const run = await this.push(content, options)
    if (run.outputs.get('outcome') !== 'deployed') throw new Error(errorOf(run))
    return {
      release: run.outputs.get('release') ?? '',
      commit,
      image: run.outputs.get('image') ?? '',
    }
  }

  /** Pushes a commit whose image holds `content`, or runs its job again. */
  async push(content: string, options: PushOptions = {}): Promise<ActionRun> {
    await this.stage.write('content', content)
    return this.stage.push({
      ...options,
      inputs: { ...this.#inputs, ...options.inputs },
      environment: { GITHUB_SHA: commitOf(content), ...options.environment },
    })
  }

  /** Dispatches a rollback, by another person and from whatever commit main is at. */
  rollBack(release: string, options: PushOptions = {}): Promise<ActionRun> {
    return this.stage.push({
      ...options,
      inputs: { ...this.#inputs, command: 'rollback', release, ...options.inputs },
      environment: {
        GITHUB_SHA: 'f'.repeat(40),
        GITHUB_ACTOR: 'grace',
        GITHUB_RUN_ID: '911',
        // What a rollback does with the group it does by itself.
        DOCKER_HOST: 'unix:///nowhere/docker.sock',
        ...options.environment,
      },
    })
  }

  /**
   * An environment in which every child process of a job is written down before it is started, and in
   * which nothing that a deploy starts is found.
   */
  async watchingChildren(): Promise<{
    readonly environment: Readonly<Record<string, string>>
    readonly started: () => string
  }> {
    const record = join(this.stage.directory, 'started.txt')
    const hook = join(this.stage.directory, 'children.cjs')
    await writeFile(record, '')
    await writeFile(hook, childrenHook(record))
    return {
      environment: { PATH: '/nowhere', NODE_OPTIONS: `--require=${hook}` },
      started: () => readFileSync(record, 'utf8'),
    }
  }

  async ledger(): Promise<readonly Entry[]> {
    const path = '/storage/v1/b/mervis-demo-tfstate/o/web%2Freleases.json?alt=media'
    const { entries } = await this.stage.read(path)
    return Array.isArray(entries) ? entries : []
  }

  async releaseOfGroup(): Promise<string> {
    const { versions } = await this.stage.read(GROUP)
    return Array.isArray(versions) && versions.length === 1 ? versions[0].name : ''
  }

  /** Release and health of each VM, as the cloud knows them. */
  machines(): readonly { readonly version: unknown; readonly health: unknown }[] {
    const machines = this.stage.emulator.compute.control.machines()
    return machines.map(({ version, health }) => ({ version, health }))
  }

  /** Names of the objects in the state bucket. */
  objects(): readonly string[] {
    return this.stage.emulator.cloud.store.list('mervis-demo-tfstate').map(({ name }) => name)
  }

  close(): Promise<void> {
    return this.stage.close()
  }
}

export { errorOf, PER_PUSH_MS }

/** Every asynchronous way to start a child ends in this method. */
function childrenHook(record: string): string {
  return `
    const { ChildProcess } = require('node:child_process')
    const { appendFileSync } = require('node:fs')
    const { spawn } = ChildProcess.prototype
    ChildProcess.prototype.spawn = function (options) {
      appendFileSync(${JSON.stringify(record)}, options.file + '\\n')
      return spawn.call(this, options)
    }
  `
}

/** The same content is always the same commit. */
export function commitOf(content: string): string {
  return Buffer.from(content.padEnd(20, '.')).toString('hex').slice(0, 40)
}
