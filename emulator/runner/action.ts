import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { CommandFiles } from './command-files.ts'
import { evaluateText } from './expressions/evaluate.ts'
import { type Annotation, type LogLine, LogReader } from './log-lines.ts'
import { inputVariables, runnerVariables, stateVariables } from './steps/environment.ts'
import { runProcess } from './steps/process.ts'
import { type ActionFile, readActionFile } from './workflow/action-file.ts'

/** One use of an action without a workflow around it. */
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

/** What came of main. */
export interface ActionRun {
  readonly exitCode: number
  readonly outputs: ReadonlyMap<string, string>
  readonly summary: string
  readonly annotations: readonly Annotation[]
  readonly durationMs: number
}

/**
 * Runs a JavaScript action as the runner does (actions/runner 2.336), without a workflow around it:
 * main, then post whatever became of main, each with command files of its own, masks honoured.
 *
 * @throws Error for an action of another kind
 */
export async function runAction(options: ActionOptions): Promise<ActionRun> {
  const { runs, inputs } = await readActionFile(options.actionDirectory)
  if (runs.kind !== 'javascript') throw new Error('Only JavaScript actions run without a workflow.')
  await mkdir(options.tempDirectory, { recursive: true })
  const step = new Step(options, inputs)
  const startedAt = performance.now()
  const main = await step.run(runs.main, {}, options.signal)
  const state = await main.files.readPairs('STATE')
  const durationMs = performance.now() - startedAt
  if (runs.post !== undefined) await step.run(runs.post, stateVariables(state))
  return {
    exitCode: main.exitCode,
    outputs: await main.files.readPairs('OUTPUT'),
    summary: await main.files.readSummary(),
    annotations: step.annotations,
    durationMs,
  }
}

class Step {
  readonly annotations: Annotation[] = []
  readonly #options: ActionOptions
  readonly #declared: ActionFile['inputs']
  readonly #reader = new LogReader()

  constructor(options: ActionOptions, declared: ActionFile['inputs']) {
    this.#options = options
    this.#declared = declared
  }

  async run(
    entry: string,
    state: Readonly<Record<string, string>>,
    signal?: AbortSignal
  ): Promise<{ readonly exitCode: number; readonly files: CommandFiles }> {
    const { actionDirectory, workspace, tempDirectory, environment } = this.#options
    const files = await CommandFiles.create(tempDirectory)
    const exitCode = await runProcess({
      command: process.execPath,
      args: [join(actionDirectory, entry)],
      cwd: workspace,
      env: {
        ...runnerVariables({ workspace, temp: tempDirectory }),
        ...environment,
        ...inputVariables(this.#inputs()),
        ...files.environment,
        ...state,
      },
      onLine: (line) => this.#take(line),
      // Nobody cancels what has not begun.
      signal: signal?.aborted ? undefined : signal,
    })
    return { exitCode, files }
  }

  #take(raw: string): void {
    const line = this.#reader.read(raw)
    if (!line) return
    if (line.kind === 'annotation') this.annotations.push(line)
    this.#options.onLine?.(line)
  }

  #inputs(): Readonly<Record<string, string>> {
    const github = { token: this.#options.environment['GITHUB_TOKEN'] ?? '' }
    const defaults = this.#declared.map(
      (input) => [input.name, evaluateText(input.default, { contexts: { github } })] as const
    )
    return { ...Object.fromEntries(defaults), ...this.#options.inputs }
  }
}
