import { BLOCK_BYTES, isZeroBlock, parseHeader, parseRecords, TarError } from '../tar/header.ts'

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

/**
 * Finds the regular files of an archive by reading its headers alone.
 *
 * @throws TarError when it is none
 */
export async function indexTar(file: RandomAccess): Promise<ReadonlyMap<string, TarEntry>> {
  const entries = new Map<string, TarEntry>()
  let extended: ReadonlyMap<string, string> = new Map()
  for (let at = 0; at + BLOCK_BYTES <= file.sizeBytes; ) {
    const block = Buffer.from(await file.read(at, BLOCK_BYTES))
    if (isZeroBlock(block)) break
    const header = parseHeader(block)
    const sizeBytes = Number(extended.get('size') ?? header.sizeBytes)
    if (!Number.isSafeInteger(sizeBytes)) throw new TarError('has an entry of an impossible size')
    const offset = at + BLOCK_BYTES
    if (header.type === 'x') {
      extended = parseRecords(Buffer.from(await file.read(offset, sizeBytes)))
    } else {
      const name = (extended.get('path') ?? header.path).replace(/^\.\//, '')
      if (header.kind === 'file') entries.set(name, { offset, sizeBytes })
      extended = new Map()
    }
    at = offset + Math.ceil(sizeBytes / BLOCK_BYTES) * BLOCK_BYTES
  }
  return entries
}
