/** A file of which any part can be read without the rest. */
export interface RandomAccess {
  readonly sizeBytes: number
  /** Fewer bytes only at the end of the file. */
  read(offset: number, length: number): Promise<Uint8Array>
  close(): Promise<void>
}

export type OpenFile = (path: string) => Promise<RandomAccess>

/** Where a file of the archive lies in it. */
export interface TarEntry {
  readonly offset: number
  readonly sizeBytes: number
}

const BLOCK = 512

/**
 * Finds the regular files of a tar archive by reading its headers alone, in the forms that Go's
 * archive/tar writes: ustar, with PAX records or base-256 numbers where a field is too small.
 */
export async function indexTar(file: RandomAccess): Promise<ReadonlyMap<string, TarEntry>> {
  const entries = new Map<string, TarEntry>()
  let extended: ReadonlyMap<string, string> = new Map()
  for (let at = 0; at + BLOCK <= file.sizeBytes; ) {
    const header = Buffer.from(await file.read(at, BLOCK))
    if (header.every((byte) => byte === 0)) break
    const type = header.toString('latin1', 156, 157)
    const sizeBytes = Number(extended.get('size') ?? readNumber(header.subarray(124, 136)))
    if (!Number.isSafeInteger(sizeBytes)) throw new Error(`no tar header at byte ${at}`)
    const offset = at + BLOCK
    if (type === 'x') extended = readRecords(Buffer.from(await file.read(offset, sizeBytes)))
    else {
      const name = extended.get('path') ?? readName(header)
      if (type === '0' || type === '\0') entries.set(name, { offset, sizeBytes })
      extended = new Map()
    }
    at = offset + Math.ceil(sizeBytes / BLOCK) * BLOCK
  }
  return entries
}

function readName(header: Buffer): string {
  const [name, prefix] = [readText(header.subarray(0, 100)), readText(header.subarray(345, 500))]
  return (prefix === '' ? name : `${prefix}/${name}`).replace(/^\.\//, '')
}

function readText(field: Buffer): string {
  const end = field.indexOf(0)
  return field.toString('utf8', 0, end < 0 ? field.length : end)
}

function readNumber(field: Buffer): number {
  if (((field[0] ?? 0) & 0x80) === 0) return Number.parseInt(readText(field).trim() || '0', 8)
  return field.subarray(1).reduce((sum, byte) => sum * 256 + byte, 0)
}

/** Records of the form `LENGTH NAME=VALUE\n`, the length being that of the whole record. */
function readRecords(bytes: Buffer): ReadonlyMap<string, string> {
  const records = new Map<string, string>()
  for (let at = 0; at < bytes.length; ) {
    const [, length = '', name = ''] = /^(\d+) ([^=]+)=/.exec(bytes.toString('utf8', at)) ?? []
    if (length === '') break
    const start = at + length.length + name.length + 2
    records.set(name, bytes.toString('utf8', start, at + Number(length) - 1))
    at += Number(length)
  }
  return records
}
