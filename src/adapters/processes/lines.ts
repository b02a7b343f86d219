import { StringDecoder } from 'node:string_decoder'

/** Cuts a stream of bytes into whole lines; a character split between two chunks stays whole. */
export class LineSplitter {
  readonly #decoder = new StringDecoder('utf8')
  readonly #onLine: (line: string) => void
  /** What came since the last line break; joined once, as a line may be many megabytes. */
  #rest: string[] = []

  constructor(onLine: (line: string) => void) {
    this.#onLine = onLine
  }

  write(chunk: Buffer): void {
    const lines = this.#decoder.write(chunk).split('\n')
    const last = lines.pop() ?? ''
    for (const line of lines) {
      this.#onLine(this.#take(line).replace(/\r$/, ''))
    }
    this.#rest.push(last)
  }

  /** Hands over what stands behind the last line break. */
  end(): void {
    const rest = this.#take(this.#decoder.end())
    if (rest !== '') this.#onLine(rest)
  }

  #take(end: string): string {
    const whole = this.#rest.join('') + end
    this.#rest = []
    return whole
  }
}
