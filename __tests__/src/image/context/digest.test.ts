import { randomBytes } from 'node:crypto'
import { chmod, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { localTree } from '../../../../src/adapters/disk/tree.ts'
import { type BuildContext, readBuildContext } from '../../../../src/image/context/build-context.ts'
import { digestContext } from '../../../../src/image/context/digest.ts'
import type { Tree } from '../../../../src/image/context/tree.ts'
import { randomFrom, seedOfRun } from '../../release/random.ts'
import { type LaidFolder, type Layout, layFolder } from './laid-folder.ts'

const { signal } = new AbortController()

async function list(root: string, tree: Tree = localTree): Promise<BuildContext> {
  const options = { root, dockerfile: join(root, 'Dockerfile'), builder: 'buildkit' as const }
  return await readBuildContext(tree, { ...options, signal })
}

async function digest(root: string, tree: Tree = localTree): Promise<string> {
  return await digestContext(tree, await list(root, tree), signal)
}

async function digestOf(layout: Layout): Promise<string> {
  await using folder = await layFolder(layout)
  return await digest(folder.path)
}

describe('digestContext', () => {
  it('is the same today as when it was written down', async () => {
    const layout = { 'a/b': 'text', 'a/run': '#!', link: '-> a/b', 'empty/': '' }
    expect(await digestOf(layout)).toBe(
      '8d60a1abfb491045ab5375d949bf6f5196fae347a2e0db021e172dd22f9a1a7d'
    )
  })

  it('tells all of these apart', async () => {
    const layouts: readonly Layout[] = [
      {},
      { a: '' },
      { 'a/': '' },
      { 'a/b': '' },
      { a: '', b: '' },
      { ab: '' },
      { a: 'b' },
      { a: '-> b' },
      { a: '-> bc' },
      { ab: '-> c' },
      { a: '#!' },
      { A: '' },
      { é: '' },
      { 'e\u0301': '' },
      { 'a\nb': '' },
      { a: '0', b: '' },
      { a: '', b: '0' },
      { 'a/b': '', c: '' },
      { 'a/': '', b: '', c: '' },
    ]
    const digests = await Promise.all(layouts.map(digestOf))
    expect(new Set(digests).size).toBe(layouts.length)
  })

  it('reads a file of more than one chunk, to its last byte', async () => {
    const content = randomBytes(1_000_000)
    await using one = await layFolder({})
    await using other = await layFolder({})
    await writeFile(join(one.path, 'a'), content)
    await writeFile(join(other.path, 'a'), content)
    expect(await digest(one.path)).toBe(await digest(other.path))
    content[999_999] = (content[999_999] ?? 0) ^ 1
    await writeFile(join(other.path, 'a'), content)
    expect(await digest(one.path)).not.toBe(await digest(other.path))
  })

  it('holds no more than a chunk of a large file', async () => {
    await using folder = await layFolder({})
    await writeFile(join(folder.path, 'a'), Buffer.alloc(64 * 1024 * 1024, 'x'))
    const context = await list(folder.path)
    const sizes: number[] = []
    const tree: Tree = {
      ...localTree,
      read: async function* (path, sizeBytes, stop) {
        for await (const chunk of localTree.read(path, sizeBytes, stop)) {
          sizes.push(chunk.buffer.byteLength)
          yield chunk
        }
      },
    }
    await digestContext(tree, context, signal)
    expect(Math.max(...sizes)).toBeLessThanOrEqual(1024 * 1024)
  })

  it('leaves out what is ignored', async () => {
    await using folder = await layFolder({ '.dockerignore': 'a\n.dockerignore', a: 'x', b: '' })
    const before = await digest(folder.path)
    await folder.add({ a: 'y', 'a2/': '' })
    expect(await digest(folder.path)).not.toBe(before)
    await rm(join(folder.path, 'a2'), { recursive: true })
    expect(await digest(folder.path)).toBe(before)
  })
})

describe('digestContext of random trees', () => {
  const seed = seedOfRun()

  it(`depends on content alone (SEED=${seed})`, async () => {
    const random = randomFrom(seed)
    for (let round = 0; round < 25; round += 1) {
      const layout = randomLayout(random)
      await using one = await layFolder(layout)
      await using other = await layFolder(Object.fromEntries(Object.entries(layout).reverse()))
      await blur(other, layout)
      expect(await digest(other.path, backwards)).toBe(await digest(one.path))
    }
  })

  it(`changes with each change (SEED=${seed})`, async () => {
    const random = randomFrom(seed)
    for (let round = 0; round < 25; round += 1) {
      const layout = { ...randomLayout(random), file: 'content', link: '-> file' }
      await using folder = await layFolder(layout)
      const digests = new Set([await digest(folder.path)])
      for (const change of CHANGES) {
        await change(folder.path)
        digests.add(await digest(folder.path))
      }
      expect(digests.size).toBe(CHANGES.length + 1)
    }
  })
})

/** Lists every folder from its end. */
const backwards: Tree = {
  ...localTree,
  list: async (path) => [...(await localTree.list(path))].reverse(),
}

const CHANGES: readonly ((root: string) => Promise<void>)[] = [
  (root) => writeFile(join(root, 'file'), 'Content'),
  (root) => chmod(join(root, 'file'), 0o744),
  (root) => rename(join(root, 'file'), join(root, 'file2')),
  (root) => rm(join(root, 'link')),
  (root) => symlink('file2', join(root, 'link')),
  async (root) => {
    await rm(join(root, 'link'))
    await symlink('./file2', join(root, 'link'))
  },
  (root) => rename(join(root, 'link'), join(root, 'Link')),
]

const NAMES = ['a', 'b', 'A', 'a b', 'é', 'a\nb', '\u{1F600}', '-', 'a:1', '.env']

function randomLayout(random: () => number): Layout {
  const pick = (): string => NAMES[Math.floor(random() * NAMES.length)] ?? 'a'
  const layout: Record<string, string> = {}
  for (let count = 1 + Math.floor(random() * 12); count > 0; count -= 1) {
    const path = Array.from({ length: 1 + Math.floor(random() * 3) }, pick).join('/')
    // Not below a file, nor in a folder's place.
    const isTaken = Object.keys(layout).some(
      (other) => `${other}/`.startsWith(`${path}/`) || path.startsWith(`${other}/`)
    )
    if (!isTaken) layout[path] = random() < 0.2 ? `-> ${pick()}` : `${pick()}${random()}`
  }
  return layout
}

/** Everything that must not count: times, and rights of group and others. */
async function blur(folder: LaidFolder, layout: Layout): Promise<void> {
  for (const [name, content] of Object.entries(layout)) {
    if (content.startsWith('-> ')) continue
    await chmod(join(folder.path, name), 0o611)
    await utimes(join(folder.path, name), 1, 1)
  }
}
