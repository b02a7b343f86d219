const NEWLINE = 0x0a

/** Line numbers of places in a stream that is seen block by block; counts only as far as asked. */
export class LineCount {
  /** Line breaks before the block. */
  #before = 0
  #counted = 0
  #at = 0

  /** 1-based; `at` counts from the start of the block. */
  lineAt(block: Uint8Array, at: number): number {
    if (at < this.#at) {
      this.#at = 0
      this.#counted = 0
    }
    this.#counted += countIn(block, this.#at, at)
    this.#at = at
    return this.#before + this.#counted + 1
  }

  /** The first `length` bytes of the block are gone; what follows is the start of the next. */
  drop(block: Uint8Array, length: number): void {
    this.#before = this.lineAt(block, length) - 1
    this.#at = 0
    this.#counted = 0
  }
}

function countIn(bytes: Uint8Array, from: number, to: number): number {
  let count = 0
  let at = bytes.indexOf(NEWLINE, from)
  while (at !== -1 && at < to) {
    count += 1
    at = bytes.indexOf(NEWLINE, at + 1)
  }
  return count
}
