import { createHash } from 'node:crypto'
import type { Clock } from '../clock.ts'
import { isObject, type JsonObject } from '../google/route.ts'
import { RegistryError } from './errors.ts'

/** A manifest byte for byte, with what Artifact Registry tells about it. */
export interface Manifest {
  readonly digest: string
  readonly mediaType: string
  readonly bytes: Buffer
  /** What the manifest refers to, itself included. */
  readonly imageSizeBytes: number
  /** Digests of layers and config, and of the manifests of a list. */
  readonly references: References
  readonly uploadTime: string
  readonly updateTime: string
}

/** Digests that a manifest names. */
export interface References {
  readonly blobs: readonly string[]
  readonly manifests: readonly string[]
}

interface Image {
  readonly manifests: Map<string, Manifest>
  readonly tags: Map<string, string>
}

/** Manifests and tags by image name (`PROJECT/REPOSITORY/IMAGE`). */
export class Images {
  readonly #clock: Clock
  readonly #images = new Map<string, Image>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Names of the images in a repository (`PROJECT/REPOSITORY`), without the repository. */
  namesIn(repository: string): readonly string[] {
    const prefix = `${repository}/`
    const names = [...this.#images.keys()].filter((name) => name.startsWith(prefix))
    return names.map((name) => name.slice(prefix.length)).sort()
  }

  manifestsOf(name: string): readonly Manifest[] {
    return [...(this.#images.get(name)?.manifests.values() ?? [])]
  }

  tagsOf(name: string): ReadonlyMap<string, string> {
    return this.#images.get(name)?.tags ?? new Map()
  }

  /** The manifest behind a tag or digest, or undefined. */
  find(name: string, reference: string): Manifest | undefined {
    const image = this.#images.get(name)
    return image?.manifests.get(image.tags.get(reference) ?? reference)
  }

  /** Stores a manifest as it came: its digest is that of its bytes. */
  put(
    name: string,
    mediaType: string,
    bytes: Buffer,
    sizeOf: (digest: string) => number
  ): Manifest {
    const digest = digestOfBytes(bytes)
    const references = parseReferences(bytes)
    const now = new Date(this.#clock.now()).toISOString()
    const image = this.#images.get(name) ?? { manifests: new Map(), tags: new Map() }
    const children = references.manifests.map((child) => image.manifests.get(child)?.imageSizeBytes)
    const sizes = [...references.blobs.map(sizeOf), ...children.map((size) => size ?? 0)]
    const manifest: Manifest = {
      digest,
      mediaType,
      bytes,
      references,
      imageSizeBytes: sizes.reduce((sum, size) => sum + size, bytes.length),
      uploadTime: image.manifests.get(digest)?.uploadTime ?? now,
      updateTime: now,
    }
    image.manifests.set(digest, manifest)
    this.#images.set(name, image)
    return manifest
  }

  tag(name: string, tag: string, digest: string): void {
    this.#images.get(name)?.tags.set(tag, digest)
  }

  untag(name: string, tag: string): boolean {
    return this.#images.get(name)?.tags.delete(tag) ?? false
  }

  /** Removes a manifest and the tags that point at it. */
  delete(name: string, digest: string): boolean {
    const image = this.#images.get(name)
    for (const [tag, target] of image?.tags ?? []) {
      if (target === digest) image?.tags.delete(tag)
    }
    return image?.manifests.delete(digest) ?? false
  }

  deleteImage(name: string): void {
    this.#images.delete(name)
  }
}

/** The name of a content, in the registry's spelling. */
export function digestOfBytes(bytes: Buffer): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`
}

/** What a docker or OCI manifest, list or index refers to. @throws RegistryError MANIFEST_INVALID */
export function parseReferences(bytes: Buffer): References {
  const manifest = parseManifest(bytes)
  const layers = objectsOf(manifest['layers'])
  const config = isObject(manifest['config']) ? [manifest['config']] : []
  return {
    // Foreign layers (those with `urls`) live elsewhere; nobody pushes them.
    blobs: [...config, ...layers.filter((layer) => layer['urls'] === undefined)].map(digestOf),
    manifests: objectsOf(manifest['manifests']).map(digestOf),
  }
}

function parseManifest(bytes: Buffer): JsonObject {
  try {
    const value: unknown = JSON.parse(bytes.toString())
    if (isObject(value) && value['schemaVersion'] === 2) return value
  } catch {
    // Falls through to the refusal, which says all that the client needs.
  }
  throw new RegistryError(400, 'MANIFEST_INVALID', 'manifest invalid')
}

function objectsOf(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : []
}

function digestOf(descriptor: JsonObject): string {
  return String(descriptor['digest'])
}
