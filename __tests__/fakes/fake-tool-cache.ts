import type { ToolCache } from '../../src/ports.ts'

export interface ToolCacheContents {
  /** `name version` of what an earlier job kept. */
  readonly kept?: readonly string[]
  /** SHA-256 by URL of what can be downloaded; anything else cannot. */
  readonly downloads?: Readonly<Record<string, string>>
}

/** Downloads to `/downloads/<file name>` and keeps in `/tools/<name>/<version>`. */
export class FakeToolCache implements ToolCache {
  readonly keptZips: string[] = []
  readonly downloaded: string[] = []
  readonly #contents: ToolCacheContents

  constructor(contents: ToolCacheContents = {}) {
    this.#contents = contents
  }

  async find(name: string, version: string): Promise<string | undefined> {
    return this.#contents.kept?.includes(`${name} ${version}`)
      ? `/tools/${name}/${version}`
      : undefined
  }

  async download(url: string): Promise<string> {
    if (this.#contents.downloads?.[url] === undefined) throw new Error(`404 Not Found: ${url}`)
    this.downloaded.push(url)
    return pathOf(url)
  }

  async keepZip(zipPath: string, name: string, version: string): Promise<string> {
    this.keptZips.push(zipPath)
    return `/tools/${name}/${version}`
  }

  async sha256(path: string): Promise<string> {
    const entries = Object.entries(this.#contents.downloads ?? {})
    return entries.find(([url]) => pathOf(url) === path)?.[1] ?? ''
  }
}

function pathOf(url: string): string {
  return `/downloads/${url.split('/').pop() ?? ''}`
}
