import type { LogLine } from '../../emulator/runner/log-lines.ts'

const ESC = '\u001b'

/** Prints for people: headings bold where the terminal can, everything else as it is. */
export class Narrator {
  readonly #print: (text: string) => void
  readonly #hasColour: boolean
  readonly #startedAt = performance.now()

  constructor(print: (text: string) => void, hasColour: boolean) {
    this.#print = print
    this.#hasColour = hasColour
  }

  heading(text: string): void {
    this.#print(`\n${this.#styled('1', text)}`)
  }

  line(text: string): void {
    this.#print(text)
  }

  /** A line with the time since the start in front of it. */
  step(text: string): void {
    const seconds = ((performance.now() - this.#startedAt) / 1000).toFixed(1)
    this.#print(`${this.#styled('2', `${seconds.padStart(6)} s`)}  ${text}`)
  }

  /** One line of the action's own log, indented below the deploy it belongs to. */
  actionLine(line: LogLine): void {
    if (line.kind === 'group') this.step(this.#styled('36', line.title))
    else if (line.kind === 'text') this.#print(`            ${line.text}`)
    else if (line.kind === 'annotation') {
      const colour = line.level === 'error' ? '31' : '33'
      this.#print(
        this.#styled(
          colour,
          `            ${line.level}: ${line.text.replaceAll('\n', '\n            ')}`
        )
      )
    }
  }

  #styled(code: string, text: string): string {
    return this.#hasColour ? `${ESC}[${code}m${text}${ESC}[0m` : text
  }
}
