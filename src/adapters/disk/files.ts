import { chmod, cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Files } from '../../ports.ts'

export const localFiles: Files = {
  read: (path) => readFile(path, 'utf8'),
  writePrivate: async (path, content) => {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    await writeFile(path, content, { mode: 0o600 })
    // The mode of writeFile counts only for a file that was not there before.
    await chmod(path, 0o600)
  },
  copyFolder: (from, to) => cp(from, to, { recursive: true, force: true }),
  makeFolder: async (path) => {
    await mkdir(path, { recursive: true, mode: 0o700 })
  },
  remove: (path) => rm(path, { recursive: true, force: true }),
}
