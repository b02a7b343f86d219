import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import type { ImageSource } from '../../../../../src/image/gate/image/source.ts'

export type Content = string | Buffer
export type Folder = Readonly<Record<string, Content>>

/** What the system's own tar makes of a folder; a shell script may change the folder before. */
export function tarOf(files: Folder, { args = ['.'], script = '' } = {}): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'gate-tar-'))
  try {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), content)
      chmodSync(join(folder, path), 0o644)
    }
    if (script !== '') execFileSync('bash', ['-ec', script], { cwd: folder })
    return execFileSync('tar', ['--sort=name', '-cf', '-', ...args], {
      cwd: folder,
      maxBuffer: 1e9,
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

export interface Layer {
  readonly tar: Buffer
  /** The line of the history. */
  readonly by?: string
}

export interface Image {
  readonly layers: readonly Layer[]
  /** Steps without a layer, in front of the layer of that number. */
  readonly emptySteps?: Readonly<Record<number, readonly string[]>>
  readonly config?: unknown
  readonly architecture?: string
}

export type Packing = 'none' | 'gzip' | 'zstd'

export function diffIdOf({ tar }: Layer): string {
  return `sha256:${sha256(tar)}`
}

function sha256(bytes: Content): string {
  return createHash('sha256').update(bytes).digest('hex')
}

export function configOf({ layers, emptySteps, config = {}, architecture }: Image): string {
  const history = [...layers, undefined].flatMap((layer, index) => [
    ...(emptySteps?.[index] ?? []).map((by) => ({ created_by: by, empty_layer: true })),
    ...(layer ? [{ created_by: layer.by ?? 'COPY . / # buildkit' }] : []),
  ])
  return JSON.stringify({
    architecture: architecture ?? 'amd64',
    os: 'linux',
    config,
    rootfs: { type: 'layers', diff_ids: layers.map(diffIdOf) },
    history,
  })
}

/** As `docker save` writes it before version 25. */
export function olderSave(image: Image): Folder {
  const config = `${sha256(configOf(image))}.json`
  const ids = image.layers.map((_, index) => sha256(`layer ${index}`))
  return {
    ...Object.fromEntries(
      image.layers.flatMap(({ tar }, index) => [
        [`${ids[index]}/VERSION`, '1.0'],
        [`${ids[index]}/json`, '{"id":"x"}'],
        [`${ids[index]}/layer.tar`, tar],
      ])
    ),
    [config]: configOf(image),
    'manifest.json': JSON.stringify([
      { Config: config, RepoTags: null, Layers: ids.map((id) => `${id}/layer.tar`) },
    ]),
    repositories: '{}',
  }
}

const pack = {
  none: (tar: Buffer) => tar,
  gzip: (tar: Buffer) => gzipSync(tar),
  zstd: (tar: Buffer) => zstdCompressSync(tar),
}

/** An OCI layout; with `hasDockerList` as `docker save` writes it from version 25 on. */
export function layoutOf(
  images: readonly Image[],
  { packing = 'none', hasDockerList = false, attestation = '' } = {} as LayoutOptions
): Folder {
  const blobs: Record<string, Content> = {}
  const add = (content: Content, mediaType: string): object => {
    const digest = sha256(content)
    blobs[`blobs/sha256/${digest}`] = content
    return { mediaType, digest: `sha256:${digest}`, size: content.length }
  }
  const list: object[] = []
  const manifests = images.map((image) => {
    const before = new Set(Object.keys(blobs))
    const layers = image.layers.map(({ tar }) => add(pack[packing](tar), MEDIA[packing]))
    const config = add(configOf(image), 'application/vnd.oci.image.config.v1+json')
    const paths = Object.keys(blobs).filter((path) => !before.has(path))
    list.push({ Config: paths.at(-1), RepoTags: null, Layers: paths.slice(0, -1) })
    return add(
      JSON.stringify({ schemaVersion: 2, config, layers }),
      'application/vnd.oci.image.manifest.v1+json'
    )
  })
  if (attestation !== '') manifests.push(addAttestation(add, attestation))
  const index = add(JSON.stringify({ schemaVersion: 2, manifests }), INDEX)
  return {
    ...blobs,
    'index.json': JSON.stringify({ schemaVersion: 2, mediaType: INDEX, manifests: [index] }),
    'oci-layout': '{"imageLayoutVersion":"1.0.0"}',
    ...(hasDockerList && { 'manifest.json': JSON.stringify(list) }),
  }
}

export interface LayoutOptions {
  readonly packing?: Packing
  readonly hasDockerList?: boolean
  /** An in-toto statement. */
  readonly attestation?: string
}

const INDEX = 'application/vnd.oci.image.index.v1+json'
const MEDIA = {
  none: 'application/vnd.oci.image.layer.v1.tar',
  gzip: 'application/vnd.docker.image.rootfs.diff.tar.gzip',
  zstd: 'application/vnd.oci.image.layer.v1.tar+zstd',
} as const

function addAttestation(
  add: (content: Content, mediaType: string) => object,
  text: string
): object {
  const layer = add(text, 'application/vnd.in-toto+json')
  const rootfs = { type: 'layers', diff_ids: [`sha256:${sha256(text)}`] }
  const config = add(JSON.stringify({ architecture: 'unknown', os: 'unknown', rootfs }), 'config')
  const manifest = add(JSON.stringify({ schemaVersion: 2, config, layers: [layer] }), 'manifest')
  const annotations = { 'vnd.docker.reference.type': 'attestation-manifest' }
  return { ...manifest, annotations, platform: { architecture: 'unknown', os: 'unknown' } }
}

/** The archive of a folder, its entries in the order of their names or in the other one. */
export function archiveOf(folder: Folder, { isReversed = false } = {}): Buffer {
  const paths = Object.keys(folder).sort()
  return tarOf(folder, { args: isReversed ? paths.reverse() : paths })
}

/** Hands an archive over in pieces of one size; files are read twice. */
export function sourceOf(
  archive: Buffer,
  { pieceBytes = 65_536, isFile = false } = {}
): ImageSource {
  return {
    name: 'web:test',
    isFile,
    open: async function* () {
      for (let at = 0; at < archive.length; at += pieceBytes) {
        yield archive.subarray(at, at + pieceBytes)
      }
    },
  }
}
