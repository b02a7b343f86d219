import { describe, expect, it } from '@jest/globals'
import {
  expandWord,
  splitWords,
  UNKNOWN,
} from '../../../../../src/image/dockerfile/text/expansion.ts'

const VALUES = new Map<string, string | typeof UNKNOWN>([
  ['A', 'a'],
  ['EMPTY', ''],
  ['PATHS', '/usr/local/bin/node'],
  ['U', UNKNOWN],
  ['1', 'one'],
])
const expand = (word: string, escapeToken = '\\') =>
  expandWord(word, escapeToken, (name) => VALUES.get(name))

describe('expandWord', () => {
  it.each([
    ['plain', 'plain'],
    ['$A', 'a'],
    ['x${A}y$A', 'xaya'],
    ['$MISSING', ''],
    ['$Ab', ''],
    ['$1x', 'onex'],
    ['$', '$'],
    ['a$-', 'a'],
    ['$/x', '$/x'],
    ['${A:-d}', 'a'],
    ['${EMPTY:-d}', 'd'],
    ['${EMPTY-d}', ''],
    ['${MISSING-d}', 'd'],
    ['${MISSING:-${A:-n}}', 'a'],
    ['${MISSING:-"x y"}', 'x y'],
    ['${A:+s}', 's'],
    ['${EMPTY:+s}', ''],
    ['${EMPTY+s}', 's'],
    ['${MISSING+s}', ''],
    ['${A:?no}', 'a'],
    ['${PATHS#/}', 'usr/local/bin/node'],
    ['${PATHS#*/}', 'usr/local/bin/node'],
    ['${PATHS##*/}', 'node'],
    ['${PATHS%/*}', '/usr/local/bin'],
    ['${PATHS%%/*}', ''],
    ['${PATHS%no}', '/usr/local/bin/node'],
    ['${PATHS#/u?r}', '/local/bin/node'],
    ['${PATHS#\\*}', '/usr/local/bin/node'],
    ['${PATHS/o/0}', '/usr/l0cal/bin/node'],
    ['${PATHS//o/0}', '/usr/l0cal/bin/n0de'],
    ['${PATHS//\\//-}', '-usr-local-bin-node'],
    ['${MISSING/a/b}', ''],
    [`'$A'`, '$A'],
    ['"$A b"', 'a b'],
    ['"\\$A \\" \\x"', '$A " \\x'],
    ['\\$A', '$A'],
    [`a"b"'c'`, 'abc'],
    ['end\\', 'end'],
  ])('makes of %s', (word, expected) => {
    expect(expand(word)).toEqual({ text: expected, unknown: [] })
  })

  it.each([
    ['`$A', '$A'],
    ['C:\\$A', 'C:\\a'],
  ])('takes the escape character of the file: %s', (word, expected) => {
    expect(expand(word, '`').text).toBe(expected)
  })

  it.each([
    ['x$U', ['U']],
    ['${U:-d}', ['U']],
    ['${U+d}', ['U']],
    ['${MISSING:-$U}', ['U']],
    [`'$U'`, []],
  ])('names what only the build knows in %s', (word, unknown) => {
    expect(expand(word).unknown).toEqual(unknown)
  })

  it.each([
    ['${A', 'no substitution'],
    ['${A:-b', '"}" is missing'],
    ['${', 'is not closed'],
    ['${}', 'is not closed'],
    ['${A:x}', 'no substitution'],
    ['${A:#x}', 'no substitution'],
    ['${A!}', 'no substitution'],
    ['${MISSING:?say it}', 'MISSING: say it'],
    ['${EMPTY:?}', 'EMPTY: is not set'],
    [`'a`, 'single quote'],
    ['"a', 'quote is missing'],
    ['${A#\\x}', 'cannot be escaped'],
    ['${A//a/\\$0}', 'not evaluated'],
  ])('refuses %s', (word, message) => {
    expect(() => expand(word)).toThrow(message)
  })
})

describe('a word that is nested beyond all measure', () => {
  it('is refused, and does not overflow the stack', () => {
    const word = '${A:-'.repeat(20_000)
    expect(() => expand(word)).toThrow('nested too deep')
    expect(splitWords(word)).toEqual([])
  })
})

describe('splitWords', () => {
  it.each([
    ['a  b\tc', ['a', 'b', 'c']],
    [`a "b c" 'd e'`, ['a', 'b c', 'd e']],
    ['a\\ b c', ['a b', 'c']],
    ['cat << EOF', ['cat', '<< EOF']],
    ['a $b ${c:-d}', ['a', '$b', '${c:-d}']],
    ['"a', []],
  ])('splits %s', (text, words) => {
    expect(splitWords(text)).toEqual(words)
  })

  it('keeps quotes and escapes when asked to', () => {
    const keeps = { keepsQuotes: true, keepsEscapes: true }
    expect(splitWords(`'a' "b \\" c" \\<<d`, keeps)).toEqual([`'a'`, '"b \\" c"', '\\<<d'])
  })
})
