import { closeSync, openSync, readSync } from 'node:fs'
import { LineSplitter } from './lines.ts'

const CHUNK_BYTES = 64 * 1024
/** How late a line may be. A watch would be told of it at once, but fails where a system is out of them. */
const LOOK_EVERY_MS = 100

/** A file that a child process writes, read line by line while it grows. */
export class FollowedFile {
  /** For the child to write to. */
  readonly descriptor: number
  readonly #reading: number
  readonly #lines: LineSplitter
  readonly #looking: NodeJS.Timeout
  readonly #chunk = Buffer.allocUnsafe(CHUNK_BYTES)

  /** Begins an empty file that its owner alone may read. */
  constructor(path: string, onLine: (line: string) => void) {
    this.descriptor = openSync(path, 'w', 0o600)
    this.#reading = openSync(path, 'r')
    this.#lines = new LineSplitter(onLine)
    this.#looking = setInterval(() => this.#look(), LOOK_EVERY_MS)
  }

  /** Hands over what is left, once nobody writes any more. */
  close(): void {
    clearInterval(this.#looking)
    this.#look()
    this.#lines.end()
    closeSync(this.#reading)
    closeSync(this.descriptor)
  }

  #look(): void {
    for (;;) {
      const count = readSync(this.#reading, this.#chunk)
      if (count === 0) return
      this.#lines.write(this.#chunk.subarray(0, count))
    }
  }
}
