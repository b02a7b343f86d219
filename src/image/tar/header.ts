/** The kinds of entries that matter here; `meta` says something about the entry that follows. */
export type TarKind = 'file' | 'folder' | 'hard link' | 'symbolic link' | 'other' | 'meta'

export interface TarHeader {
  readonly path: string
  readonly kind: TarKind
  /** The letter of the format, for what `kind` does not tell. */
  readonly type: string
  /** Of the content as it stands in the archive. */
  readonly sizeBytes: number
  /** Of a link; whatever stands there for anything else. */
  readonly target: string
  /** Whether a block follows that goes on with the list of a sparse file's parts. */
  readonly hasMoreParts: boolean
}

/** The size of everything in a tar archive. */
export const BLOCK_BYTES = 512

/** An archive that cannot be read, in words that complete "the archive …". */
export class TarError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'TarError'
  }
}

const KINDS: Readonly<Record<string, TarKind>> = {
  '1': 'hard link',
  '2': 'symbolic link',
  '3': 'other',
  '4': 'other',
  '5': 'folder',
  '6': 'other',
  K: 'meta',
  L: 'meta',
  g: 'meta',
  x: 'meta',
}

/** Whether the block is one of those that end an archive. */
export function isZeroBlock(block: Buffer): boolean {
  return block[0] === 0 && block.every((byte) => byte === 0)
}

/** Reads one header block. @throws TarError when it is none */
export function parseHeader(block: Buffer): TarHeader {
  if (!hasChecksum(block)) throw new TarError('has a header that is none')
  const letter = String.fromCharCode(block[156] ?? 0)
  const name = readPath(block)
  // Before 1988 a folder was a file whose name ends in a slash.
  const type = (letter === '\0' || letter === '0') && name.endsWith('/') ? '5' : letter
  const kind = KINDS[type] ?? 'file'
  // Go's reader, by which engines unpack, takes no content with these whatever their size says.
  const hasContent = kind === 'file' || kind === 'meta'
  return {
    path: name,
    kind,
    type,
    sizeBytes: hasContent ? readNumber(block, 124, 12) : 0,
    target: readText(block, 157, 100),
    hasMoreParts: type === 'S' && block[482] === 1,
  }
}

function readPath(block: Buffer): string {
  const name = readText(block, 0, 100)
  // In the old GNU format there are other things where POSIX has the front of a long path.
  const isPosix = block.toString('latin1', 257, 263) === 'ustar\0'
  const front = isPosix ? readText(block, 345, 155) : ''
  return front === '' ? name : `${front}/${name}`
}

function readText(block: Buffer, start: number, length: number): string {
  const zero = block.indexOf(0, start)
  return block.toString('utf8', start, zero < 0 ? start + length : Math.min(zero, start + length))
}

/** Octal digits, or, from 8 GB on, a binary number behind a set highest bit. */
function readNumber(block: Buffer, start: number, length: number): number {
  const first = block[start] ?? 0
  if (first >= 0x80) return readBinary(block.subarray(start, start + length))
  const digits = readText(block, start, length).trim()
  if (digits === '') return 0
  if (!/^[0-7]+$/.test(digits)) throw new TarError('has an entry whose size is no number')
  return Number.parseInt(digits, 8)
}

function readBinary(field: Buffer): number {
  const value = field.reduce(
    (sum, byte, index) => sum * 256 + (index === 0 ? byte & 0x7f : byte),
    0
  )
  if (!Number.isSafeInteger(value)) throw new TarError('has an entry of an impossible size')
  return value
}

/** The sum of all bytes, the field of the sum itself taken as spaces; some add signed bytes. */
function hasChecksum(block: Buffer): boolean {
  const wanted = Number.parseInt(readText(block, 148, 8).trim(), 8)
  const sum = sumOf(block, 0, 148) + 8 * 0x20 + sumOf(block, 156, BLOCK_BYTES)
  return wanted === sum || wanted === sum - 256 * block.filter((byte) => byte >= 0x80).length
}

/** Four bytes at a time, two in each half of a number: byte by byte it takes half of all the time. */
function sumOf(block: Buffer, start: number, end: number): number {
  let halves = 0
  for (let at = start; at < end; at += 4) {
    const four = block.readUInt32LE(at)
    halves += (four & 0xff00ff) + ((four >>> 8) & 0xff00ff)
  }
  return (halves >>> 16) + (halves & 0xffff)
}

/** The records of an extended header, `LENGTH NAME=VALUE\n` each. @throws TarError when it is none */
export function parseRecords(bytes: Buffer): ReadonlyMap<string, string> {
  const records = new Map<string, string>()
  let at = 0
  while (at < bytes.length && bytes[at] !== 0) {
    const space = bytes.indexOf(0x20, at)
    const length = space < 0 ? Number.NaN : Number(bytes.toString('latin1', at, space))
    const end = at + length
    if (!(length > 0) || end > bytes.length || bytes[end - 1] !== 0x0a) {
      throw new TarError('has an extended header that is none')
    }
    const equals = bytes.indexOf(0x3d, space)
    if (equals < 0 || equals >= end) throw new TarError('has an extended header that is none')
    records.set(
      bytes.toString('utf8', space + 1, equals),
      bytes.toString('utf8', equals + 1, end - 1)
    )
    at = end
  }
  return records
}

/** A name that stands in the content of an entry of its own, up to the first zero. */
export function parseLongName(bytes: Buffer): string {
  return readText(bytes, 0, bytes.length)
}
