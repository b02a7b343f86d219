import { createHash, type Hash, randomUUID } from 'node:crypto'
import { createWriteStream, mkdirSync, rmSync, statSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { RegistryError } from './errors.ts'

/** An upload under way: bytes on disk, and the digest of what has come so far. */
export interface Upload {
  readonly id: string
  readonly repository: string
  readonly path: string
  readonly hash: Hash
  sizeBytes: number
}

const DIGEST = /^sha256:[0-9a-f]{64}$/

/**
 * Layers and configs, stored once by digest on disk and visible in every repository
 * (`PROJECT/REPOSITORY`) that they were pushed to or mounted in.
 */
export class Blobs {
  readonly #directory: string
  readonly #links = new Set<string>()
  readonly #uploads = new Map<string, Upload>()

  constructor(directory: string) {
    this.#directory = directory
    // What an earlier run left has no repository any more.
    rmSync(directory, { recursive: true, force: true })
    mkdirSync(join(directory, 'uploads'), { recursive: true })
    mkdirSync(join(directory, 'sha256'), { recursive: true })
  }

  has(repository: string, digest: string): boolean {
    return this.#links.has(`${repository} ${digest}`)
  }

  link(repository: string, digest: string): void {
    this.#links.add(`${repository} ${digest}`)
  }

  /** Takes a repository's blobs out of sight. */
  unlinkAll(repository: string): void {
    for (const link of [...this.#links]) {
      if (link.startsWith(`${repository} `)) this.#links.delete(link)
    }
  }

  sizeOf(digest: string): number {
    return statSync(this.pathOf(digest)).size
  }

  /** @throws RegistryError DIGEST_INVALID, so that no client can name a path. */
  pathOf(digest: string): string {
    if (!DIGEST.test(digest)) {
      throw new RegistryError(
        400,
        'DIGEST_INVALID',
        'provided digest did not match uploaded content'
      )
    }
    return join(this.#directory, digest.replace(':', '/'))
  }

  begin(repository: string): Upload {
    const id = randomUUID()
    const path = join(this.#directory, 'uploads', id)
    const upload = { id, repository, path, hash: createHash('sha256'), sizeBytes: 0 }
    this.#uploads.set(id, upload)
    return upload
  }

  /** @throws RegistryError BLOB_UPLOAD_UNKNOWN */
  upload(repository: string, id: string): Upload {
    const upload = this.#uploads.get(id)
    if (upload?.repository === repository) return upload
    throw new RegistryError(404, 'BLOB_UPLOAD_UNKNOWN', 'blob upload unknown to registry')
  }

  /** Streams bytes to the end of an upload; nothing is held in memory. */
  async append(upload: Upload, bytes: NodeJS.ReadableStream): Promise<void> {
    const count = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        upload.hash.update(chunk)
        upload.sizeBytes += chunk.length
        done(null, chunk)
      },
    })
    try {
      await pipeline(bytes, count, createWriteStream(upload.path, { flags: 'a' }))
    } catch (error) {
      // A client that went away half-way starts a new upload; half a chunk is of no use to it.
      await this.cancel(upload)
      throw error
    }
  }

  /** @throws RegistryError DIGEST_INVALID when the bytes are not what the client says they are. */
  async finish(upload: Upload, digest: string): Promise<void> {
    const target = this.pathOf(digest)
    if (`sha256:${upload.hash.digest('hex')}` !== digest) {
      await this.cancel(upload)
      throw new RegistryError(
        400,
        'DIGEST_INVALID',
        'provided digest did not match uploaded content'
      )
    }
    this.#uploads.delete(upload.id)
    await mkdir(join(this.#directory, 'sha256'), { recursive: true })
    await rename(upload.path, target)
    this.link(upload.repository, digest)
  }

  async cancel(upload: Upload): Promise<void> {
    this.#uploads.delete(upload.id)
    await rm(upload.path, { force: true })
  }
}
