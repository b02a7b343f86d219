import { describe, expect, it } from '@jest/globals'
import {
  commaFields,
  plainWords,
  readArguments,
  readEnvironment,
} from '../../../../../src/image/dockerfile/text/arguments.ts'

describe('plainWords', () => {
  it.each([
    ['', []],
    ['a  b\tc', ['a', 'b', 'c']],
    ['["a b", "c"]', ['a b', 'c']],
    ['[a, b]', ['[a,', 'b]']],
    ['[]', []],
  ])('reads %j', (rest, words) => {
    expect(plainWords(rest)).toEqual(words)
  })
})

describe('readArguments', () => {
  it.each([
    ['A', [{ name: 'A', value: undefined }]],
    ['A=', [{ name: 'A', value: '' }]],
    [
      'A=1 B="x y" C',
      [
        { name: 'A', value: '1' },
        { name: 'B', value: '"x y"' },
        { name: 'C', value: undefined },
      ],
    ],
    ['A=x\\ y', [{ name: 'A', value: 'x\\ y' }]],
    [
      `A='x\\' B=2`,
      [
        { name: 'A', value: `'x\\'` },
        { name: 'B', value: '2' },
      ],
    ],
    ['A=1=2', [{ name: 'A', value: '1=2' }]],
  ])('reads %s', (rest, expected) => {
    expect(readArguments(rest, '\\')).toEqual(expected)
  })
})

describe('readEnvironment', () => {
  it.each([
    [
      'A=1 B=2',
      [
        { name: 'A', value: '1' },
        { name: 'B', value: '2' },
      ],
    ],
    ['A some words', [{ name: 'A', value: 'some words' }]],
    ['A', []],
  ])('reads %s', (rest, expected) => {
    expect(readEnvironment(rest, '\\')).toEqual(expected)
  })
})

describe('commaFields', () => {
  it.each([
    ['type=bind,from=a', ['type=bind', 'from=a']],
    ['type=bind,"from=a,b"', ['type=bind', 'from=a,b']],
    ['"a ""b"""', ['a "b"']],
    ['', ['']],
  ])('reads %s', (text, fields) => {
    expect(commaFields(text)).toEqual(fields)
  })

  it('refuses a quote inside a field', () => {
    expect(() => commaFields('a"b"')).toThrow('quote in the wrong place')
  })
})
