import { type ChildProcess, spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** How a terraform command ended. */
export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** A directory with HCL in it, and the real terraform to run there. */
export class Workspace {
  readonly directory: string
  readonly #environment: Readonly<Record<string, string>>
  readonly #running = new Set<ChildProcess>()

  private constructor(directory: string, environment: Readonly<Record<string, string>>) {
    this.directory = directory
    this.#environment = environment
  }

  /** `more` may name files of the directory that is about to be. */
  static async open(
    environment: Readonly<Record<string, string>>,
    more: (directory: string) => Record<string, string> = () => ({})
  ): Promise<Workspace> {
    const directory = await mkdtemp(join(tmpdir(), 'terraform-provider-'))
    return new Workspace(directory, { ...environment, ...more(directory) })
  }

  async write(name: string, text: string): Promise<void> {
    const path = join(this.directory, name)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, text)
  }

  /** Starts a command; `more` comes on top of the workspace's variables. */
  start(args: readonly string[], more: Readonly<Record<string, string>> = {}): Running {
    const child = spawn('terraform', [...args], {
      cwd: this.directory,
      env: {
        PATH: process.env['PATH'] ?? '',
        HOME: this.directory,
        TF_IN_AUTOMATION: '1',
        TF_INPUT: '0',
        TF_CLI_ARGS: '-no-color',
        ...this.#environment,
        ...more,
      },
    })
    this.#running.add(child)
    const output = { stdout: '', stderr: '' }
    child.stdout.on('data', (chunk) => {
      output.stdout += String(chunk)
    })
    child.stderr.on('data', (chunk) => {
      output.stderr += String(chunk)
    })
    const ended = new Promise<Ended>((resolve, reject) => {
      child.on('error', reject)
      child.on('close', (code) => {
        this.#running.delete(child)
        resolve({ code, ...output })
      })
    })
    return { ended, signal: (name) => child.kill(name) }
  }

  run(args: readonly string[], more?: Readonly<Record<string, string>>): Promise<Ended> {
    return this.start(args, more).ended
  }

  /** Runs a command that has to succeed. */
  async must(...args: string[]): Promise<string> {
    const ended = await this.run(args)
    if (ended.code !== 0) throw new Error(`terraform ${args.join(' ')}:\n${ended.stderr}`)
    return ended.stdout
  }

  async state(address: string): Promise<Record<string, unknown>> {
    const state = JSON.parse(await this.must('show', '-json'))
    const found = state.values.root_module.resources.find(
      (resource: { readonly address: string }) => resource.address === address
    )
    return found.values
  }

  async close(): Promise<void> {
    for (const child of this.#running) child.kill('SIGKILL')
    await rm(this.directory, { recursive: true, force: true })
  }
}

interface Running {
  readonly ended: Promise<Ended>
  signal(name: 'SIGINT'): void
}
