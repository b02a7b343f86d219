import { guarded } from '../lib/guarded.ts'
import { asRecord, type JsonRecord, parseJson } from '../lib/json.ts'
import type { Clock, CommandRunner, InterruptibleResult, Log } from '../ports.ts'
import { TerraformFailure, timedOut } from './failure.ts'
import { outputValues, type Plan, readPlan } from './plan.ts'
import { type Diagnostic, readUiLine, renderDiagnostic } from './ui-stream.ts'

export interface TerraformOptions {
  readonly executable: string
  readonly directory: string
  /** Where `.terraform` goes: never the workspace. */
  readonly dataDirectory: string
  /** Where the plan is saved: it holds every value, sensitive ones too. */
  readonly planPath: string
  /** A folder of ours in which a terraform that is still freeing its lock can be found later. */
  readonly outliveIn: string
  readonly variablesPath: string
  readonly backend: { readonly bucket: string; readonly prefix: string }
  /** What is known of a failure in these words; undefined for one that nobody knows. */
  readonly fixForWords?: (text: string) => string | undefined
  /** A file of type external_account; terraform, its backend and the provider refresh from it. */
  readonly credentialsPath: string
  /** Runs beside every command that needs the backend, and throws when that is out of reach. */
  readonly watchBackend: (signal: AbortSignal) => Promise<never>
  /** Hides what a plan calls secret: terraform and providers print such values in their errors. */
  readonly maskOf: (plan: unknown) => Mask
  readonly clock: Clock
  readonly signal: AbortSignal
}

type Mask = (text: string) => string

interface Step {
  readonly title: string
  readonly args: readonly string[]
  readonly timeoutMs: number
  readonly acceptedExitCodes: readonly number[]
  /** False for commands that read local files only. */
  readonly usesBackend?: boolean
  /** True for commands whose output is one value, and tells nobody anything by lines. */
  readonly isData?: boolean
  /** Runs before anything that terraform said is told. */
  readonly afterwards?: (isAccepted: boolean) => Promise<void>
  readonly log: Log
}

type Finished = InterruptibleResult & { readonly diagnostics: readonly Diagnostic[] }

const MINUTE_MS = 60_000
/** For a terraform whose backend is gone to let go; it may well never do so. */
const PATIENCE_MS = 10_000

/** Terraform in one directory, with one backend; each method is one subcommand. */
export class Terraform {
  readonly #commands: CommandRunner
  readonly #options: TerraformOptions
  #mask: Mask

  constructor(commands: CommandRunner, options: TerraformOptions) {
    this.#commands = commands
    this.#options = options
    this.#mask = options.maskOf(undefined)
  }

  /** @throws ActionError TERRAFORM_FAILED, TERRAFORM_TIMED_OUT (so does every method) */
  async init(log: Log): Promise<void> {
    const { bucket, prefix } = this.#options.backend
    await this.#run({
      title: 'terraform init',
      args: [
        'init',
        '-input=false',
        '-no-color',
        '-reconfigure',
        `-backend-config=bucket=${bucket}`,
        `-backend-config=prefix=${prefix}`,
      ],
      timeoutMs: 3 * MINUTE_MS,
      acceptedExitCodes: [0],
      log,
    })
  }

  /**
   * Plans into a file and reads it back as JSON, which is the only form that is parsed. Without a
   * lock nothing is written to the bucket, and nobody who deploys is in the way. `isDestroy`: that
   * everything goes; a resource that its configuration protects refuses here, before anything does.
   */
  async plan(
    log: Log,
    { isLocked, isDestroy = false }: { readonly isLocked: boolean; readonly isDestroy?: boolean }
  ): Promise<Plan> {
    const path = this.#options.planPath
    let json: unknown
    const { exitCode, diagnostics } = await this.#run({
      title: isDestroy ? 'terraform plan -destroy' : 'terraform plan',
      args: [
        'plan',
        ...(isDestroy ? ['-destroy'] : []),
        '-json',
        '-input=false',
        '-detailed-exitcode',
        isLocked ? '-lock-timeout=60s' : '-lock=false',
        `-var-file=${this.#options.variablesPath}`,
        `-out=${path}`,
      ],
      timeoutMs: 10 * MINUTE_MS,
      acceptedExitCodes: [0, 2],
      afterwards: async (isAccepted) => {
        // A plan that failed late is saved as well, and knows what must not be told.
        const showing = this.#showJson(path, log)
        json = isAccepted ? await showing : await showing.catch(() => undefined)
        this.#mask = this.#options.maskOf(json)
      },
      log,
    })
    return readPlan({ path, json, hasChanges: exitCode === 2, warnings: diagnostics })
  }

  /** Applies exactly the planned file. */
  async apply(plan: Plan, log: Log): Promise<void> {
    await this.#run({
      title: 'terraform apply',
      args: ['apply', '-json', '-input=false', '-lock-timeout=60s', plan.path],
      timeoutMs: 30 * MINUTE_MS,
      acceptedExitCodes: [0],
      log,
    })
  }

  async readOutputs(log: Log): Promise<JsonRecord> {
    const { stdout } = await this.#run({
      title: 'terraform output',
      isData: true,
      args: ['output', '-json'],
      timeoutMs: 2 * MINUTE_MS,
      acceptedExitCodes: [0],
      log,
    })
    return outputValues(asRecord(parseJson(stdout)))
  }

  async #showJson(path: string, log: Log): Promise<unknown> {
    const { stdout } = await this.#run({
      title: 'terraform show',
      args: ['show', '-json', path],
      timeoutMs: 2 * MINUTE_MS,
      acceptedExitCodes: [0],
      usesBackend: false,
      isData: true,
      log,
    })
    return parseJson(stdout)
  }

  #run(step: Step): Promise<Finished> {
    const { clock, signal, watchBackend } = this.#options
    const work = (either: AbortSignal): Promise<Finished> => this.#execute(step, either)
    if (step.usesBackend === false) return work(signal)
    return guarded(signal, { work, guard: watchBackend, patienceMs: PATIENCE_MS, clock })
  }

  async #execute(step: Step, signal: AbortSignal): Promise<Finished> {
    const { executable, directory, outliveIn, backend } = this.#options
    const diagnostics: Diagnostic[] = []
    const result = await this.#commands.runInterruptible(executable, step.args, {
      cwd: directory,
      env: this.#environment(),
      signal,
      timeoutMs: step.timeoutMs,
      outliveIn,
      ...(step.isData !== true && { onLine: (line) => this.#hear(line, step, diagnostics) }),
    })
    signal.throwIfAborted()
    if (result.timedOut) throw timedOut(step.title, step.timeoutMs)
    const isAccepted = step.acceptedExitCodes.includes(result.exitCode)
    await step.afterwards?.(isAccepted)
    const told = diagnostics.map((diagnostic) => this.#masked(diagnostic))
    if (step.afterwards) for (const diagnostic of told) warn(diagnostic, step.log)
    if (!isAccepted) {
      const words = {
        ...result,
        stdout: this.#mask(result.stdout),
        stderr: this.#mask(result.stderr),
      }
      throw new TerraformFailure(step.title, words, {
        diagnostics: told,
        backend,
        fixForWords: this.#options.fixForWords,
      })
    }
    return { ...result, diagnostics: told }
  }

  #hear(line: string, step: Step, diagnostics: Diagnostic[]): void {
    const event = readUiLine(line)
    if (!event) return
    if ('line' in event) step.log.info(event.line)
    else {
      diagnostics.push(event.diagnostic)
      // What must not be told may be known only afterwards.
      if (!step.afterwards) warn(this.#masked(event.diagnostic), step.log)
    }
  }

  #masked(diagnostic: Diagnostic): Diagnostic {
    const { summary, detail } = diagnostic
    return { ...diagnostic, summary: this.#mask(summary), detail: this.#mask(detail) }
  }

  #environment(): Readonly<Record<string, string>> {
    const { credentialsPath, dataDirectory } = this.#options
    return {
      GOOGLE_APPLICATION_CREDENTIALS: credentialsPath,
      TF_DATA_DIR: dataDirectory,
      TF_IN_AUTOMATION: '1',
      TF_INPUT: '0',
      // Nothing of ours depends on HashiCorp being told of each run.
      CHECKPOINT_DISABLE: '1',
    }
  }
}

/** An error is said at the end, by whoever reports the failure. */
function warn(diagnostic: Diagnostic, log: Log): void {
  if (diagnostic.severity === 'warning') log.warning(renderDiagnostic(diagnostic))
}
