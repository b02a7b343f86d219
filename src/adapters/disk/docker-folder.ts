import { mkdir, readdir, readFile, rm, symlink } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import type { ClientFolder } from '../../image/build/client-folder.ts'

const CONFIG = 'config.json'

/** The user's folder of Docker's client on this machine. */
export function dockerFolder(env: Readonly<Record<string, string | undefined>>): ClientFolder {
  const own = resolve(env['DOCKER_CONFIG'] || join(env['HOME'] || homedir(), '.docker'))
  return {
    readConfig: () => readFile(join(own, CONFIG), 'utf8').catch(ifMissing(undefined)),
    mirror: async (directory) => {
      await rm(directory, { recursive: true, force: true })
      await mkdir(directory, { recursive: true, mode: 0o700 })
      const names = await readdir(own).catch(ifMissing<string[]>([]))
      for (const name of names.filter((name) => name !== CONFIG)) {
        await symlink(join(own, name), join(directory, name))
      }
      // buildx writes there, also where the folder is not there yet: not into ours, which goes.
      return { BUILDX_CONFIG: env['BUILDX_CONFIG'] || join(own, 'buildx') }
    },
  }
}

/** Only what is not there is nothing; a file that may not be read is an error. */
function ifMissing<T>(instead: T): (error: unknown) => T {
  return (error) => {
    const isCoded = typeof error === 'object' && error !== null && 'code' in error
    if (isCoded && error.code === 'ENOENT') return instead
    throw error
  }
}
