import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { localTree } from '../../../../src/adapters/disk/tree.ts'
import { readBuildContext } from '../../../../src/image/context/build-context.ts'
import { pathsOf, readLaid } from './laid-context.ts'
import { layFolder } from './laid-folder.ts'

const { signal } = new AbortController()

describe('readBuildContext', () => {
  it('tells what COPY . / gets, in the order of bytes', async () => {
    const { entries, ignoreFile, oddities } = await readLaid({
      'c/b': 'four',
      'c/run.sh': '#!/bin/sh',
      'c/link': '-> ../outside',
      'c/a/empty/': '',
      'c/a-': '',
      'c/\u{1F600}': '',
      'c/\uFFFF': '',
    })
    const file = { kind: 'file', isExecutable: false, sizeBytes: 0 }
    const folder = { kind: 'folder', isExecutable: false, sizeBytes: 0 }
    expect(entries).toEqual([
      { path: 'a', ...folder },
      { path: 'a-', ...file },
      { path: 'a/empty', ...folder },
      { path: 'b', ...file, sizeBytes: 4 },
      { path: 'link', kind: 'link', isExecutable: false, sizeBytes: 0, target: '../outside' },
      { path: 'run.sh', kind: 'file', isExecutable: true, sizeBytes: 9 },
      { path: '\uFFFF', ...file },
      { path: '\u{1F600}', ...file },
    ])
    expect(ignoreFile).toBeUndefined()
    expect(oddities).toEqual([])
  })

  it.each<[string, string, readonly string[]]>([
    [
      'nothing ignored',
      '',
      ['.dockerignore', 'Dockerfile', 'a', 'a/b', 'a/b/x.md', 'a/c', 'l', 'z'],
    ],
    [
      'Dockerfile and ignore file ignored',
      'Dockerfile\n.dockerignore',
      ['a', 'a/b', 'a/b/x.md', 'a/c', 'l', 'z'],
    ],
    ['a folder ignored', 'a', ['.dockerignore', 'Dockerfile', 'l', 'z']],
    ['what is in a folder ignored', 'a/*', ['.dockerignore', 'Dockerfile', 'a', 'l', 'z']],
    ['all ignored', '**', []],
    ['one path brought back, with its folders', '*\n!a/b/x.md', ['a', 'a/b', 'a/b/x.md']],
    ['one kind brought back from everywhere', '*\n!**/*.md', ['a', 'a/b', 'a/b/x.md']],
    ['a folder brought back', '*\n!a/b', ['a', 'a/b', 'a/b/x.md']],
    ['nothing there to be brought back', '*\n!a/q', []],
    ['a link, as a file', 'l\na\n*ocker*', ['z']],
    // A link to a folder is not looked into.
    ['what a link leads to', '*\n!l/b', []],
  ])('%s', async (_, ignore, paths) => {
    const context = await readLaid({
      'c/Dockerfile': '',
      'c/.dockerignore': ignore,
      'c/a/b/x.md': '',
      'c/a/c': '',
      'c/l': '-> a',
      'c/z': '',
    })
    expect(pathsOf(context)).toEqual(paths)
  })

  it('says that a file arrives empty where BuildKit contradicts itself', async () => {
    const { oddities } = await readLaid({
      'c/.dockerignore': 'a\n!a/b\n!a/empty\na',
      'c/a/b': 'text',
      'c/a/empty': '',
      'c/a/c': '',
    })
    expect(oddities).toEqual([
      'a/b arrives empty: BuildKit takes the ignore file in two ways, since a line after an exception ignores its folder again',
    ])
  })

  it('says that an ignore file is not UTF-8', async () => {
    await using folder = await layFolder({ a: '' })
    await writeFile(join(folder.path, '.dockerignore'), Buffer.from([0x61, 0xff]))
    const options = { root: folder.path, dockerfile: `${folder.path}/Dockerfile`, signal }
    const { oddities } = await readBuildContext(localTree, { ...options, builder: 'buildkit' })
    expect(oddities).toEqual([`${folder.path}/.dockerignore is not UTF-8`])
  })

  it('follows a link to the context itself', async () => {
    await using folder = await layFolder({
      'real/a': '',
      'real/.dockerignore': '',
      link: '-> real',
    })
    const root = join(folder.path, 'link')
    const options = { root, dockerfile: join(root, 'Dockerfile'), signal }
    const context = await readBuildContext(localTree, { ...options, builder: 'buildkit' })
    expect(context.root).toBe(join(folder.path, 'real'))
    expect(pathsOf(context)).toEqual(['.dockerignore', 'a'])
    expect(context.ignoreFile).toBe(join(root, '.dockerignore'))
  })
})
