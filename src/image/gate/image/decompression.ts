import { finished } from 'node:stream'
import { createGunzip, createZstdDecompress } from 'node:zlib'

export type Compression = 'gzip' | 'zstd'

const GZIP = Buffer.from([0x1f, 0x8b])
const ZSTD = Buffer.from([0x28, 0xb5, 0x2f, 0xfd])

/** Large, since each piece is a round trip to a thread. */
const PIECE_BYTES = 256 * 1024

/** How content that begins so is compressed. */
export function findCompression(start: Buffer): Compression | undefined {
  if (start.subarray(0, 2).equals(GZIP)) return 'gzip'
  return start.subarray(0, 4).equals(ZSTD) ? 'zstd' : undefined
}

export interface DecompressionEvents {
  onBytes(bytes: Buffer): void
  /** Once, after the last byte or where the content is broken. */
  onEnd(failure: Error | undefined): void
}

type Stream = ReturnType<typeof createGunzip>

/**
 * Undoes a compression while its bytes come. Nothing of it is kept, however much comes out. Node
 * does not mind a zstd stream that is cut off: who needs all of it must compare its digest.
 */
export class Decompression {
  readonly #compression: Compression
  readonly #events: DecompressionEvents
  #stream: Stream | undefined
  #work: Promise<void> = Promise.resolve()
  #failure: Error | undefined
  #bug: { readonly error: unknown } | undefined
  #isClosed = false

  constructor(compression: Compression, events: DecompressionEvents) {
    this.#compression = compression
    this.#events = events
  }

  write(bytes: Buffer): void {
    this.#work = this.#work.then(() => this.#feed(bytes))
  }

  end(): void {
    this.#work = this.#work.then(() => this.#finish())
  }

  /** Waits until all that was written has come out. @throws what an event has thrown */
  async settled(): Promise<void> {
    await this.#work
    if (this.#bug) throw this.#bug.error
  }

  /** Gives up at once. */
  close(): void {
    this.#isClosed = true
    this.#stream?.destroy()
  }

  async #feed(bytes: Buffer): Promise<void> {
    let rest = bytes
    while (rest.length > 0 && !this.#failure && !this.#isClosed) {
      this.#stream ??= this.#open()
      const stream = this.#stream
      const before = stream.bytesWritten
      await new Promise<void>((resolve) => stream.write(rest, () => resolve()))
      const taken = stream.bytesWritten - before
      // Node ends a zstd stream behind its first frame, and leaves the next one to somebody else.
      const isCut = this.#compression === 'zstd' && taken > 0 && taken < rest.length
      if (!isCut) return
      await this.#endOf(stream)
      rest = rest.subarray(taken)
    }
  }

  async #finish(): Promise<void> {
    const stream = this.#stream
    if (stream) {
      stream.end()
      await this.#endOf(stream)
    }
    this.#guard(() => this.#events.onEnd(this.#failure))
  }

  #open(): Stream {
    const options = { chunkSize: PIECE_BYTES }
    const isGzip = this.#compression === 'gzip'
    const stream = isGzip ? createGunzip(options) : createZstdDecompress(options)
    // Thrown inside an event of the stream it would end the process.
    stream.on('data', (bytes: Buffer) => this.#guard(() => this.#events.onBytes(bytes)))
    stream.on('error', (error) => {
      this.#failure ??= error
    })
    return stream
  }

  async #endOf(stream: Stream): Promise<void> {
    // What is left of its input is none of its business any more.
    await new Promise<void>((resolve) => finished(stream, { writable: false }, () => resolve()))
    stream.destroy()
    this.#stream = undefined
  }

  #guard(work: () => void): void {
    try {
      if (!this.#bug && !this.#isClosed) work()
    } catch (error) {
      this.#bug = { error }
      this.close()
    }
  }
}
