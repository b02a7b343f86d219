import { type Annotation, type LogLine, LogReader } from '../log-lines.ts'
import type { Masks } from '../masks.ts'
import type { Conclusion, StepRun } from '../runs.ts'

/** A step's record while it is being written. */
export type LiveStep = { -readonly [Key in keyof StepRun]: StepRun[Key] } & {
  log: LogLine[]
  annotations: Annotation[]
}

/** GitHub keeps no more annotations of one level of one step. */
const MAX_ANNOTATIONS = 10
const MAX_MESSAGE_LENGTH = 4_096
const MAX_SUMMARY_BYTES = 1024 * 1024

/** Whose record is written, and who hears of it. */
export interface StepLogOptions {
  readonly record: LiveStep
  readonly masks: Masks
  /** Something was written. */
  readonly onLine: (line: LogLine) => void
  /** Status, outputs or summary have changed. */
  readonly onChange: () => void
}

/** Writes one step's record: its lines, annotations and summary within GitHub's limits. */
export class StepLog {
  readonly record: LiveStep
  readonly #options: StepLogOptions
  readonly #reader: LogReader

  constructor(options: StepLogOptions) {
    this.record = options.record
    this.#options = options
    this.#reader = new LogReader(options.masks)
  }

  /** A line that a process has written; workflow commands do what they are for. */
  take(raw: string): void {
    const line = this.#reader.read(raw)
    if (line) this.#write(line)
  }

  /** The runner's own word. */
  say(text: string): void {
    this.#write({ kind: 'text', text: this.#reader.hide(text) })
  }

  group(title: string, lines: readonly string[]): void {
    this.#write({ kind: 'group', title: this.#reader.hide(title) })
    for (const line of lines) this.say(line)
    this.#write({ kind: 'endgroup' })
  }

  /** What the runner itself has to complain of. */
  complain(level: 'error' | 'warning', text: string): void {
    this.#write({ kind: 'annotation', level, title: '', text: this.#reader.hide(text) })
  }

  /** Larger than GitHub takes it, it is dropped altogether. */
  addSummary(markdown: string): void {
    const size = Buffer.byteLength(markdown)
    if (size > MAX_SUMMARY_BYTES) {
      const sizeKib = Math.ceil(size / 1024)
      const limit = 'supports content up to a size of 1024k'
      this.complain(
        'error',
        `$GITHUB_STEP_SUMMARY upload aborted, ${limit}, got ${sizeKib}k. For more information see: https://docs.github.com/actions/using-workflows/workflow-commands-for-github-actions#adding-a-markdown-summary`
      )
    } else if (markdown !== '') {
      this.record.summary += this.#options.masks.hide(markdown)
      this.#options.onChange()
    }
  }

  begin(name: string): void {
    this.record.name = name
    this.record.status = 'in_progress'
    this.record.startedAtMs = Date.now()
    this.#options.onChange()
  }

  end(conclusion: Conclusion, outputs: ReadonlyMap<string, string> = new Map()): void {
    this.record.status = 'completed'
    this.record.conclusion = conclusion
    this.record.endedAtMs = Date.now()
    this.record.outputs = outputs
    this.#options.onChange()
  }

  #write(line: LogLine): void {
    this.record.log.push(line)
    if (line.kind === 'annotation') this.#annotate(line)
    this.#options.onLine(line)
  }

  #annotate(line: Annotation): void {
    const { annotations } = this.record
    if (annotations.filter(({ level }) => level === line.level).length >= MAX_ANNOTATIONS) return
    annotations.push({ ...line, text: line.text.slice(0, MAX_MESSAGE_LENGTH) })
    this.#options.onChange()
  }
}

/** The record of a step that has not begun. */
export function newStep(number: number, name: string): LiveStep {
  return {
    number,
    name,
    status: 'queued',
    conclusion: undefined,
    startedAtMs: undefined,
    endedAtMs: undefined,
    log: [],
    summary: '',
    annotations: [],
    outputs: new Map(),
  }
}
