import { posix } from 'node:path'
import type { Tree, TreeFacts, TreeNode } from '../../src/image/context/tree.ts'

/** Folders and files in memory, below one absolute path. */
export class MemoryTree implements Tree {
  /** Contents by path relative to the root. */
  readonly files = new Map<string, string>()
  readonly #root: string

  constructor(root: string, files: Readonly<Record<string, string>> = {}) {
    this.#root = root
    for (const [path, content] of Object.entries(files)) this.files.set(path, content)
  }

  async resolve(path: string): Promise<string> {
    this.#kindOf(path)
    return posix.resolve(this.#root, path)
  }

  async list(folder: string): Promise<readonly TreeNode[]> {
    const prefix = this.#relative(folder) === '' ? '' : `${this.#relative(folder)}/`
    const names = [...this.files.keys()]
      .filter((path) => path.startsWith(prefix))
      .map((path) => path.slice(prefix.length).split('/')[0] ?? '')
    return [...new Set(names)].map((name) => ({
      name,
      kind: this.#kindOf(posix.join(folder, name)),
      isUtf8: true,
    }))
  }

  async inspect(path: string): Promise<TreeFacts> {
    const kind = this.#kindOf(path)
    const sizeBytes = kind === 'file' ? Buffer.byteLength(this.#contentOf(path)) : 0
    return { kind, sizeBytes, isExecutable: false, hasSpecialBits: false }
  }

  async *read(path: string): AsyncGenerator<Uint8Array> {
    yield Buffer.from(this.#contentOf(path))
  }

  #relative(path: string): string {
    return posix.relative(this.#root, posix.resolve(this.#root, path))
  }

  #contentOf(path: string): string {
    return this.files.get(this.#relative(path)) ?? ''
  }

  #kindOf(path: string): 'file' | 'folder' {
    const relative = this.#relative(path)
    if (this.files.has(relative)) return 'file'
    const isFolder = [...this.files.keys()].some((file) => file.startsWith(`${relative}/`))
    if (relative === '' || isFolder) return 'folder'
    throw Object.assign(new Error(`ENOENT: no such file ${path}`), { code: 'ENOENT' })
  }
}
