import { isUtf8 } from 'node:buffer'
import fs, { constants, type Dirent, type Stats } from 'node:fs'
import { promisify } from 'node:util'
import {
  FileChangedError,
  type Tree,
  type TreeFacts,
  type TreeKind,
  type TreeNode,
} from '../../image/context/tree.ts'

// Not node:fs/promises: over 10,000 files these took 40 % of its time.
const realpath = promisify(fs.realpath.native)
const lstat = promisify(fs.lstat)
const readlink = promisify(fs.readlink)
const open = promisify(fs.open)
const fstat = promisify(fs.fstat)

const CHUNK_BYTES = 256 * 1024
/** Kept for the next files: new ones for thousands of files are more than the collector keeps up with. */
const spareBuffers: Buffer[] = []
const MAX_SPARE = 32
const SPECIAL_BITS = 0o7000
// A pipe in a file's place must not make us wait, nor a link lead elsewhere.
const OPEN_FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK

/** The file system of this machine. */
export const localTree: Tree = {
  resolve: (path) => realpath(path),
  list: async (folder) => {
    const nodes = (await readFolder(folder)).map((entry) => toNode(entry.name, entry, true))
    // The mark of a name that could not be decoded; it may also stand in a name as such.
    if (!nodes.some(({ name }) => name.includes('\uFFFD'))) return nodes
    return (await readRawFolder(folder)).map((entry) =>
      toNode(entry.name.toString('utf8'), entry, isUtf8(entry.name))
    )
  },
  inspect: async (path) => toFacts(path, await lstat(path)),
  read: readFile,
}

async function readFolder(folder: string): Promise<readonly Dirent[]> {
  const { promise, resolve, reject } = Promise.withResolvers<Dirent[]>()
  fs.readdir(folder, { withFileTypes: true }, (error, entries) =>
    error ? reject(error) : resolve(entries)
  )
  return await promise
}

async function readRawFolder(folder: string): Promise<readonly Dirent<Buffer>[]> {
  const { promise, resolve, reject } = Promise.withResolvers<Dirent<Buffer>[]>()
  fs.readdir(folder, { withFileTypes: true, encoding: 'buffer' }, (error, entries) =>
    error ? reject(error) : resolve(entries)
  )
  return await promise
}

function toNode(name: string, entry: Dirent | Dirent<Buffer>, isName: boolean): TreeNode {
  return { name, kind: kindOf(entry), isUtf8: isName }
}

function kindOf(entry: Dirent | Dirent<Buffer> | Stats): TreeKind {
  if (entry.isFile()) return 'file'
  if (entry.isDirectory()) return 'folder'
  if (entry.isSymbolicLink()) return 'link'
  if (entry.isSocket()) return 'socket'
  return entry.isFIFO() ? 'pipe' : 'device'
}

async function toFacts(path: string, stats: Stats): Promise<TreeFacts> {
  const kind = kindOf(stats)
  return {
    kind,
    sizeBytes: kind === 'file' ? stats.size : 0,
    isExecutable: kind === 'file' && (stats.mode & constants.S_IXUSR) !== 0,
    hasSpecialBits: kind !== 'link' && (stats.mode & SPECIAL_BITS) !== 0,
    ...(kind === 'link' && { target: await readlink(path) }),
  }
}

async function* readFile(
  path: string,
  sizeBytes: number,
  signal: AbortSignal
): AsyncGenerator<Uint8Array, void, undefined> {
  const handle = await open(path, OPEN_FLAGS)
  const whole = spareBuffers.pop() ?? Buffer.allocUnsafeSlow(CHUNK_BYTES)
  try {
    // One byte more than there was: a file that has grown shows.
    const buffer = whole.subarray(0, Math.min(sizeBytes + 1, CHUNK_BYTES))
    const before = sizeBytes < CHUNK_BYTES ? undefined : await fstat(handle)
    let total = 0
    for (;;) {
      signal.throwIfAborted()
      const count = await readChunk(handle, buffer)
      total += count
      if (count > 0) yield buffer.subarray(0, count)
      // Less than the buffer holds: that was the end, and no further call has to say so.
      if (count === 0 || total > sizeBytes || (total === sizeBytes && count < buffer.length)) break
    }
    const after = before && (await fstat(handle))
    if (total !== sizeBytes || before?.mtimeMs !== after?.mtimeMs) {
      throw new FileChangedError(`${path} had ${sizeBytes} bytes, and now has another content`)
    }
  } finally {
    // Takes a microsecond, and the way through a thread twenty.
    fs.closeSync(handle)
    if (spareBuffers.length < MAX_SPARE) spareBuffers.push(whole)
  }
}

async function readChunk(handle: number, buffer: Buffer): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  fs.read(handle, buffer, 0, buffer.length, null, (error, count) =>
    error ? reject(error) : resolve(count)
  )
  return await promise
}
