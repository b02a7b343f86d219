import type { Log } from '../../ports.ts'

/** What a build has told when it has failed. */
export interface ToldFailure {
  /** The step that failed, in the words of the Dockerfile; empty when it was none. */
  readonly step: string
  /** The last lines of that step's own output, or of the whole build; not the builder's sentence. */
  readonly lastLines: readonly string[]
  /** The builder's own sentence; may be empty. */
  readonly error: string
  /** Line of the Dockerfile; 0 when it was not told. */
  readonly line: number
}

/** Reads what a build says, line by line, and shows what a person wants to see of it. */
export interface Progress {
  write(line: string): void
  failure(): ToldFailure
}

const LAST_LINES = 15
const ERROR = /^ERROR: (?:failed to build: )?(?:failed to solve: )?(.+)$/

/** Keeps the newest lines and forgets the others. */
export class LastLines {
  readonly #lines: string[] = []

  add(line: string): void {
    if (ERROR.test(line)) return
    this.#lines.push(line)
    if (this.#lines.length > LAST_LINES) this.#lines.shift()
  }

  get lines(): readonly string[] {
    return this.#lines
  }
}

/** The few lines in which a builder says at its end what went wrong; the other lines pass. */
export class LastWords {
  error = ''
  line = 0
  #place = 0

  read(line: string): void {
    const [, place] = /^\S.*:(\d+)$/.exec(line) ?? []
    // `Dockerfile:3`, and below it a rule and the lines around it.
    if (/^-{10,}$/.test(line) && this.#place > 0) this.line = this.#place
    this.#place = Number(place ?? 0)
    this.error ||= ERROR.exec(line)?.[1] ?? ''
    const parsed = /dockerfile parse error (?:on )?line (\d+)/i.exec(line)?.[1]
    if (this.line === 0 && parsed !== undefined) this.line = Number(parsed)
  }
}

/** What a terminal would show of a line that was written over and over. */
export function withoutOverwritten(line: string): string {
  return (
    line
      .split('\r')
      .filter((part) => part !== '')
      .at(-1)
      ?.trimEnd() ?? ''
  )
}

/** Progress in words: that of the plain builder, and of buildx before 0.13. */
export class PlainProgress implements Progress {
  readonly #log: Log
  readonly #last = new LastLines()
  readonly #words = new LastWords()
  #step = ''

  constructor(log: Log) {
    this.#log = log
  }

  write(line: string): void {
    const text = withoutOverwritten(line)
    if (text === '') return
    this.#log.info(text)
    this.#last.add(text)
    this.#words.read(text)
    // The plain builder's, and buildx's heading above the failed step's output.
    this.#step = /^(?:Step \d+\/\d+ : | > )(.+?):?$/.exec(text)?.[1] ?? this.#step
  }

  failure(): ToldFailure {
    const { error, line } = this.#words
    return { step: this.#step, lastLines: this.#last.lines, error, line }
  }
}
