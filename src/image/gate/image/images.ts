import { asList, asRecord, asText, type JsonRecord, parseJson } from '../../../lib/json.ts'

/** One image of an archive: of one platform. */
export interface ArchivedImage {
  /** Such as `linux/arm64`. */
  readonly platform: string
  readonly config: JsonRecord
  readonly layers: readonly ArchivedLayer[]
}

export interface ArchivedLayer {
  /** In the archive. */
  readonly path: string
  /** The digest of its uncompressed archive, as the config says it. */
  readonly diffId: string
}

/** Where in the archive what is; empty where nothing is. */
type ReadText = (path: string) => string | undefined

/** An index of an index of an index is a mistake, or an attempt to keep us busy. */
const MAX_DEPTH = 4

/** Says in words that complete "The image …" why it cannot be understood. */
export class LayoutError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'LayoutError'
  }
}

/**
 * All images that the archive names, by Docker's own list or by the OCI index. What the index names
 * and the archive does not hold, such as a platform that was never pulled, is left out.
 *
 * @throws LayoutError when there is none, or one that contradicts itself
 */
export function findImages(readText: ReadText): readonly ArchivedImage[] {
  const named = [...findByDockerList(readText), ...findByIndex(readText, 'index.json', 0)]
  const byConfig = new Map(named.map((image) => [image.config, image]))
  if (byConfig.size === 0) throw new LayoutError('has no manifest that names its layers')
  return [...byConfig].flatMap(([path, { layers }]) => {
    const config = readText(path)
    return config === undefined ? [] : [toImage(asRecord(parseJson(config)), layers)]
  })
}

/** Paths of the archive. */
interface NamedImage {
  readonly config: string
  readonly layers: readonly string[]
}

function findByDockerList(readText: ReadText): readonly NamedImage[] {
  return asList(parseJson(readText('manifest.json') ?? ''))
    .map(asRecord)
    .map((item) => ({ config: asText(item['Config']), layers: asList(item['Layers']).map(asText) }))
}

function findByIndex(readText: ReadText, path: string, depth: number): readonly NamedImage[] {
  const document = asRecord(parseJson(readText(path) ?? ''))
  if (depth > MAX_DEPTH) throw new LayoutError('has an index within an index without end')
  const nested = asList(document['manifests']).map(asRecord)
  const below = nested
    .filter((descriptor) => !isAttestation(descriptor))
    .flatMap((descriptor) => findByIndex(readText, blobPath(descriptor), depth + 1))
  return document['layers'] === undefined ? below : [...below, ...toNamed(document)]
}

function toNamed(manifest: JsonRecord): readonly NamedImage[] {
  const layers = asList(manifest['layers']).map(asRecord)
  // Attestations, signatures and the like are kept as if they were images.
  const isImage = layers.every((layer) => /[.+]tar\b/.test(asText(layer['mediaType'])))
  if (!isImage) return []
  return [{ config: blobPath(asRecord(manifest['config'])), layers: layers.map(blobPath) }]
}

function isAttestation(descriptor: JsonRecord): boolean {
  const annotations = asRecord(descriptor['annotations'])
  return asText(annotations['vnd.docker.reference.type']) === 'attestation-manifest'
}

/** Where an OCI layout has what a descriptor means. */
function blobPath(descriptor: JsonRecord): string {
  return `blobs/${asText(descriptor['digest']).replace(':', '/')}`
}

function toImage(config: JsonRecord, paths: readonly string[]): ArchivedImage {
  const diffIds = asList(asRecord(config['rootfs'])['diff_ids']).map(asText)
  if (diffIds.length !== paths.length) {
    throw new LayoutError(`has ${paths.length} layers where its config names ${diffIds.length}`)
  }
  const parts = [config['os'], config['architecture'], config['variant']].map(asText)
  return {
    platform: parts.filter((part) => part !== '').join('/'),
    config,
    layers: paths.map((path, index) => ({ path, diffId: diffIds[index] ?? '' })),
  }
}
