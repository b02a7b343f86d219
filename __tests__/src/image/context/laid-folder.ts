import { chmod, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** `'a'` is a file, `'a/'` a folder; content `'-> x'` is a link, `'#!…'` an executable. */
export type Layout = Readonly<Record<string, string>>

/** A real folder with links of its own path resolved; gone after `await using`. */
export interface LaidFolder extends AsyncDisposable {
  readonly path: string
  add(layout: Layout): Promise<void>
}

export async function layFolder(layout: Layout): Promise<LaidFolder> {
  const path = await realpath(await mkdtemp(join(tmpdir(), 'laid-')))
  // Reachable for a test that gives up its rights.
  await chmod(path, 0o755)
  const folder: LaidFolder = {
    path,
    add: async (more) => {
      for (const [name, content] of Object.entries(more)) await layDown(join(path, name), content)
    },
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }),
  }
  await folder.add(layout)
  return folder
}

async function layDown(path: string, content: string): Promise<void> {
  await mkdir(path.endsWith('/') ? path : dirname(path), { recursive: true })
  if (path.endsWith('/')) return
  if (content.startsWith('-> ')) return await symlink(content.slice(3), path)
  await writeFile(path, content, { mode: content.startsWith('#!') ? 0o755 : 0o644 })
}

/** Runs `work` as somebody who may not read everything, as the runner's user. */
export async function withoutRights<T>(work: () => Promise<T>): Promise<T> {
  if (process.geteuid?.() !== 0) return await work()
  process.seteuid?.(65_534)
  try {
    return await work()
  } finally {
    process.seteuid?.(0)
  }
}
