import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { ToolCache } from '../../ports.ts'

/** The runner's tool cache; the library behind it is loaded only when something must be looked up. */
export const runnerToolCache: ToolCache = {
  find: async (name, version) => (await load()).find(name, version) || undefined,
  download: async (url) => (await load()).downloadTool(url),
  keepZip: async (zipPath, name, version) => {
    const folder = await mkdtemp(join(dirname(zipPath), 'unpacked-'))
    await unpack(zipPath, folder)
    const kept = await (await load()).cacheDir(folder, name, version)
    await rm(folder, { recursive: true, force: true })
    return kept
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

/**
 * Writes the files at the top of a zip, executable. The tool cache's own extractZip wants a program
 * called unzip, which a self-hosted runner may not have.
 */
async function unpack(zipPath: string, folder: string): Promise<void> {
  const { unzipSync } = await import('fflate')
  const entries = unzipSync(await readFile(zipPath), { filter: ({ name }) => !name.includes('/') })
  await Promise.all(
    Object.entries(entries).map(([name, content]) =>
      writeFile(join(folder, name), content, { mode: 0o755 })
    )
  )
}
