import { describe, expect, it } from '@jest/globals'
import { parsePairs } from '../../../emulator/runner/command-files.ts'

describe('parsePairs', () => {
  it.each([
    ['nothing', '', []],
    ['one value', 'a=1\n', [['a', '1']]],
    ['further signs of equality', 'a=b=c\n', [['a', 'b=c']]],
    [
      'a value of several lines',
      'a<<END\none\ntwo\nEND\nb=2\n',
      [
        ['a', 'one\ntwo'],
        ['b', '2'],
      ],
    ],
    ['an empty block', 'a<<END\nEND\n', [['a', '']]],
    ['a block that holds something like a pair', 'a<<END\nx=1\nEND\n', [['a', 'x=1']]],
    ['the last of two values', 'a=1\na=2\n', [['a', '2']]],
  ])('reads %s', (_, text, pairs) => {
    expect([...parsePairs(text)]).toEqual(pairs)
  })

  it('refuses a block without its end, as the runner does', () => {
    expect(() => parsePairs('a<<END\none\n')).toThrow("Matching delimiter not found 'END'")
  })

  it('refuses a line that is neither', () => {
    expect(() => parsePairs('just words\n')).toThrow("Invalid format 'just words'")
  })
})
