import { TextDecoder } from 'node:util'

const BOM_BYTES = 2

/** Passes bytes through; text in UTF-16 with a byte order mark becomes UTF-8. */
export class UnicodeStream {
  #head: Buffer | undefined = Buffer.alloc(0)
  #decoder: TextDecoder | undefined

  write(chunk: Uint8Array): Buffer {
    if (this.#head === undefined) return this.#pass(chunk)
    const head = Buffer.concat([this.#head, chunk])
    if (head.length < BOM_BYTES) {
      this.#head = head
      return Buffer.alloc(0)
    }
    this.#head = undefined
    const encoding = encodingOf(head)
    if (encoding !== undefined) this.#decoder = new TextDecoder(encoding)
    return this.#pass(head)
  }

  end(): Buffer {
    const rest = this.#head ?? Buffer.from(this.#decoder?.decode() ?? '')
    this.#head = undefined
    return rest
  }

  #pass(chunk: Uint8Array): Buffer {
    if (this.#decoder !== undefined)
      return Buffer.from(this.#decoder.decode(chunk, { stream: true }))
    return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
  }
}

/** Undefined for everything but UTF-16 with its mark. */
export function encodingOf(head: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  return head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : undefined
}
