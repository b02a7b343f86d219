import { describe, expect, it } from '@jest/globals'
import { pathsOf, readLaid } from './laid-context.ts'
import type { Layout } from './laid-folder.ts'

describe('readBuildContext for the classic builder', () => {
  it.each<[string, string, Layout, readonly string[]]>([
    ['no ignore file', 'Dockerfile', {}, ['Dockerfile', 'a', 'a/b']],
    [
      'one of BuildKit only',
      'Dockerfile',
      { 'c/Dockerfile.dockerignore': '*' },
      ['Dockerfile', 'Dockerfile.dockerignore', 'a', 'a/b'],
    ],
    [
      'the build files named',
      'Dockerfile',
      { 'c/.dockerignore': 'Dockerfile\n.dockerignore' },
      ['a', 'a/b'],
    ],
    ['all ignored', 'Dockerfile', { 'c/.dockerignore': '*' }, []],
    // The client sends the Dockerfile, and with it its folder, which is left when it is gone.
    [
      'all ignored, the Dockerfile in a folder',
      'a/D',
      { 'c/.dockerignore': '*', 'c/a/D': '' },
      ['a'],
    ],
    // The client asks another folder than the engine would, and does not send the Dockerfile.
    [
      'its folder ignored in a way that the client overlooks',
      'a/D',
      { 'c/.dockerignore': '**/a', 'c/a/D': '' },
      ['.dockerignore', 'Dockerfile'],
    ],
    ['a path brought back', 'Dockerfile', { 'c/.dockerignore': '*\n!a/b' }, ['a', 'a/b']],
    // BuildKit would enter the folder.
    ['a kind brought back', 'Dockerfile', { 'c/.dockerignore': '*\n!**/b' }, []],
    [
      'a kind brought back from a folder',
      'Dockerfile',
      { 'c/.dockerignore': '*\n!a/*' },
      ['a', 'a/b'],
    ],
    [
      'a Dockerfile outside',
      '../D',
      { 'c/.dockerignore': 'Dockerfile', D: '' },
      ['.dockerignore', 'a', 'a/b'],
    ],
    [
      'a dockerfile in lower case',
      'Dockerfile',
      { 'c/Dockerfile': '-> no', 'c/.dockerignore': 'a' },
      ['.dockerignore', 'Dockerfile'],
    ],
  ])('%s', async (_, dockerfile, layout, paths) => {
    const all = { 'c/Dockerfile': '', 'c/a/b': '', ...layout }
    expect(pathsOf(await readLaid(all, { builder: 'classic', dockerfile }))).toEqual(paths)
  })

  it('counts dockerfile where there is no Dockerfile', async () => {
    const layout = { 'c/dockerfile': '', 'c/.dockerignore': '*', 'c/a': '' }
    expect(pathsOf(await readLaid(layout, { builder: 'classic' }))).toEqual([])
  })

  it('follows a link of the ignore file to outside, and says that it is odd', async () => {
    const layout = { 'c/.dockerignore': '-> ../ignores', ignores: 'a', 'c/a': '', 'c/b': '' }
    const { root, entries, oddities } = await readLaid(layout, { builder: 'classic' })
    expect(entries.map(({ path }) => path)).toEqual(['.dockerignore', 'b'])
    expect(oddities).toEqual([`${root}/.dockerignore is a link`])
  })

  it('has no trouble with a link to nothing', async () => {
    const layout = { 'c/.dockerignore': '-> no', 'c/a': '' }
    expect(pathsOf(await readLaid(layout, { builder: 'classic' }))).toEqual(['.dockerignore', 'a'])
  })
})
