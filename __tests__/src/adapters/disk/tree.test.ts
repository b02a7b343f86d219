import { execFileSync } from 'node:child_process'
import { appendFile, chmod, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { localTree } from '../../../../src/adapters/disk/tree.ts'
import { FileChangedError } from '../../../../src/image/context/tree.ts'
import { layFolder } from '../../image/context/laid-folder.ts'

const { signal } = new AbortController()
const MB = 1024 * 1024

async function readAll(path: string, sizeBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of localTree.read(path, sizeBytes, signal)) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks)
}

describe('localTree.list', () => {
  it('tells what stands under each name, and follows no link', async () => {
    await using folder = await layFolder({
      file: '',
      'folder/x': '',
      link: '-> folder',
      odd: '-> no',
    })
    const server = createServer().listen(join(folder.path, 'socket'))
    try {
      execFileSync('mkfifo', [join(folder.path, 'pipe')])
      const nodes = await localTree.list(folder.path)
      expect([...nodes].sort((a, b) => (a.name < b.name ? -1 : 1))).toEqual([
        { name: 'file', kind: 'file', isUtf8: true },
        { name: 'folder', kind: 'folder', isUtf8: true },
        { name: 'link', kind: 'link', isUtf8: true },
        { name: 'odd', kind: 'link', isUtf8: true },
        { name: 'pipe', kind: 'pipe', isUtf8: true },
        { name: 'socket', kind: 'socket', isUtf8: true },
      ])
    } finally {
      server.close()
    }
  })

  it('tells a device from the rest', async () => {
    const nodes = await localTree.list('/dev')
    expect(nodes).toContainEqual({ name: 'null', kind: 'device', isUtf8: true })
  })

  it('marks a name that is not UTF-8, and only that', async () => {
    await using folder = await layFolder({ 'a\uFFFD': '', é: '' })
    await writeFile(Buffer.concat([Buffer.from(`${folder.path}/b`), Buffer.from([0xe9])]), '')
    const nodes = await localTree.list(folder.path)
    expect(nodes.filter(({ isUtf8 }) => !isUtf8).map(({ name }) => name)).toEqual(['b\uFFFD'])
    expect(nodes).toHaveLength(3)
  })

  it('fails with the code of the system', async () => {
    await using folder = await layFolder({ file: '' })
    await expect(localTree.list(join(folder.path, 'no'))).rejects.toMatchObject({ code: 'ENOENT' })
    await expect(localTree.list(join(folder.path, 'file'))).rejects.toMatchObject({
      code: 'ENOTDIR',
    })
  })
})

describe('localTree.inspect', () => {
  it.each<[number, boolean, boolean]>([
    [0o644, false, false],
    [0o755, true, false],
    [0o700, true, false],
    // Not the owner's.
    [0o655, false, false],
    [0o4755, true, true],
    [0o2644, false, true],
    [0o1644, false, true],
  ])('of mode %o', async (mode, isExecutable, hasSpecialBits) => {
    await using folder = await layFolder({ a: 'four' })
    const path = join(folder.path, 'a')
    await chmod(path, mode)
    const facts = { kind: 'file', sizeBytes: 4, isExecutable, hasSpecialBits }
    expect(await localTree.inspect(path)).toEqual(facts)
  })

  it('of a folder and a link', async () => {
    await using folder = await layFolder({ 'a/b': 'x', l: '-> ../é//x' })
    const none = { sizeBytes: 0, isExecutable: false, hasSpecialBits: false }
    expect(await localTree.inspect(join(folder.path, 'a'))).toEqual({ kind: 'folder', ...none })
    const link = { kind: 'link', target: '../é//x', ...none }
    expect(await localTree.inspect(join(folder.path, 'l'))).toEqual(link)
  })
})

describe('localTree.resolve', () => {
  it('follows every link', async () => {
    await using folder = await layFolder({ 'a/b': '', l: '-> a', m: '-> l/b' })
    expect(await localTree.resolve(join(folder.path, 'm'))).toBe(join(folder.path, 'a/b'))
  })
})

describe('localTree.read', () => {
  it.each([0, 1, MB / 4 - 1, MB / 4, MB / 4 + 1, MB, MB + 3])(
    'reads %d bytes',
    async (sizeBytes) => {
      await using folder = await layFolder({})
      const path = join(folder.path, 'a')
      const content = Buffer.from(Array.from({ length: sizeBytes }, (_, index) => index % 251))
      await writeFile(path, content)
      expect((await readAll(path, sizeBytes)).equals(content)).toBe(true)
    }
  )

  it.each([
    [3, 4],
    [4, 3],
    [0, 1],
    [1, 0],
    [MB, MB + 1],
    [MB + 1, MB],
  ])('refuses a file of %d bytes that had %d', async (now, before) => {
    await using folder = await layFolder({ a: 'x'.repeat(now) })
    await expect(readAll(join(folder.path, 'a'), before)).rejects.toThrow(FileChangedError)
  })

  it('refuses a file that is written to meanwhile, even if it keeps its size', async () => {
    await using folder = await layFolder({ a: 'x'.repeat(MB) })
    const path = join(folder.path, 'a')
    await utimes(path, 1, 1)
    const change = async (): Promise<void> => {
      for await (const _ of localTree.read(path, MB, signal)) await utimes(path, 2, 2)
    }
    await expect(change()).rejects.toThrow(FileChangedError)
  })

  it('stops at a file without end', async () => {
    await using folder = await layFolder({ a: 'x'.repeat(MB) })
    const path = join(folder.path, 'a')
    let chunks = 0
    const read = async (): Promise<void> => {
      for await (const chunk of localTree.read(path, MB, signal)) {
        chunks += 1
        await appendFile(path, chunk)
      }
    }
    await expect(read()).rejects.toThrow(FileChangedError)
    expect(chunks).toBeLessThan(8)
  })

  it('waits for no pipe and follows no link in a file’s place', async () => {
    await using folder = await layFolder({ x: '' })
    const path = join(folder.path, 'a')
    execFileSync('mkfifo', [path])
    await expect(readAll(path, 3)).rejects.toThrow(FileChangedError)
    await rm(path)
    await symlink('x', path)
    await expect(readAll(path, 0)).rejects.toMatchObject({ code: 'ELOOP' })
  })

  it('leaves no file open when its reader has enough, or is stopped', async () => {
    await using folder = await layFolder({ a: 'x'.repeat(MB) })
    const path = join(folder.path, 'a')
    const isOpen = async (): Promise<boolean> => {
      const handles = await localTree.list('/proc/self/fd')
      const targets = handles.map(({ name }) => localTree.resolve(`/proc/self/fd/${name}`))
      return (await Promise.allSettled(targets)).some(
        (target) => target.status === 'fulfilled' && target.value === path
      )
    }
    for await (const _ of localTree.read(path, MB, signal)) {
      expect(await isOpen()).toBe(true)
      break
    }
    expect(await isOpen()).toBe(false)
    const stop = new AbortController()
    const read = async (): Promise<void> => {
      for await (const _ of localTree.read(path, MB, stop.signal)) stop.abort(new Error('enough'))
    }
    await expect(read()).rejects.toThrow('enough')
    expect(await isOpen()).toBe(false)
  })
})
