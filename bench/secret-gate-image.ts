import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { LocalByteStreams } from '../src/adapters/processes/byte-stream.ts'
import { scanImage } from '../src/image/gate/gate.ts'

export interface ImageGateFigures {
  readonly name: string
  readonly sizeMb: number
  /** By the clock, beside the process that writes the image. */
  readonly mbPerSecond: number
  /** By the time of all cores of the process that searches. */
  readonly mbPerCpuSecond: number
  readonly peakRssMb: number
}

type Kind = 'mixed tree' | 'mixed tree, gzip' | 'small files' | 'zeros'

const KINDS: readonly Kind[] = ['mixed tree', 'mixed tree, gzip', 'small files', 'zeros']
const SIZE_MB = 2_000
const LAYERS = 4
const CORPUS_BYTES = 24_000_000
const BLOCK = 512

/** What it costs to search an image that is written by another process as it is read. */
export function measureImageGate(repository: string): readonly ImageGateFigures[] {
  const script = join(repository, 'bench', 'secret-gate-image.ts')
  return KINDS.map((kind) =>
    JSON.parse(execFileSync(process.execPath, [script, 'search', kind], { encoding: 'utf8' }))
  )
}

async function search(kind: string): Promise<ImageGateFigures> {
  const streams = new LocalByteStreams(process.env)
  const allowList = { allows: () => true }
  const { signal } = new AbortController()
  const args = [import.meta.filename, 'write', kind]
  const startedAt = performance.now()
  const before = process.cpuUsage()
  const source = {
    name: kind,
    isFile: false,
    open: () => streams.ofTool(process.execPath, args, signal),
  }
  await scanImage(source, { baseLayers: [], allowList, signal })
  const seconds = (performance.now() - startedAt) / 1e3
  const { user, system } = process.cpuUsage(before)
  return {
    name: kind,
    sizeMb: SIZE_MB,
    mbPerSecond: SIZE_MB / seconds,
    mbPerCpuSecond: SIZE_MB / ((user + system) / 1e6),
    peakRssMb: process.resourceUsage().maxRSS / 1e3,
  }
}

/** Writes an image as `docker save` does; one piece of a layer is written again and again. */
async function write(kind: string): Promise<void> {
  const piece = Buffer.concat([...piecesOf(kind)])
  const repeats = Math.ceil((SIZE_MB * 1e6) / LAYERS / piece.length)
  const digest = createHash('sha256')
  for (let index = 0; index < repeats; index++) digest.update(piece)
  const diffId = digest.digest('hex')
  const stored = kind.endsWith('gzip') ? gzipSync(piece, { level: 1 }) : piece
  const paths = Array.from({ length: LAYERS }, (_, index) =>
    `blobs/sha256/${index}`.padEnd(77, 'a')
  )
  for (const path of paths) {
    await put(header(path, stored.length * repeats))
    for (let index = 0; index < repeats; index++) await put(stored)
    await put(padding(stored.length * repeats))
  }
  const config = { rootfs: { diff_ids: paths.map(() => `sha256:${diffId}`) }, config: {} }
  await putText('config.json', config)
  await putText('manifest.json', [{ Config: 'config.json', Layers: paths }])
  await put(Buffer.alloc(2 * BLOCK))
}

function* piecesOf(kind: string): Generator<Buffer> {
  if (kind === 'zeros') yield* entry('zeros', Buffer.alloc(CORPUS_BYTES))
  else if (kind === 'small files') {
    for (let index = 0; index < 20_000; index++)
      yield* entry(`f/${index}`, Buffer.alloc(500, 'ab '))
  } else yield* realFiles(join(import.meta.dirname, '..', 'node_modules'))
}

/** Source, documents and programs, as they stand in the packages that this project installs. */
function* realFiles(folder: string): Generator<Buffer> {
  let left = CORPUS_BYTES
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((item) => item.isFile())
    .map((item) => join(item.parentPath, item.name))
    .sort()
  // Every so many, so that packages of all letters are in it.
  for (const path of paths.filter((_, index) => index % 17 === 0)) {
    const bytes = readFileSync(path)
    if (bytes.length > left) continue
    left -= bytes.length
    yield* entry(path.slice(-90), bytes)
  }
}

function* entry(path: string, bytes: Buffer): Generator<Buffer> {
  yield header(path, bytes.length)
  yield bytes
  yield padding(bytes.length)
}

function header(path: string, sizeBytes: number): Buffer {
  const block = Buffer.alloc(BLOCK)
  block.write(path.slice(0, 99))
  block.write(`${sizeBytes.toString(8).padStart(11, '0')}\0`, 124)
  block.write('        0', 148)
  block.write('ustar\x0000', 257)
  const sum = block.reduce((total, byte) => total + byte, 0)
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return block
}

function padding(sizeBytes: number): Buffer {
  return Buffer.alloc(-sizeBytes & (BLOCK - 1))
}

async function putText(path: string, content: unknown): Promise<void> {
  for (const piece of entry(path, Buffer.from(JSON.stringify(content)))) await put(piece)
}

async function put(bytes: Buffer): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  process.stdout.write(bytes, () => resolve())
  await promise
}

const [mode, kind = ''] = import.meta.main ? process.argv.slice(2) : []
if (mode === 'write') await write(kind)
if (mode === 'search') process.stdout.write(JSON.stringify(await search(kind)))
