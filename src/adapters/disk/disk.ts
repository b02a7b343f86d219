import { stat, statfs } from 'node:fs/promises'
import type { Disk } from '../../commands/doctor/runner/files.ts'

/** The runner's disk; room is that of somebody who is not root. */
export const localDisk: Disk = {
  kindOf: async (path) => {
    try {
      return (await stat(path)).isDirectory() ? 'folder' : 'file'
    } catch {
      // Not there, or below a folder that is closed to us: neither can be used.
      return undefined
    }
  },
  freeBytes: async (path) => {
    const { bavail, bsize } = await statfs(path)
    return bavail * bsize
  },
}
