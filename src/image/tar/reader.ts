import {
  BLOCK_BYTES,
  isZeroBlock,
  parseHeader,
  parseLongName,
  parseRecords,
  TarError,
  type TarHeader,
  type TarKind,
} from './header.ts'

export interface TarEntry {
  readonly path: string
  readonly kind: Exclude<TarKind, 'meta'>
  /** Of the content as it stands in the archive: a sparse file without its holes. */
  readonly sizeBytes: number
  /** Of a link, as it stands there: a hard link's is a path of the archive. */
  readonly target: string
}

/** Gets the content of one entry, in pieces of any size. */
export interface TarContent {
  write(bytes: Buffer): void
  end(): void
}

/** Called for each entry in turn; without an answer its content is passed over. */
export type OnTarEntry = (entry: TarEntry) => TarContent | undefined

/** Go's limit, too. */
const MAX_META_BYTES = 1024 * 1024

/**
 * Reads a tar archive as its bytes come, in pieces of any size, and keeps none of them. It pushes
 * without promises or streams: an image may have a million files.
 */
export class TarReader {
  readonly #onEntry: OnTarEntry
  /** A block of which only the beginning has come. */
  readonly #partial = Buffer.alloc(BLOCK_BYTES)
  #partialBytes = 0
  #content: TarContent | undefined
  #contentBytes = 0
  /** Up to the next whole block, behind content. */
  #paddingBytes = 0
  #meta: MetaContent | undefined
  #own: OwnHeaders = {}
  #partsOf: TarHeader | undefined
  #zeroBlocks = 0

  constructor(onEntry: OnTarEntry) {
    this.#onEntry = onEntry
  }

  /** @throws TarError when this is no archive */
  write(bytes: Buffer): void {
    let at = 0
    while (at < bytes.length && this.#zeroBlocks < 2) {
      if (this.#contentBytes > 0) at += this.#takeContent(bytes, at)
      else if (this.#paddingBytes > 0) at += this.#takePadding(bytes.length - at)
      else at += this.#takeBlock(bytes, at)
    }
  }

  /** @throws TarError when the archive is not whole */
  end(): void {
    if (this.#contentBytes > 0 || this.#paddingBytes > 0) {
      throw new TarError('ends in the middle of a file')
    }
    if (this.#partialBytes > 0 || this.#meta || this.#partsOf || hasOwn(this.#own)) {
      throw new TarError('ends in the middle of a header')
    }
  }

  #takeContent(bytes: Buffer, at: number): number {
    const count = Math.min(this.#contentBytes, bytes.length - at)
    this.#contentBytes -= count
    this.#content?.write(bytes.subarray(at, at + count))
    if (this.#contentBytes === 0) this.#endContent()
    return count
  }

  #endContent(): void {
    const meta = this.#meta
    this.#content?.end()
    this.#content = undefined
    this.#meta = undefined
    if (meta) this.#own = { ...this.#own, ...meta.read() }
  }

  #takePadding(available: number): number {
    const count = Math.min(this.#paddingBytes, available)
    this.#paddingBytes -= count
    return count
  }

  #takeBlock(bytes: Buffer, at: number): number {
    if (this.#partialBytes === 0 && bytes.length - at >= BLOCK_BYTES) {
      this.#readBlock(bytes.subarray(at, at + BLOCK_BYTES))
      return BLOCK_BYTES
    }
    const count = bytes.copy(this.#partial, this.#partialBytes, at)
    this.#partialBytes += count
    if (this.#partialBytes === BLOCK_BYTES) {
      this.#partialBytes = 0
      this.#readBlock(this.#partial)
    }
    return count
  }

  #readBlock(block: Buffer): void {
    if (this.#partsOf) this.#readParts(this.#partsOf, block)
    else if (isZeroBlock(block)) this.#zeroBlocks += 1
    else this.#readHeader(parseHeader(block))
  }

  #readHeader(header: TarHeader): void {
    this.#zeroBlocks = 0
    if (header.kind === 'meta') this.#beginMeta(header)
    else if (header.hasMoreParts) this.#partsOf = header
    else this.#beginEntry(header)
  }

  // Sparse files of the old GNU format list their parts in blocks that no size accounts for.
  #readParts(header: TarHeader, block: Buffer): void {
    if (block[504] === 1) return
    this.#partsOf = undefined
    this.#beginEntry(header)
  }

  #beginMeta(header: TarHeader): void {
    if (header.sizeBytes > MAX_META_BYTES) throw new TarError('has a header of over 1 MB')
    this.#meta = new MetaContent(header.type)
    this.#begin(header.sizeBytes, this.#meta)
  }

  #beginEntry(header: TarHeader): void {
    const own = this.#own
    this.#own = {}
    const path = own.path ?? header.path
    const sizeBytes = header.kind === 'file' ? (own.sizeBytes ?? header.sizeBytes) : 0
    const target = own.target ?? header.target
    const kind = header.kind === 'meta' ? 'other' : header.kind
    this.#begin(sizeBytes, this.#onEntry({ path, kind, sizeBytes, target }))
  }

  #begin(sizeBytes: number, content: TarContent | undefined): void {
    this.#content = content
    this.#contentBytes = sizeBytes
    this.#paddingBytes = -sizeBytes & (BLOCK_BYTES - 1)
    if (sizeBytes === 0) this.#endContent()
  }
}

/** What entries of their own say of the entry behind them. */
interface OwnHeaders {
  readonly path?: string
  readonly target?: string
  readonly sizeBytes?: number
}

function hasOwn(own: OwnHeaders): boolean {
  return own.path !== undefined || own.target !== undefined || own.sizeBytes !== undefined
}

class MetaContent implements TarContent {
  readonly #type: string
  readonly #pieces: Buffer[] = []

  constructor(type: string) {
    this.#type = type
  }

  write(bytes: Buffer): void {
    this.#pieces.push(bytes)
  }

  end(): void {}

  read(): OwnHeaders {
    const bytes = Buffer.concat(this.#pieces)
    if (this.#type === 'L') return { path: parseLongName(bytes) }
    if (this.#type === 'K') return { target: parseLongName(bytes) }
    // A global header is of no consequence to engines: Go's reader hands it over and forgets it.
    return this.#type === 'x' ? fromRecords(parseRecords(bytes)) : {}
  }
}

function fromRecords(records: ReadonlyMap<string, string>): OwnHeaders {
  // The name of a sparse file's entry is made up; its own one stands beside it.
  const path = records.get('GNU.sparse.name') ?? records.get('path')
  const target = records.get('linkpath')
  const size = records.get('size')
  if (size !== undefined && !/^\d{1,15}$/.test(size)) {
    throw new TarError('has an entry whose size is no number')
  }
  return {
    ...(path !== undefined && { path }),
    ...(target !== undefined && { target }),
    ...(size !== undefined && { sizeBytes: Number(size) }),
  }
}
