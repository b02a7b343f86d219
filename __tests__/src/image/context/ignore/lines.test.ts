import { describe, expect, it } from '@jest/globals'
import { parseIgnoreLines } from '../../../../../src/image/context/ignore/lines.ts'

const parse = (text: string): readonly string[] => parseIgnoreLines(Buffer.from(text))

describe('parseIgnoreLines', () => {
  it.each<[string, string, readonly string[]]>([
    ['an empty file', '', []],
    ['lines of both kinds of line ends', 'a\r\nb\nc', ['a', 'b', 'c']],
    ['a carriage return inside of a line', 'a\rb', ['a\rb']],
    ['a byte order mark in front', '\uFEFFa\nb', ['a', 'b']],
    ['a byte order mark in front of a comment', '\uFEFF# a', []],
    ['a byte order mark in another line', 'a\n\uFEFFb', ['a', '\uFEFFb']],
    ['comments, in the first column only', '#a\n #b\n\\#c', ['#b', '\\#c']],
    ['empty lines', '\n \n\t\n\u00a0\n', []],
    ['spaces of all kinds around a pattern', ' \ta b\u3000\u0085 ', ['a b']],
    ['a zero width space, which is none', 'a\u200b', ['a\u200b']],
    ['slashes around a pattern', '/a/\n//a//\n./a\n/a/.', ['a', 'a', 'a', 'a']],
    ['parents inside of a pattern', 'x/../a\n../a\n/../a', ['a', '../a', 'a']],
    ['the top itself', '.\n./\n/', ['.', '.', '/']],
    ['a space behind the first slash', '/ a', [' a']],
    ['exceptions', '!a\n! a\n!/a/\n !./a', ['!a', '!a', '!a', '!a']],
    ['a lone exclamation mark', '!\n! ', ['!', '!']],
    ['an exception to a name with an exclamation mark', '!!a', ['!!a']],
    ['wildcards', '**/*.md\n[a-c]/?\na\\*b', ['**/*.md', '[a-c]/?', 'a\\*b']],
  ])('reads %s', (_, text, patterns) => {
    expect(parse(text)).toEqual(patterns)
  })

  it('reads a line of 65,535 bytes', () => {
    expect(parse(`${'é'.repeat(32_767)}a\nb`)).toEqual([`${'é'.repeat(32_767)}a`, 'b'])
  })

  it('refuses a longer one, as docker does, and says which', () => {
    expect(() => parse(`a\n${'é'.repeat(32_768)}`)).toThrow(
      new RangeError('line 2 is longer than 64 KiB')
    )
  })
})
