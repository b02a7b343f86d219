import { parseDuration, renderDuration } from '../lib/duration.ts'
import { type NameValueLines, parseNameValueLines } from '../lib/name-value-lines.ts'

/** One wrong input: its name and a sentence that says what was given and what to write instead. */
export interface InputProblem {
  readonly input: string
  readonly message: string
}

export interface Pattern {
  readonly pattern: RegExp
  /** Completes the sentence "write …". */
  readonly instead: string
}

export interface WholeNumber {
  readonly from: number
  readonly to: number
  readonly fallback: number
  /** Completes the sentence "write …"; when left out the range itself. */
  readonly instead?: string
}

/** What may stand behind the `=` of each line, for inputs whose values mean something. */
export interface LineRule {
  /** What is wrong with a value, as the rest of a sentence that begins with "line 3". */
  readonly judgeValue: (value: string) => string | undefined
  readonly instead: string
}

/** Reads inputs one by one and collects what is wrong with them; a wrong one reads as its fallback. */
export class InputReader {
  readonly problems: InputProblem[] = []
  readonly #read: (input: string) => string

  constructor(read: (input: string) => string) {
    this.#read = read
  }

  text(input: string): string {
    return this.#read(input).trim()
  }

  /** As it was given: for values in which white space counts. */
  raw(input: string): string {
    return this.#read(input)
  }

  /** What stands between commas and white space, each once. */
  list(input: string): readonly string[] {
    const parts = this.text(input).split(/[\s,]+/)
    return [...new Set(parts.filter((part) => part !== ''))]
  }

  matching(input: string, { pattern, instead }: Pattern, fallback = ''): string {
    const given = this.text(input) || fallback
    if (given === '') this.object(input, `is required: write ${instead}.`)
    else if (!pattern.test(given)) this.refuse(input, given, instead)
    return given
  }

  optional(input: string, wanted: Pattern): string | undefined {
    return this.text(input) === '' ? undefined : this.matching(input, wanted)
  }

  choice<T extends string>(input: string, choices: readonly T[], fallback: T): T {
    const given = this.text(input)
    if (given === '') return fallback
    const chosen = choices.find((choice) => choice === given)
    if (chosen === undefined) this.refuse(input, given, choices.map((c) => `"${c}"`).join(' or '))
    return chosen ?? fallback
  }

  flag(input: string, fallback: boolean): boolean {
    return this.choice(input, ['true', 'false'], fallback ? 'true' : 'false') === 'true'
  }

  wholeNumber(input: string, wanted: WholeNumber): number {
    const { from, to, fallback, instead = `a whole number from ${from} to ${to}` } = wanted
    const given = this.text(input)
    if (given === '') return fallback
    const value = /^[0-9]{1,9}$/.test(given) ? Number(given) : Number.NaN
    if (value >= from && value <= to) return value
    this.refuse(input, given, instead)
    return fallback
  }

  duration(input: string, fallback: string, atLeastMs: number): number {
    const given = this.text(input) || fallback
    const durationMs = parseDuration(given)
    if (durationMs === undefined) {
      this.refuse(input, given, 'a duration, such as "90s", "10m", "1h30m" or "7d"')
    } else if (durationMs < atLeastMs) {
      this.refuse(input, given, `at least ${renderDuration(atLeastMs)}`)
    }
    return durationMs ?? 0
  }

  /** Values are never shown: they may be secret even where they should not be. */
  lines(input: string, rule?: LineRule): ReadonlyMap<string, string> {
    const lines: NameValueLines = parseNameValueLines(this.#read(input), rule?.judgeValue)
    const instead = rule?.instead ?? 'one NAME=VALUE on each line'
    for (const problem of lines.problems) this.object(input, `${problem}: write ${instead}.`)
    return lines.pairs
  }

  /** Notes a value that cannot be taken, and what to write instead. */
  refuse(input: string, given: string, instead: string): void {
    this.object(input, `is "${shortened(given)}": write ${instead}.`)
  }

  /** Notes whatever else is wrong with an input, as the rest of the sentence. */
  object(input: string, predicate: string): void {
    this.problems.push({ input, message: `Input "${input}" ${predicate}` })
  }
}

function shortened(text: string): string {
  return text.length > 80 ? `${text.slice(0, 77)}…` : text
}
