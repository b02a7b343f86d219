import { posix } from 'node:path'
import { BLOCK_BYTES, isZeroBlock, parseHeader, TarError } from '../../tar/header.ts'
import { type TarContent, type TarEntry, TarReader } from '../../tar/reader.ts'
import { type Compression, Decompression, findCompression } from './decompression.ts'
import { type LayerRules, LayerScan } from './layer-scan.ts'

/** What registries allow for a manifest is half of it. */
const MAX_DOCUMENT_BYTES = 8 * 1024 * 1024

export interface ArchiveOptions extends LayerRules {
  /** Whether the part of the archive with this path need not be looked through. */
  readonly isKnown: (path: string) => boolean
  /** To find out only which layers there are. */
  readonly passesOverLayers: boolean
}

/**
 * The archive of an image while it comes. Which part is a layer, and which layer is whose, is often
 * said only at its end: so each part is taken for what its first bytes say, and looked up later.
 */
export class ImageArchive {
  readonly #options: ArchiveOptions
  readonly #reader = new TarReader((entry) => this.#begin(entry))
  readonly #documents = new Map<string, string>()
  readonly #layers = new Map<string, LayerScan>()
  /** Layers that occur twice stand in older archives once, and then as links. */
  readonly #links = new Map<string, string>()
  #unpacking: Decompression[] = []

  constructor(options: ArchiveOptions) {
    this.#options = options
  }

  /** @throws TarError when it is no archive */
  write(bytes: Buffer): void {
    this.#reader.write(bytes)
  }

  /** @throws TarError when it is not whole */
  end(): void {
    this.#reader.end()
  }

  /** Set while something is being unpacked, which has to keep up with what is written. */
  get pending(): Promise<void> | undefined {
    if (this.#unpacking.length === 0) return undefined
    return Promise.all(this.#unpacking.map((one) => one.settled())).then(() => undefined)
  }

  /** Gives up at once. */
  close(): void {
    for (const one of this.#unpacking) one.close()
  }

  /** The text at `path`, where that is JSON. */
  document(path: string): string | undefined {
    return this.#documents.get(this.#resolve(path))
  }

  layer(path: string): LayerScan | undefined {
    return this.#layers.get(this.#resolve(path))
  }

  /** All texts. */
  get documents(): ReadonlyMap<string, string> {
    return this.#documents
  }

  #resolve(path: string): string {
    return this.#links.get(path) ?? path
  }

  #begin({ path: written, kind, target }: TarEntry): TarContent | undefined {
    const path = posix.normalize(written)
    if (kind === 'hard link') this.#links.set(path, posix.normalize(target))
    if (kind === 'symbolic link') this.#links.set(path, posix.join(posix.dirname(path), target))
    if (kind !== 'file' || this.#options.isKnown(path)) return undefined
    return new Part((start) => this.#recognize(path, start))
  }

  #recognize(path: string, start: Buffer): TarContent | undefined {
    const compression = findCompression(start)
    if (compression !== undefined || isTarStart(start)) {
      return this.#options.passesOverLayers ? undefined : this.#beginLayer(path, compression)
    }
    const isJson = /^\s*[{[]/.test(start.toString('latin1'))
    return isJson ? new Document((text) => this.#documents.set(path, text)) : undefined
  }

  #beginLayer(path: string, compression: Compression | undefined): TarContent {
    const layer = new LayerScan(this.#options, { hasDigest: compression !== undefined })
    this.#layers.set(path, layer)
    if (compression === undefined) return layer
    const unpacking = new Decompression(compression, {
      onBytes: (bytes) => layer.write(bytes),
      onEnd: (failure) => {
        if (failure) layer.fail(`cannot be unpacked (${failure.message})`)
        layer.end()
        this.#unpacking = this.#unpacking.filter((one) => one !== unpacking)
      },
    })
    this.#unpacking.push(unpacking)
    return unpacking
  }
}

function isTarStart(start: Buffer): boolean {
  if (start.length < BLOCK_BYTES) return false
  try {
    return isZeroBlock(start) || parseHeader(start).path !== ''
  } catch (error) {
    if (error instanceof TarError) return false
    throw error
  }
}

/** Holds back the first block, until it can be told what this is. */
class Part implements TarContent {
  readonly #recognize: (start: Buffer) => TarContent | undefined
  #start = Buffer.alloc(0)
  #isDecided = false
  #content: TarContent | undefined

  constructor(recognize: (start: Buffer) => TarContent | undefined) {
    this.#recognize = recognize
  }

  write(bytes: Buffer): void {
    if (this.#isDecided) {
      this.#content?.write(bytes)
      return
    }
    this.#start = Buffer.concat([this.#start, bytes])
    if (this.#start.length >= BLOCK_BYTES) this.#decide()
  }

  end(): void {
    if (!this.#isDecided) this.#decide()
    this.#content?.end()
  }

  #decide(): void {
    this.#isDecided = true
    this.#content = this.#recognize(this.#start.subarray(0, BLOCK_BYTES))
    this.#content?.write(this.#start)
    this.#start = Buffer.alloc(0)
  }
}

/** Keeps a text; one that is too long is none that anybody reads. */
class Document implements TarContent {
  readonly #keep: (text: string) => void
  #pieces: Buffer[] = []
  #sizeBytes = 0

  constructor(keep: (text: string) => void) {
    this.#keep = keep
  }

  write(bytes: Buffer): void {
    this.#sizeBytes += bytes.length
    if (this.#sizeBytes <= MAX_DOCUMENT_BYTES) this.#pieces.push(Buffer.from(bytes))
    else this.#pieces = []
  }

  end(): void {
    if (this.#sizeBytes <= MAX_DOCUMENT_BYTES) this.#keep(Buffer.concat(this.#pieces).toString())
  }
}
