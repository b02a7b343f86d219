import { gunzipSync, gzipSync, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { describe, expect, it } from '@jest/globals'
import type { GatedFinding } from '../../../../../src/image/gate/findings.ts'
import {
  type ImageScanOptions,
  searchImage,
} from '../../../../../src/image/gate/image/image-stage.ts'
import { allowNothing, plantedScanner } from '../planted.ts'
import {
  archiveOf,
  diffIdOf,
  type Folder,
  type Image,
  type LayoutOptions,
  layoutOf,
  olderSave,
  sourceOf,
  tarOf,
} from './archives.ts'

const BASE = { tar: tarOf({ 'etc/base.conf': 'planted by others' }), by: '' }
const CLEAN = { tar: tarOf({ 'srv/app.py': 'print(1)' }), by: 'COPY app /srv # buildkit' }
const LEAKING = {
  tar: tarOf({ 'srv/key.json': 'x\nplanted\n', 'srv/deep/planted.pem': 'y' }),
  by: 'COPY . /srv # buildkit',
}
const DELETING = {
  tar: tarOf({ 'srv/.wh.key.json': '' }),
  by: 'RUN /bin/sh -c rm key.json # buildkit',
}
const IMAGE: Image = { layers: [BASE, CLEAN, LEAKING, DELETING] }

const IN_LEAKING = [
  finding('srv/deep/planted.pem', 0, 'layer 3 of 4 (COPY . /srv)'),
  finding('srv/key.json', 2, 'layer 3 of 4 (COPY . /srv)'),
]

function finding(path: string, line: number, layer: string): GatedFinding {
  const rule = line === 0 && path.includes('planted') ? 'planted-name' : 'planted-text'
  return { rule, title: 'Planted', line, path, layer }
}

async function search(
  folder: Folder | Buffer,
  options: Partial<ImageScanOptions> & {
    readonly pieceBytes?: number
    isReversed?: boolean
    isFile?: boolean
  } = {}
): Promise<readonly GatedFinding[]> {
  const archive = Buffer.isBuffer(folder)
    ? folder
    : archiveOf(folder, { isReversed: options.isReversed ?? false })
  const found = await searchImage(sourceOf(archive, options), {
    scanner: plantedScanner,
    baseLayers: [diffIdOf(BASE)],
    allowList: allowNothing,
    signal: new AbortController().signal,
    ...options,
  })
  return found.toSorted((a, b) => (a.path < b.path ? -1 : 1))
}

const LAYOUTS: readonly (readonly [string, (image: Image) => Folder])[] = [
  ['docker save before 25', olderSave],
  ['docker save since 25', (image) => layoutOf([image], { hasDockerList: true })],
  ['docker save of the containerd store', of({ packing: 'gzip', hasDockerList: true })],
  ['an OCI layout', of({})],
  ['an OCI layout, gzip', of({ packing: 'gzip' })],
  ['an OCI layout, zstd', of({ packing: 'zstd' })],
]

function of(options: LayoutOptions): (image: Image) => Folder {
  return (image) => layoutOf([image], options)
}

describe.each(LAYOUTS)('searchImage, %s', (_, layout) => {
  it('finds what a later layer deletes, names the layer, and leaves the base out', async () => {
    expect(await search(layout(IMAGE))).toEqual(IN_LEAKING)
  })

  it('finds the same whatever the order of the archive and the size of its pieces', async () => {
    for (const isReversed of [false, true]) {
      for (const pieceBytes of [97, 512, 1_000, 1_000_000]) {
        expect(await search(layout(IMAGE), { isReversed, pieceBytes })).toEqual(IN_LEAKING)
      }
    }
  })

  it('finds the same in a file, which it may read twice', async () => {
    expect(await search(layout(IMAGE), { isFile: true })).toEqual(IN_LEAKING)
  })

  it('finds nothing in a clean image', async () => {
    expect(await search(layout({ layers: [BASE, CLEAN] }))).toEqual([])
  })

  it('searches all layers where the base is not known', async () => {
    const found = await search(layout({ layers: [BASE, CLEAN] }), { baseLayers: [] })
    expect(found).toEqual([finding('etc/base.conf', 1, 'layer 1 of 2')])
  })

  it('tells a layer that occurs twice once', async () => {
    const found = await search(layout({ layers: [BASE, LEAKING, CLEAN, LEAKING] }))
    expect(new Set(found.map(({ path }) => path)).size).toBe(2)
  })

  it('reads a large file in many pieces', async () => {
    const text = `${'x'.repeat(99)}\n`.repeat(30_000)
    const large = { tar: tarOf({ 'big.txt': `${text}planted\n` }), by: 'COPY big.txt / # buildkit' }
    const found = await search(layout({ layers: [BASE, large] }))
    expect(found).toEqual([finding('big.txt', 30_001, 'layer 2 of 2 (COPY big.txt /)')])
  })

  it.each([0.2, 0.5, 0.9])('refuses an archive of which only %d is there', async (share) => {
    const archive = archiveOf(layout(IMAGE))
    // tar pads with zeros, which nobody misses.
    const length = Math.floor(archive.findLastIndex((byte) => byte !== 0) * share)
    await expect(search(archive.subarray(0, length))).rejects.toMatchObject({
      code: 'IMAGE_SECRETS',
      message: expect.stringMatching(/^The image web:test could not be searched for secrets: i/),
    })
  })
})

describe('searchImage, the layers', () => {
  const own = (tar: Buffer) => search(layoutOf([{ layers: [BASE, { tar }] }]))
  const names = async (tar: Buffer) => (await own(tar)).map(({ path }) => path)

  it('passes over what only says that something is gone', async () => {
    expect(await names(tarOf({ 'a/.wh.planted.txt': '', 'a/.wh..wh..opq': '' }))).toEqual([])
  })

  it('searches a file that only looks like it', async () => {
    expect(await names(tarOf({ 'a/.wh.b': 'planted' }))).toEqual(['a/.wh.b'])
  })

  it('finds a file by each name that it has', async () => {
    const script = 'ln b planted-1; ln -s b planted-2'
    const args = ['b', 'planted-1', 'planted-2']
    expect(await names(tarOf({ b: 'planted' }, { script, args }))).toEqual(['b', 'planted-1'])
  })

  it('tells paths as they are in the container', async () => {
    expect(await names(tarOf({ x: 'planted' }, { args: ['./x'] }))).toEqual(['x'])
    expect(
      await names(tarOf({ x: 'planted' }, { args: ['-P', '--transform=s,^,/,', 'x'] }))
    ).toEqual(['x'])
  })

  it('keeps a thousand findings of a layer and no more', async () => {
    const script = 'for i in $(seq 1500); do echo planted > $i; done'
    expect(await own(tarOf({}, { script }))).toHaveLength(1_000)
  })

  it('leaves out what is allowed', async () => {
    const allowList = { allows: (path: string) => path === 'srv/key.json' }
    expect(await search(layoutOf([IMAGE]), { allowList })).toEqual(IN_LEAKING.slice(0, 1))
  })
})

describe('searchImage, several platforms', () => {
  const image = (architecture: string): Image => {
    const tar = tarOf({ [`bin/${architecture}`]: 'planted' })
    return { architecture, layers: [BASE, CLEAN, { tar, by: 'RUN /bin/sh -c make # buildkit' }] }
  }

  it('searches all of them and says which', async () => {
    const found = await search(layoutOf([image('amd64'), image('arm64')], { packing: 'gzip' }))
    expect(found).toEqual([
      finding('bin/amd64', 1, 'linux/amd64, layer 3 of 3 (RUN make)'),
      finding('bin/arm64', 1, 'linux/arm64, layer 3 of 3 (RUN make)'),
    ])
  })

  it('takes an attestation for no layer, and finds build arguments in it', async () => {
    const attestation = JSON.stringify({
      predicateType: 'https://slsa.dev/provenance/v0.2',
      predicate: {
        invocation: { parameters: { args: { 'build-arg:KEY': 'planted', target: 'planted' } } },
      },
    })
    const found = await search(layoutOf([{ layers: [BASE, CLEAN] }], { attestation }))
    expect(found).toEqual([finding('build argument KEY', 0, 'provenance attestation')].map(asText))
  })

  it('leaves out a platform that the archive names and does not hold', async () => {
    const folder = layoutOf([image('amd64'), image('arm64')])
    const config = Object.entries(folder).find(([, content]) => String(content).includes('"arm64"'))
    const manifest = Object.entries(folder).find(
      ([, content]) =>
        String(content).includes('"layers"') &&
        String(content).includes(String(config?.[0]).slice('blobs/sha256/'.length))
    )
    const rest = Object.entries(folder).filter(([path]) => path !== manifest?.[0])
    const found = await search(Object.fromEntries(rest))
    expect(found.map(({ path }) => path)).toEqual(['bin/amd64'])
  })
})

function asText(one: GatedFinding): GatedFinding {
  return { ...one, rule: 'planted-text' }
}

describe('searchImage, what cannot be searched', () => {
  const refused = (folder: Folder | Buffer, baseLayers: string[] = []) =>
    search(folder, { baseLayers }).then(
      () => 'passed',
      (error: Error) => error.message
    )
  const folder = layoutOf([{ layers: [CLEAN, LEAKING] }])
  const layerPath = `blobs/${diffIdOf(LEAKING).replace(':', '/')}`
  const without = Object.fromEntries(Object.entries(folder).filter(([path]) => path !== layerPath))

  it.each<[string, Folder | Buffer, string]>([
    ['an empty stream', Buffer.alloc(0), 'it has no manifest that names its layers'],
    ['an archive of something else', { a: 'b' }, 'it has no manifest that names its layers'],
    ['no archive', Buffer.alloc(4_096, 'x'), 'its archive has a header that is none'],
    ['a layer missing', without, 'it names layer 2 of 2, but does not hold it'],
    [
      'a layer that is no archive',
      { ...without, [layerPath]: 'x'.repeat(999) },
      'it names layer 2 of 2, but does not hold it',
    ],
    [
      'a layer cut off',
      { ...without, [layerPath]: LEAKING.tar.subarray(0, 3_080) },
      'it has a layer 2 of 2 that ends in the middle of a file',
    ],
    [
      'a list of layers that is another than the one of the config',
      { ...folder, ...layoutOfUnequal() },
      'it has 1 layers where its config names 2',
    ],
  ])('refuses %s', async (_, given, why) => {
    expect(await refused(given)).toBe(
      `The image web:test could not be searched for secrets: ${why}.`
    )
  })

  it.each(['gzip', 'zstd'] as const)('refuses a %s layer that is cut off', async (packing) => {
    const packed = layoutOf([{ layers: [CLEAN, LEAKING] }], { packing })
    const cut = Object.entries(packed).map(([path, content]) => {
      const isLayer = Buffer.isBuffer(content)
      return [path, isLayer ? content.subarray(0, content.length - 20) : content]
    })
    expect(await refused(Object.fromEntries(cut))).toMatch(/it has a layer 1 of 2 (that|whose)/)
  })

  it.each(['gzip', 'zstd'] as const)(
    'reads a %s layer that is packed in many parts',
    async (packing) => {
      const packed = layoutOf([{ layers: [BASE, LEAKING] }], { packing })
      const parts = Object.entries(packed).map(([path, content]) => {
        return [path, Buffer.isBuffer(content) ? packInParts(content, packing) : content]
      })
      for (const pieceBytes of [11, 512, 65_536]) {
        const found = await search(Object.fromEntries(parts), { pieceBytes })
        expect(found.map(({ path }) => path)).toEqual(['srv/deep/planted.pem', 'srv/key.json'])
      }
    }
  )

  it('does not even unpack the base where it can know it', async () => {
    const scanned: string[] = []
    const scanner = {
      ...plantedScanner,
      scan: (path: string) => {
        if (path.includes('/')) scanned.push(path)
        return []
      },
    }
    const folder = layoutOf([IMAGE], { packing: 'gzip' })
    await search(folder, { scanner, isFile: true })
    expect(scanned.toSorted()).toEqual(['srv/app.py', 'srv/deep/planted.pem', 'srv/key.json'])
    await search(folder, { scanner, isFile: false })
    expect(scanned).toContain('etc/base.conf')
  })

  it('does not mind a broken layer of the base', async () => {
    const broken = layoutOf([{ layers: [CLEAN, LEAKING] }], { packing: 'gzip' })
    const cut = Object.entries(broken).map(([path, content]) => {
      return [path, Buffer.isBuffer(content) ? content.subarray(0, 40) : content]
    })
    const base = [diffIdOf(CLEAN), diffIdOf(LEAKING)]
    expect(await refused(Object.fromEntries(cut), base)).toBe('passed')
  })
})

/** The same in parts, among them parts without content, as some builders write it. */
function packInParts(packed: Buffer, packing: 'gzip' | 'zstd'): Buffer {
  const tar = packing === 'gzip' ? gunzipSync(packed) : zstdDecompressSync(packed)
  const pack = packing === 'gzip' ? gzipSync : zstdCompressSync
  const skipped = Buffer.from([0x50, 0x2a, 0x4d, 0x18, 4, 0, 0, 0, 1, 2, 3, 4])
  const empty = packing === 'gzip' ? gzipSync('') : skipped
  const starts = [0, 700, 1_024, 2_000]
  const parts = starts.map((start, index) => pack(tar.subarray(start, starts[index + 1])))
  return Buffer.concat(parts.flatMap((part) => [part, empty]))
}

function layoutOfUnequal(): Folder {
  const folder = olderSave({ layers: [CLEAN, LEAKING] })
  const manifest = JSON.parse(String(folder['manifest.json']))
  manifest[0].Layers.pop()
  return { ...folder, 'manifest.json': JSON.stringify(manifest) }
}

describe('searchImage, when it is cancelled', () => {
  it.each(['none', 'gzip', 'zstd'] as const)('ends with the reason (%s)', async (packing) => {
    const cancel = new AbortController()
    const archive = archiveOf(layoutOf([IMAGE], { packing }))
    let isClosed = false
    const source = {
      name: 'x',
      isFile: false,
      open: async function* () {
        try {
          yield archive.subarray(0, 3_000)
          cancel.abort(new Error('cancelled'))
          for (;;) yield archive.subarray(3_000, 3_100)
        } finally {
          isClosed = true
        }
      },
    }
    const options = { baseLayers: [], allowList: allowNothing, scanner: plantedScanner }
    const searching = searchImage(source, { ...options, signal: cancel.signal })
    await expect(searching).rejects.toThrow('cancelled')
    expect(isClosed).toBe(true)
  })

  it('tells an error of the scanner as it is', async () => {
    const scanner = {
      ...plantedScanner,
      scan: () => {
        throw new Error('a bug')
      },
    }
    for (const packing of ['none', 'gzip', 'zstd'] as const) {
      await expect(search(layoutOf([IMAGE], { packing }), { scanner })).rejects.toThrow('a bug')
    }
  })
})
