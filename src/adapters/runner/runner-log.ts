import type { Redactor } from '../../lib/redact.ts'
import type { Annotation, Log } from '../../ports.ts'

/** The part of @actions/core that a log needs. */
export interface RunnerCommands {
  debug(message: string): void
  info(message: string): void
  notice(message: string, place?: Place): void
  warning(message: string, place?: Place): void
  error(message: string, place?: Place): void
  setSecret(secret: string): void
  startGroup(title: string): void
  endGroup(): void
}

/** Where the runner shows a message. */
interface Place {
  readonly title?: string
  readonly file?: string
  readonly startLine?: number
}

/** What ends a line for the runner: a lone carriage return does, too. */
const LINE_BREAK = /\r\n|\r|\n/

/**
 * The job's log. Every text passes the redactor, and no line of it can be taken for a workflow
 * command, whoever wrote it (build output, a VM's log lines).
 */
export class RunnerLog implements Log {
  readonly #runner: RunnerCommands
  readonly #redactor: Redactor
  readonly #label: string

  constructor(runner: RunnerCommands, redactor: Redactor, label = '') {
    this.#runner = runner
    this.#redactor = redactor
    this.#label = label
  }

  debug(message: string): void {
    for (const line of this.#redactor.redact(message).split(LINE_BREAK)) {
      this.#runner.debug(this.#safe(line))
    }
  }

  info(message: string): void {
    for (const line of this.#redactor.redact(message).split(LINE_BREAK))
      this.#runner.info(this.#safe(line))
  }

  warning(message: string): void {
    this.#runner.warning(this.#redactor.redact(message))
  }

  annotate({ severity, title, message, file, line }: Annotation): void {
    this.#runner[severity](this.#redactor.redact(message), {
      title: this.#redactor.redact(title),
      file,
      ...(line > 0 && { startLine: line }),
    })
  }

  mask(secret: string): void {
    this.#redactor.add(secret)
    this.#runner.setSecret(secret)
  }

  async group<T>(title: string, work: () => Promise<T>): Promise<T> {
    this.#runner.startGroup(this.#redactor.redact(title))
    try {
      return await work()
    } finally {
      this.#runner.endGroup()
    }
  }

  labelled(label: string): Log {
    return new RunnerLog(this.#runner, this.#redactor, `${label.padEnd(9)} │ `)
  }

  #safe(text: string): string {
    // `##[` is obeyed anywhere in a line, `::` at its beginning (actions/runner, ActionCommand).
    const line = this.#label + text.replaceAll('##[', '## [')
    return /^\s*::/.test(line) ? `│ ${line}` : line
  }
}
