import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import type { ToolCache } from '../ports.ts'

/** The runner's tool cache; the library behind it is loaded only when something must be looked up. */
export const runnerToolCache: ToolCache = {
  find: async (name, version) => (await load()).find(name, version) || undefined,
  download: async (url) => (await load()).downloadTool(url),
  keepZip: async (zipPath, name, version) => {
    const { cacheDir, extractZip } = await load()
    return cacheDir(await extractZip(zipPath), name, version)
  },
  sha256: async (path) => {
    const hash = createHash('sha256')
    await pipeline(createReadStream(path), hash)
    return hash.digest('hex')
  },
}

function load(): Promise<typeof import('@actions/tool-cache')> {
  return import('@actions/tool-cache')
}
