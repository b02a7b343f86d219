import { execFileSync } from 'node:child_process'
import { chmod, mkdir, rm, symlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { localTree } from '../../../../src/adapters/disk/tree.ts'
import { type BuildContext, readBuildContext } from '../../../../src/image/context/build-context.ts'
import { digestContext } from '../../../../src/image/context/digest.ts'
import type { Tree } from '../../../../src/image/context/tree.ts'
import { layFolder, withoutRights } from './laid-folder.ts'

const builders = ['buildkit', 'classic'] as const
const { signal } = new AbortController()

async function list(root: string, tree: Tree = localTree): Promise<BuildContext> {
  const options = { root, dockerfile: join(root, 'Dockerfile'), builder: 'buildkit' as const }
  return await readBuildContext(tree, { ...options, signal })
}

const imageContext = (message: string): object => ({ code: 'IMAGE_CONTEXT', message })

describe('readBuildContext', () => {
  it.each(builders)('says that there is no such folder (%s)', async (builder) => {
    await using folder = await layFolder({ a: '' })
    for (const root of [
      join(folder.path, 'no'),
      join(folder.path, 'a'),
      join(folder.path, 'a/b'),
    ]) {
      const options = { root, dockerfile: join(root, 'Dockerfile'), builder, signal }
      await expect(readBuildContext(localTree, options)).rejects.toMatchObject({
        ...imageContext(`The build context ${root} is not a folder.`),
        hint: expect.stringContaining('input `context`'),
      })
    }
  })

  it.each(builders)('names a pattern that docker refuses (%s)', async (builder) => {
    await using folder = await layFolder({ '.dockerignore': 'a\n[' })
    const root = folder.path
    const options = { root, dockerfile: join(root, 'Dockerfile'), builder, signal }
    await expect(readBuildContext(localTree, options)).rejects.toMatchObject({
      ...imageContext(
        `${root}/.dockerignore is not valid: the pattern "[" cannot be understood (a set has no end or an empty range).`
      ),
      hint: 'Docker cannot use it either: mend it or take it out.',
    })
  })

  it('refuses a control character, which BuildKit cannot send, unless it has to encode anyway', async () => {
    await using folder = await layFolder({ '.dockerignore': 'a\tb', c: '' })
    await expect(list(folder.path)).rejects.toMatchObject(
      imageContext(
        `${folder.path}/.dockerignore is not valid: the pattern "a\\tb" has a control character.`
      )
    )
    await folder.add({ '.dockerignore': 'a\tb\né' })
    expect((await list(folder.path)).entries).toHaveLength(2)
  })

  it.each(builders)('says which folder is closed to it, and what to do (%s)', async (builder) => {
    await using folder = await layFolder({ "it's/a": '' })
    const closed = join(folder.path, "it's")
    await chmod(closed, 0)
    const options = { root: folder.path, dockerfile: 'Dockerfile', builder, signal }
    await withoutRights(async () => {
      await expect(readBuildContext(localTree, options)).rejects.toMatchObject({
        ...imageContext(`${closed} cannot be read for the image: no permission.`),
        hint: expect.stringContaining(`sudo chmod -R a+rX '${folder.path}/it'\\''s'`),
      })
    })
  })

  it.each(builders)('has no trouble with a closed folder that is ignored (%s)', async (builder) => {
    // The second exception makes BuildKit try to enter it.
    await using folder = await layFolder({ 'b/a': '', '.dockerignore': 'b\n!b/x\n!**/y' })
    await chmod(join(folder.path, 'b'), 0)
    const options = { root: folder.path, dockerfile: 'Dockerfile', builder, signal }
    const { entries } = await withoutRights(() => readBuildContext(localTree, options))
    expect(entries.map(({ path }) => path)).toEqual(['.dockerignore'])
  })

  it.each(builders)('does not take a closed ignore file for an empty one (%s)', async (builder) => {
    await using folder = await layFolder({ '.dockerignore': 'secret', secret: '' })
    const closed = join(folder.path, '.dockerignore')
    await chmod(closed, 0)
    const options = { root: folder.path, dockerfile: join(folder.path, 'D'), builder, signal }
    await withoutRights(async () => {
      await expect(readBuildContext(localTree, options)).rejects.toMatchObject(
        imageContext(`${closed} cannot be read for the image: no permission.`)
      )
    })
  })

  it('tells what cannot be told by its content', async () => {
    await using folder = await layFolder({
      'a/set-id': '#!',
      'ignored/': '',
      '.dockerignore': 'ignored',
    })
    const root = folder.path
    const server = createServer().listen(join(root, 'a/socket'))
    const ignored = createServer().listen(join(root, 'ignored/socket'))
    try {
      execFileSync('mkfifo', [join(root, 'a/pipe')])
      await chmod(join(root, 'a/set-id'), 0o4755)
      await writeFile(Buffer.concat([Buffer.from(`${root}/a/`), Buffer.from([0xff])]), '')
      await mkdir(Buffer.concat([Buffer.from(`${root}/a/`), Buffer.from([0xfe])]))
      await symlink(Buffer.from([0xff]), join(root, 'a/link'))
      const { entries, oddities } = await list(root)
      expect(entries.map(({ path }) => path)).toEqual(['.dockerignore', 'a', 'a/link', 'a/set-id'])
      expect(oddities).toEqual([
        'a/link leads to what is not UTF-8',
        'a/pipe is a named pipe',
        'a/set-id has a set-id or sticky bit',
        'a/socket is a socket',
        'a/\uFFFD has a name that is not UTF-8',
        'a/\uFFFD has a name that is not UTF-8',
      ])
    } finally {
      server.close()
      ignored.close()
    }
  })

  it('takes a name with U+FFFD for what it is', async () => {
    await using folder = await layFolder({ 'a\uFFFD': '' })
    const { entries, oddities } = await list(folder.path)
    expect(entries.map(({ path }) => path)).toEqual(['a\uFFFD'])
    expect(oddities).toEqual([])
  })

  it('does not look into what is ignored for good', async () => {
    await using folder = await layFolder({
      '.dockerignore': 'node_modules\n.git\n!src/**\n!src/*',
      'node_modules/a/b': '',
      '.git/objects/a': '',
      'src/x': '',
    })
    const seen: string[] = []
    const tree: Tree = {
      ...localTree,
      list: async (path) => {
        seen.push(path.slice(folder.path.length))
        return await localTree.list(path)
      },
    }
    await list(folder.path, tree)
    // Once for the name of the Dockerfile, once for the context.
    expect(seen).toEqual(['', '', '/src'])
  })

  it.each<[string, (path: string) => Promise<void>]>([
    ['vanished', (path) => rm(path, { force: true })],
    ['became a link', (path) => rm(path).then(() => symlink('x', path))],
  ])('says that something %s meanwhile', async (_, change) => {
    await using folder = await layFolder({ a: '' })
    const tree: Tree = {
      ...localTree,
      list: async (path) => {
        const nodes = await localTree.list(path)
        await change(join(path, 'a'))
        return nodes
      },
    }
    const root = folder.path
    const options = { root, dockerfile: join(root, 'x.df'), builder: 'buildkit' as const, signal }
    await expect(readBuildContext(tree, options)).rejects.toMatchObject({
      ...imageContext(
        `${root}/a changed or vanished while it was read for the image, so what would be built is not certain.`
      ),
      hint: expect.stringContaining('.dockerignore'),
    })
  })

  it('stops when it is told to', async () => {
    await using folder = await layFolder({ 'a/b/c': '' })
    const stop = new AbortController()
    const tree: Tree = {
      ...localTree,
      list: async (path) => {
        if (path.endsWith('/a')) stop.abort(new Error('enough'))
        return await localTree.list(path)
      },
    }
    const options = { root: folder.path, dockerfile: 'x.df', builder: 'buildkit' as const }
    await expect(readBuildContext(tree, { ...options, signal: stop.signal })).rejects.toThrow(
      'enough'
    )
  })

  it('tells why it was stopped, whatever fails at the same time', async () => {
    await using folder = await layFolder({ a: '' })
    const stop = new AbortController()
    const tree: Tree = {
      ...localTree,
      list: async () => {
        stop.abort(new Error('enough'))
        throw new Error('the disk is gone')
      },
    }
    const options = { root: folder.path, dockerfile: 'x.df', builder: 'buildkit' as const }
    await expect(readBuildContext(tree, { ...options, signal: stop.signal })).rejects.toThrow(
      'enough'
    )
  })

  it('passes on what the system says of anything else', async () => {
    await using folder = await layFolder({ a: '' })
    const tree: Tree = { ...localTree, list: () => Promise.reject(new Error('the disk is gone')) }
    const options = { root: folder.path, dockerfile: 'x.df', builder: 'buildkit' as const, signal }
    await expect(readBuildContext(tree, options)).rejects.toMatchObject(
      imageContext(`${folder.path} cannot be read for the image: the disk is gone`)
    )
  })
})

describe('digestContext', () => {
  it.each<[string, (path: string) => Promise<void>]>([
    ['grows', (path) => writeFile(path, 'content and more')],
    ['shrinks', (path) => writeFile(path, 'con')],
    ['vanishes', (path) => rm(path)],
    [
      'becomes a folder',
      async (path) => {
        await rm(path)
        await mkdir(path)
      },
    ],
  ])('says that a file %s between listing and reading', async (_, change) => {
    await using folder = await layFolder({ 'a/b': 'content' })
    const context = await list(folder.path)
    const path = join(folder.path, 'a/b')
    await change(path)
    await expect(digestContext(localTree, context, signal)).rejects.toMatchObject(
      imageContext(
        `${path} changed or vanished while it was read for the image, so what would be built is not certain.`
      )
    )
  })

  it('says that a file is closed to it', async () => {
    await using folder = await layFolder({ a: 'content' })
    const context = await list(folder.path)
    await chmod(join(folder.path, 'a'), 0)
    await withoutRights(async () => {
      await expect(digestContext(localTree, context, signal)).rejects.toMatchObject(
        imageContext(`${folder.path}/a cannot be read for the image: no permission.`)
      )
    })
  })

  it('stops when it is told to', async () => {
    await using folder = await layFolder({ a: 'content' })
    const context = await list(folder.path)
    const reason = new Error('enough')
    await expect(digestContext(localTree, context, AbortSignal.abort(reason))).rejects.toBe(reason)
  })
})
