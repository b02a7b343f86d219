import { describe, expect, it } from '@jest/globals'
import { pathsOf, readLaid } from './laid-context.ts'
import type { Layout } from './laid-folder.ts'

describe('where the ignore file is looked for', () => {
  const LAYOUTS: readonly [string, string, Layout, string | undefined][] = [
    ['at the top', 'Dockerfile', { 'c/.dockerignore': 'a' }, 'c/.dockerignore'],
    [
      'beside a Dockerfile at the top',
      'Dockerfile',
      { 'c/.dockerignore': 'b', 'c/Dockerfile.dockerignore': 'a' },
      'c/Dockerfile.dockerignore',
    ],
    [
      'beside a Dockerfile of another name',
      'x.df',
      { 'c/.dockerignore': 'b', 'c/x.df.dockerignore': 'a' },
      'c/x.df.dockerignore',
    ],
    [
      'not beside another Dockerfile',
      'x.df',
      { 'c/.dockerignore': 'a', 'c/Dockerfile.dockerignore': 'b' },
      'c/.dockerignore',
    ],
    [
      'beside a Dockerfile in a folder',
      'f/Dockerfile',
      { 'c/.dockerignore': 'b', 'c/f/Dockerfile.dockerignore': 'a' },
      'c/f/Dockerfile.dockerignore',
    ],
    [
      'not in the folder of the Dockerfile',
      'f/Dockerfile',
      { 'c/f/.dockerignore': 'b', 'c/f/Dockerfile': '' },
      undefined,
    ],
    [
      'beside a Dockerfile outside',
      '../o/Dockerfile',
      { 'c/.dockerignore': 'b', 'o/Dockerfile.dockerignore': 'a' },
      'o/Dockerfile.dockerignore',
    ],
    [
      'at the top with a Dockerfile outside',
      '../o/Dockerfile',
      { 'c/.dockerignore': 'a', 'o/.dockerignore': 'b' },
      'c/.dockerignore',
    ],
    [
      'beside a dockerfile in lower case',
      'Dockerfile',
      { 'c/dockerfile': '', 'c/dockerfile.dockerignore': 'a', 'c/Dockerfile.dockerignore': 'b' },
      'c/dockerfile.dockerignore',
    ],
    [
      'beside a Dockerfile that is a link',
      'Dockerfile',
      {
        'c/Dockerfile': '-> f/x',
        'c/f/x': '',
        'c/f/x.dockerignore': 'b',
        'c/Dockerfile.dockerignore': 'a',
      },
      'c/Dockerfile.dockerignore',
    ],
    [
      'through a link',
      'Dockerfile',
      { 'c/.dockerignore': '-> f/ig', 'c/f/ig': 'a' },
      'c/.dockerignore',
    ],
    [
      'through two links, one of a folder',
      'Dockerfile',
      { 'c/.dockerignore': '-> g/ig', 'c/g': '-> f', 'c/f/ig': '-> ./ih', 'c/f/ih': 'a' },
      'c/.dockerignore',
    ],
    [
      'through a link to /, which is the top',
      'Dockerfile',
      { 'c/.dockerignore': '-> /f/ig', 'c/f/ig': 'a' },
      'c/.dockerignore',
    ],
    [
      'through a link in a folder to /, which is the top',
      'Dockerfile',
      { 'c/.dockerignore': '-> f/l', 'c/f/l': '-> /ig', 'c/ig': 'a' },
      'c/.dockerignore',
    ],
    [
      'through a link to what is outside: it stays inside',
      'Dockerfile',
      { 'c/.dockerignore': '-> ../../ig', ig: 'b', 'c/ig': 'a' },
      'c/.dockerignore',
    ],
    [
      'through a link over a folder that is not there',
      'Dockerfile',
      { 'c/.dockerignore': '-> no/../ig', 'c/ig': 'a' },
      'c/.dockerignore',
    ],
    ['not through a link to nothing', 'Dockerfile', { 'c/.dockerignore': '-> no' }, undefined],
    [
      'not through a link to itself',
      'Dockerfile',
      { 'c/.dockerignore': '-> .dockerignore' },
      undefined,
    ],
    ['not in a folder of this name', 'Dockerfile', { 'c/.dockerignore/x': 'b' }, undefined],
    [
      'at the top, with a folder beside the Dockerfile',
      'Dockerfile',
      { 'c/Dockerfile.dockerignore/x': 'b', 'c/.dockerignore': 'a' },
      'c/.dockerignore',
    ],
    [
      'in an empty file beside the Dockerfile',
      'Dockerfile',
      { 'c/Dockerfile.dockerignore': '', 'c/.dockerignore': 'b' },
      'c/Dockerfile.dockerignore',
    ],
    [
      'with a Dockerfile that is not there',
      '../no/Dockerfile',
      { 'c/.dockerignore': 'a' },
      'c/.dockerignore',
    ],
  ]

  it.each(LAYOUTS)('%s', async (_, dockerfile, layout, ignoreFile) => {
    const context = await readLaid({ 'c/a': '', 'c/b': '', ...layout }, { dockerfile })
    const top = context.root.slice(0, -1)
    expect(context.oddities.filter((oddity) => oddity.endsWith('is a link'))).toEqual([])
    expect(context.ignoreFile).toBe(ignoreFile && `${top}${ignoreFile}`)
    const content = ignoreFile === undefined || layout[ignoreFile] === '' ? '' : 'a'
    expect(pathsOf(context).filter((path) => /^[ab]$/.test(path))).toEqual(
      content === 'a' ? ['b'] : ['a', 'b']
    )
  })

  it('says that an empty one beside the Dockerfile does not count for every frontend', async () => {
    const layout = { 'c/Dockerfile.dockerignore': '', 'c/.dockerignore': 'a' }
    const { ignoreFile, oddities } = await readLaid(layout)
    expect(oddities).toEqual([`${ignoreFile} is empty`])
    expect((await readLaid({ 'c/.dockerignore': '' })).oddities).toEqual([])
  })
})
