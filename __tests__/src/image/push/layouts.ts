import { createHash } from 'node:crypto'
import type { RandomAccess } from '../../../../src/image/push/tar.ts'

export interface TarFile {
  readonly name: string
  readonly bytes: Buffer
  readonly type?: string
}

/** A tar archive as Go's archive/tar writes it. */
export function tarOf(files: readonly TarFile[]): Buffer {
  const blocks = files.flatMap(({ name, bytes, type = '0' }) => [
    headerOf(name, bytes.length, type),
    bytes,
    Buffer.alloc((512 - (bytes.length % 512)) % 512),
  ])
  return Buffer.concat([...blocks, Buffer.alloc(1024)])
}

function headerOf(name: string, size: number, type: string): Buffer {
  const header = Buffer.alloc(512)
  header.write(name, 0, 100)
  header.write('0000644\0', 100)
  header.write(`${size.toString(8).padStart(11, '0')}\0`, 124)
  header.write(type, 156)
  header.write('ustar\0' + '00', 257)
  // The sum over the header, its own field taken as spaces.
  header.write('        ', 148)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return header
}

export function inMemory(bytes: Buffer): RandomAccess {
  return {
    sizeBytes: bytes.length,
    read: async (offset, length) => bytes.subarray(offset, offset + length),
    close: async () => undefined,
  }
}

export function digestOf(bytes: Buffer): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`
}

const MANIFEST = 'application/vnd.oci.image.manifest.v1+json'
const INDEX = 'application/vnd.oci.image.index.v1+json'

export interface LayoutShape {
  readonly layers?: readonly Buffer[]
  /** Platforms in the index; 0 for a manifest without an index around it. */
  readonly images?: number
  readonly hasAttestation?: boolean
  readonly leaveOut?: readonly string[]
  /** Makes another image of the same layers. */
  readonly note?: string
}

/** An OCI layout as BuildKit writes it, and what stands in it. */
export function aLayout(shape: LayoutShape = {}) {
  const { layers = [Buffer.from('layer one'), Buffer.from('layer two')], images = 1 } = shape
  const blobs = new Map<string, Buffer>()
  const add = (content: Buffer | unknown, mediaType: string) => {
    const bytes = Buffer.isBuffer(content) ? content : Buffer.from(JSON.stringify(content))
    blobs.set(digestOf(bytes), bytes)
    return { mediaType, digest: digestOf(bytes), size: bytes.length }
  }
  const layerDescriptors = layers.map((layer) =>
    add(layer, 'application/vnd.oci.image.layer.v1.tar')
  )
  const image = (architecture: string) =>
    add(
      {
        schemaVersion: 2,
        mediaType: MANIFEST,
        config: add({ architecture, note: shape.note }, 'application/vnd.oci.image.config.v1+json'),
        layers: layerDescriptors,
      },
      MANIFEST
    )
  const made = Array.from({ length: Math.max(1, images) }, (_, index) => image(`cpu${index}`))
  const attestation = {
    ...add(
      { schemaVersion: 2, mediaType: MANIFEST, config: add({}, 'x'), layers: [add({ p: 1 }, 'y')] },
      MANIFEST
    ),
    annotations: { 'vnd.docker.reference.type': 'attestation-manifest' },
  }
  const manifests = [...made, ...(shape.hasAttestation ? [attestation] : [])]
  const [first] = made
  const root = images === 0 ? first : add({ schemaVersion: 2, mediaType: INDEX, manifests }, INDEX)
  const index = Buffer.from(JSON.stringify({ schemaVersion: 2, manifests: [root] }))
  const files = [...blobs].map(([digest, bytes]) => ({
    name: `blobs/${digest.replace(':', '/')}`,
    bytes,
  }))
  const all = [
    { name: 'blobs/', bytes: Buffer.alloc(0), type: '5' },
    ...files.filter(({ name }) => !shape.leaveOut?.some((part) => name.includes(part))),
    { name: 'index.json', bytes: index },
    { name: 'oci-layout', bytes: Buffer.from('{"imageLayoutVersion":"1.0.0"}') },
  ]
  const bytes = tarOf(all)
  return {
    bytes,
    blobs,
    open: () => inMemory(bytes),
    imageDigest: first?.digest ?? '',
    rootDigest: root?.digest ?? '',
    layerDigests: layerDescriptors.map(({ digest }) => digest),
  }
}
