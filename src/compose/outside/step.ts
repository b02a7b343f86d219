import { randomUUID } from 'node:crypto'
import { join, posix } from 'node:path'
import * as core from '@actions/core'
import { RunnerLog } from '../../adapters/runner/runner-log.ts'
import type { Config } from '../../inputs.ts'
import { Redactor } from '../../lib/redact.ts'
import { type Failure, renderFailure } from '../../outputs.ts'
import type { Annotation, Log } from '../../ports.ts'
import { failureTitle } from '../../report/failure-title.ts'
import { formsOf } from '../../secrets/forms.ts'
import { WORK_DIRECTORY_STATE } from '../../state.ts'
import type { Diagnostic } from '../../terraform/ui-stream.ts'
import type { Environment } from './environment.ts'

/** What a command does, as the entry sees it. */
export interface Job {
  run(): Promise<void>
  /** Ends the step red, with one error, or with one at each line of the repository that is wrong. */
  fail(failure: Failure): void
}

/** GitHub shows ten annotations of a step. */
const MOST_ANNOTATIONS = 9

/** The runner's side of a step: its log, its outputs, its page; nothing secret passes. */
export class Step {
  readonly log: Log
  readonly #redactor = new Redactor()
  readonly #config: Config

  constructor(config: Config) {
    this.#config = config
    this.log = new RunnerLog(core, this.#redactor)
    for (const secret of config.buildSecrets.values()) this.log.mask(secret)
    for (const form of [...config.secretValues.values()].flatMap(formsOf)) this.log.mask(form)
  }

  /** A folder that the post step removes. */
  workDirectory(env: Environment): string {
    const path = join(env['RUNNER_TEMP'] ?? '/tmp', `deploy-spot-mig-${randomUUID()}`)
    core.saveState(WORK_DIRECTORY_STATE, path)
    return path
  }

  /** The text without what must not be shown. */
  redact(text: string): string {
    return this.#redactor.redact(text)
  }

  setOutputs(outputs: ReadonlyMap<string, string>): void {
    for (const [name, value] of outputs) core.setOutput(name, this.#redactor.redact(value))
  }

  async summarize(markdown: string): Promise<void> {
    await core.summary
      .addRaw(this.#redactor.redact(markdown))
      .write()
      // A runner without such a page must not cost the job what comes after it.
      .catch((error: unknown) => this.log.warning(`There is no job summary: ${String(error)}`))
  }

  fail(failure: Failure): void {
    this.setOutputs(renderFailure(failure))
    const places = [...(failure.annotations ?? []), ...this.#placesOf(failure.diagnostics ?? [])]
    for (const place of places.slice(0, MOST_ANNOTATIONS)) this.log.annotate(place)
    process.exitCode = core.ExitCode.Failure
    // A cause that is shown where it stands is not shown once more beside it, but what to do is.
    const isPlaced = places.some(({ severity }) => severity === 'error')
    if (isPlaced) this.log.info(failure.message)
    const text = isPlaced ? (failure.hint ?? '') : failure.message
    if (places.some(({ message }) => message.includes(text))) return
    core.error(this.#redactor.redact(text), { title: failureTitle(failure) })
  }

  /** Only one's own configuration is in the repository. */
  #placesOf(diagnostics: readonly Diagnostic[]): readonly Annotation[] {
    const folder = this.#config.terraformDirectory
    if (folder === undefined) return []
    const placed = diagnostics.filter(({ severity, line }) => severity === 'error' && line > 0)
    return placed.map(({ file, line, summary, detail }) => ({
      severity: 'error',
      title: summary,
      message: detail || summary,
      file: posix.join(folder, file),
      line,
    }))
  }
}
