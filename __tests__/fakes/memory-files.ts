import type { Files } from '../../src/ports.ts'

/** A disk that forgets; `history` tells what was ever written, also what is gone again. */
export class MemoryFiles implements Files {
  readonly contents = new Map<string, string>()
  readonly folders = new Set<string>()
  readonly history: { readonly path: string; readonly content: string }[] = []
  readonly removed: string[] = []

  async read(path: string): Promise<string> {
    const content = this.contents.get(path)
    if (content === undefined) throw new Error(`ENOENT: no such file ${path}`)
    return content
  }

  async writePrivate(path: string, content: string): Promise<void> {
    this.contents.set(path, content)
    this.history.push({ path, content })
  }

  async copyFolder(from: string, to: string): Promise<void> {
    for (const [path, content] of this.contents) {
      if (path.startsWith(`${from}/`)) this.contents.set(to + path.slice(from.length), content)
    }
    this.folders.add(to)
  }

  async makeFolder(path: string): Promise<void> {
    this.folders.add(path)
  }

  async remove(path: string): Promise<void> {
    this.removed.push(path)
    for (const known of [...this.contents.keys()]) {
      if (known === path || known.startsWith(`${path}/`)) this.contents.delete(known)
    }
    this.folders.delete(path)
  }

  async exists(path: string): Promise<boolean> {
    return this.contents.has(path) || this.folders.has(path)
  }
}
