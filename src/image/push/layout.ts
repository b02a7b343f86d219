import { ActionError } from '../../errors.ts'
import { asList, asNumber, asRecord, asText, type JsonRecord, parseJson } from '../../lib/json.ts'
import { indexTar, type OpenFile, type RandomAccess, type TarEntry } from './tar.ts'

/** A layer or configuration in the file. */
export interface Blob {
  readonly digest: string
  readonly offset: number
  readonly sizeBytes: number
}

/** A manifest or index, byte for byte as it is pushed. */
export interface Manifest {
  readonly digest: string
  readonly mediaType: string
  readonly text: string
}

/** An image as a builder hands it over: an OCI image layout in a tar file. */
export interface Layout {
  readonly path: string
  /** Each once. */
  readonly blobs: readonly Blob[]
  /** In the order in which a registry takes them: what others name comes first, the root last. */
  readonly manifests: readonly Manifest[]
  /**
   * The digest to deploy: of the one image in it, and of the index only where there are several.
   * The index of one image names its attestations, too, which tell the time of the build: that
   * digest is another with every build.
   */
  readonly digest: string
}

/** @throws ActionError IMAGE_BUILD_FAILED when the file is no such layout */
export async function readLayout(openFile: OpenFile, path: string): Promise<Layout> {
  const file = await openFile(path)
  try {
    const reader = new LayoutReader(file, await indexTar(file))
    const index = parseJson(await reader.readText('index.json'))
    const [root, ...others] = asList(asRecord(index)['manifests']).map(asRecord)
    if (root === undefined || others.length > 0) {
      throw new Error(`its index names ${others.length + (root ? 1 : 0)} images`)
    }
    const digest = await reader.readManifest(root)
    return { path, blobs: reader.blobs, manifests: reader.manifests, digest }
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new ActionError(
      'IMAGE_BUILD_FAILED',
      `The builder handed over ${path}, which is no OCI image layout: ${why}.`,
      { cause, hint: 'Is the disk full? Free room before this step, then run the job again.' }
    )
  } finally {
    await file.close()
  }
}

const MOST_MANIFEST_BYTES = 8 * 1024 * 1024

class LayoutReader {
  readonly manifests: Manifest[] = []
  readonly #blobs = new Map<string, Blob>()
  readonly #file: RandomAccess
  readonly #entries: ReadonlyMap<string, TarEntry>

  constructor(file: RandomAccess, entries: ReadonlyMap<string, TarEntry>) {
    this.#file = file
    this.#entries = entries
  }

  get blobs(): readonly Blob[] {
    return [...this.#blobs.values()]
  }

  /** Reads a manifest and all below it; answers the digest of what there is to deploy in it. */
  async readManifest(descriptor: JsonRecord): Promise<string> {
    const digest = asText(descriptor['digest'])
    if (this.manifests.some((known) => known.digest === digest)) return digest
    const text = await this.readText(blobPath(digest))
    const manifest = asRecord(parseJson(text))
    const children = asList(manifest['manifests']).map(asRecord)
    const images: string[] = []
    for (const child of children) {
      const image = await this.readManifest(child)
      if (!isAttestation(child)) images.push(image)
    }
    const config = manifest['config'] === undefined ? [] : [manifest['config']]
    for (const blob of [...config, ...asList(manifest['layers'])]) this.#addBlob(asRecord(blob))
    const mediaType = asText(manifest['mediaType']) || asText(descriptor['mediaType'])
    this.manifests.push({ digest, mediaType, text })
    const [only, ...others] = images
    return only === undefined || others.length > 0 ? digest : only
  }

  async readText(name: string): Promise<string> {
    const { offset, sizeBytes } = this.#entryOf(name)
    if (sizeBytes > MOST_MANIFEST_BYTES) throw new Error(`${name} has ${sizeBytes} bytes`)
    return Buffer.from(await this.#file.read(offset, sizeBytes)).toString()
  }

  #addBlob(descriptor: JsonRecord): void {
    // A layer that lives elsewhere is neither here nor pushed.
    if (asList(descriptor['urls']).length > 0) return
    const digest = asText(descriptor['digest'])
    const { offset, sizeBytes } = this.#entryOf(blobPath(digest))
    if (sizeBytes !== asNumber(descriptor['size'])) throw new Error(`${digest} is cut short`)
    if (offset + sizeBytes > this.#file.sizeBytes) throw new Error(`${digest} is cut short`)
    this.#blobs.set(digest, { digest, offset, sizeBytes })
  }

  #entryOf(name: string): TarEntry {
    const entry = this.#entries.get(name)
    if (!entry) throw new Error(`${name} is missing`)
    return entry
  }
}

function blobPath(digest: string): string {
  return `blobs/${digest.replace(':', '/')}`
}

function isAttestation(descriptor: JsonRecord): boolean {
  const kind = asRecord(descriptor['annotations'])['vnd.docker.reference.type']
  return kind === 'attestation-manifest'
}
