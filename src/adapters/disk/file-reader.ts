import { open } from 'node:fs/promises'
import type { OpenFile } from '../../image/push/tar.ts'

/** Reads parts of files of this machine. */
export const openLocalFile: OpenFile = async (path) => {
  const handle = await open(path, 'r')
  const { size } = await handle.stat()
  return {
    sizeBytes: size,
    read: async (offset, length) => {
      const bytes = Buffer.alloc(length)
      const { bytesRead } = await handle.read(bytes, 0, length, offset)
      return bytes.subarray(0, bytesRead)
    },
    close: () => handle.close(),
  }
}
