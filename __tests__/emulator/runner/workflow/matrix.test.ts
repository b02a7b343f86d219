import { describe, expect, it } from '@jest/globals'
import { expandMatrix, renderLeg } from '../../../../emulator/runner/workflow/matrix.ts'

describe('expandMatrix', () => {
  it.each([
    ['one vector', { n: [1, 2] }, [{ n: 1 }, { n: 2 }]],
    [
      'two vectors, the last one turning fastest',
      { a: [1, 2], b: ['x', 'y'] },
      [
        { a: 1, b: 'x' },
        { a: 1, b: 'y' },
        { a: 2, b: 'x' },
        { a: 2, b: 'y' },
      ],
    ],
    [
      'exclusions, also partial ones',
      { a: [1, 2], b: ['x', 'y'], exclude: [{ a: 1, b: 'x' }, { a: 2 }] },
      [{ a: 1, b: 'y' }],
    ],
    ['only included ones', { include: [{ a: 1 }, { a: 2 }] }, [{ a: 1 }, { a: 2 }]],
    [
      // The example of GitHub's documentation.
      'inclusions that extend, overwrite what was included before, or stand alone',
      {
        fruit: ['apple', 'pear'],
        animal: ['cat', 'dog'],
        include: [
          { color: 'green' },
          { color: 'pink', animal: 'cat' },
          { fruit: 'apple', shape: 'circle' },
          { fruit: 'banana' },
          { fruit: 'banana', animal: 'cat' },
        ],
      },
      [
        { fruit: 'apple', animal: 'cat', color: 'pink', shape: 'circle' },
        { fruit: 'apple', animal: 'dog', color: 'green', shape: 'circle' },
        { fruit: 'pear', animal: 'cat', color: 'pink' },
        { fruit: 'pear', animal: 'dog', color: 'green' },
        { fruit: 'banana' },
        { fruit: 'banana', animal: 'cat' },
      ],
    ],
    [
      'objects as values',
      { os: [{ name: 'a' }, { name: 'b' }], exclude: [{ os: { name: 'a' } }] },
      [{ os: { name: 'b' } }],
    ],
  ])('%s', (_, matrix, legs) => {
    expect(expandMatrix(matrix)).toEqual(legs)
  })

  it.each([
    ['nothing', {}, 'Matrix must define at least one vector'],
    ['an empty vector', { a: [] }, 'Matrix must define at least one vector'],
    ['a vector that is none', { a: 1 }, "Matrix vector 'a' is not a list."],
    [
      'too many',
      { a: Array.from({ length: 17 }, (_, n) => n), b: Array.from({ length: 16 }, (_, n) => n) },
      'The matrix has 272 jobs, more than 256.',
    ],
  ])('refuses %s', (_, matrix, message) => {
    expect(() => expandMatrix(matrix)).toThrow(message)
  })
})

describe('renderLeg', () => {
  it('lists the values', () => {
    expect(renderLeg({ os: { name: 'linux', bits: 64 }, node: 24, list: [1, 2] })).toBe(
      '(linux, 64, 24, 1, 2)'
    )
  })
})
