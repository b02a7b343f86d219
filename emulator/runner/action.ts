import { spawn } from 'node:child_process'
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { parse } from 'yaml'
import { CommandFiles } from './command-files.ts'
import { type LogLine, LogReader } from './log-lines.ts'

export interface ActionOptions {
  /** The folder that holds action.yml. */
  readonly actionDirectory: string
  readonly workspace: string
  /** RUNNER_TEMP of the job. */
  readonly tempDirectory: string
  readonly inputs: Readonly<Record<string, string>>
  /** What the job adds to the little that a runner passes on: GITHUB_*, OIDC, endpoints. */
  readonly environment: Readonly<Record<string, string>>
  readonly onLine?: (line: LogLine) => void
  /**
   * On abort the entry process of main alone gets SIGINT, then SIGTERM, then SIGKILL: as the runner
   * cancels. It asks the condition of a running step again first, and that of post is `always()`.
   */
  readonly signal?: AbortSignal
}

export interface ActionRun {
  readonly exitCode: number
  readonly outputs: ReadonlyMap<string, string>
  readonly summary: string
  readonly annotations: readonly Extract<LogLine, { kind: 'annotation' }>[]
  readonly durationMs: number
}

interface Manifest {
  readonly inputs?: Readonly<Record<string, { readonly default?: string } | null>>
  readonly runs: { readonly using: string; readonly main: string; readonly post?: string }
}

/**
 * Runs a JavaScript action as the runner does (actions/runner 2.336): main, then post whatever
 * became of main, each with command files of its own, masks honoured.
 */
export async function runAction(options: ActionOptions): Promise<ActionRun> {
  const manifest: Manifest = parse(
    await readFile(join(options.actionDirectory, 'action.yml'), 'utf8')
  )
  await mkdir(options.tempDirectory, { recursive: true })
  const step = new Step(options, manifest)
  const startedAt = performance.now()
  const main = await step.run(manifest.runs.main, { state: {}, signal: options.signal })
  const state = await main.files.readPairs('STATE')
  const durationMs = performance.now() - startedAt
  if (manifest.runs.post !== undefined) {
    const saved = [...state].map(([name, value]) => [`STATE_${name}`, value])
    await step.run(manifest.runs.post, { state: Object.fromEntries(saved) })
  }
  return {
    exitCode: main.exitCode,
    outputs: await main.files.readPairs('OUTPUT'),
    summary: await main.files.readSummary(),
    annotations: step.annotations,
    durationMs,
  }
}

interface StepRun {
  readonly state: Readonly<Record<string, string>>
  readonly signal?: AbortSignal | undefined
}

class Step {
  readonly annotations: Extract<LogLine, { kind: 'annotation' }>[] = []
  readonly #options: ActionOptions
  readonly #manifest: Manifest
  readonly #reader = new LogReader()

  constructor(options: ActionOptions, manifest: Manifest) {
    this.#options = options
    this.#manifest = manifest
  }

  async run(
    entry: string,
    { state, signal }: StepRun
  ): Promise<{ readonly exitCode: number; readonly files: CommandFiles }> {
    const { actionDirectory, workspace, tempDirectory, environment } = this.#options
    const files = await CommandFiles.create(tempDirectory)
    const child = spawn(process.execPath, [join(actionDirectory, entry)], {
      cwd: workspace,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...ofTheRunner(workspace, tempDirectory),
        ...environment,
        ...this.#inputVariables(),
        ...files.environment,
        ...state,
      },
    })
    if (signal) cancelWith(signal, child)
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => this.#take(line))
    }
    const { promise, resolve, reject } = Promise.withResolvers<number>()
    child.on('error', reject)
    child.on('close', (code) => resolve(code ?? 137))
    return { exitCode: await promise, files }
  }

  #take(raw: string): void {
    const line = this.#reader.read(raw)
    if (!line) return
    if (line.kind === 'annotation') this.annotations.push(line)
    this.#options.onLine?.(line)
  }

  #inputVariables(): Readonly<Record<string, string>> {
    const { inputs, environment } = this.#options
    const declared = Object.entries(this.#manifest.inputs ?? {})
    // The one expression that actions have for a default.
    const evaluate = (text: string): string =>
      text.replaceAll(/\$\{\{\s*github\.token\s*\}\}/g, environment['GITHUB_TOKEN'] ?? '')
    const defaults = declared.map(
      ([name, input]) => [name, evaluate(input?.default ?? '')] as const
    )
    return Object.fromEntries(
      [...defaults, ...Object.entries(inputs)].map(([name, value]) => [
        `INPUT_${name.toUpperCase().replaceAll(' ', '_')}`,
        value,
      ])
    )
  }
}

function ofTheRunner(workspace: string, tempDirectory: string): Readonly<Record<string, string>> {
  return {
    PATH: process.env['PATH'] ?? '',
    HOME: process.env['HOME'] ?? '',
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_WORKSPACE: workspace,
    RUNNER_TEMP: tempDirectory,
    RUNNER_TOOL_CACHE: join(tempDirectory, '_tool'),
    RUNNER_OS: 'Linux',
    RUNNER_ARCH: 'X64',
  }
}

const SIGTERM_AFTER_MS = 7_500
const SIGKILL_AFTER_MS = 10_000

function cancelWith(signal: AbortSignal, child: ReturnType<typeof spawn>): void {
  const cancel = (): void => {
    child.kill('SIGINT')
    const timers = [
      setTimeout(() => child.kill('SIGTERM'), SIGTERM_AFTER_MS),
      setTimeout(() => child.kill('SIGKILL'), SIGKILL_AFTER_MS),
    ]
    child.on('close', () => {
      for (const timer of timers) clearTimeout(timer)
    })
  }
  if (signal.aborted) return
  signal.addEventListener('abort', cancel, { once: true })
  child.on('close', () => signal.removeEventListener('abort', cancel))
}
