import { StringDecoder } from 'node:string_decoder'

/** Cuts a stream of bytes into whole lines; a character split between two chunks stays whole. */
export class LineSplitter {
  readonly #decoder = new StringDecoder('utf8')
  readonly #onLine: (line: string) => void
  #rest = ''

  constructor(onLine: (line: string) => void) {
    this.#onLine = onLine
  }

  write(chunk: Buffer): void {
    const lines = (this.#rest + this.#decoder.write(chunk)).split('\n')
    this.#rest = lines.pop() ?? ''
    for (const line of lines) this.#onLine(line.replace(/\r$/, ''))
  }

  /** Hands over what stands behind the last line break. */
  end(): void {
    const rest = this.#rest + this.#decoder.end()
    this.#rest = ''
    if (rest !== '') this.#onLine(rest)
  }
}
