import { describe, expect, it } from '@jest/globals'
import { parseNameValueLines } from '../../../src/lib/name-value-lines.ts'

describe('parseNameValueLines', () => {
  it.each([
    ['nothing', '', []],
    ['blank lines and comments', '\n  \n# NAME=VALUE\n  # too\n', []],
    ['one pair', 'A=1', [['A', '1']]],
    [
      'Windows line ends',
      'A=1\r\nB=2\r\n',
      [
        ['A', '1'],
        ['B', '2'],
      ],
    ],
    ['blanks around the name', '  A =1', [['A', '1']]],
    ['blanks in the value, which stay', 'A= 1 ', [['A', ' 1 ']]],
    ['an empty value', 'A=', [['A', '']]],
    ['further signs of equality', 'A=b=c==', [['A', 'b=c==']]],
    ['quotes, which mean nothing', `A="x y"`, [['A', '"x y"']]],
    ['a hash in a value', 'A=x # not a comment', [['A', 'x # not a comment']]],
    ['text beyond ASCII', 'GRUSS=Grüße 🎉', [['GRUSS', 'Grüße 🎉']]],
    [
      'names that objects have already',
      '__proto__=1\nconstructor=2',
      [
        ['__proto__', '1'],
        ['constructor', '2'],
      ],
    ],
  ])('reads %s', (_, text, pairs) => {
    const read = parseNameValueLines(text)
    expect({ pairs: [...read.pairs], problems: read.problems }).toEqual({ pairs, problems: [] })
  })

  it.each([
    ['no "="', 'A=1\njust words', 'line 2 has no "="'],
    ['an empty name', '=hunter2', 'line 1 does not begin with a name of letters, digits and "_"'],
    ['a digit first', '1A=hunter2', 'line 1 does not begin with a name of letters, digits and "_"'],
    ['a hyphen', 'MY-KEY=hunter2', 'line 1 does not begin with a name of letters, digits and "_"'],
    [
      'a letter beyond ASCII',
      'Ä=hunter2',
      'line 1 does not begin with a name of letters, digits and "_"',
    ],
    ['export', 'export A=hunter2', 'line 1 does not begin with a name of letters, digits and "_"'],
    ['a NUL', 'A=hunter2\0', expect.stringMatching(/^line 1 .*holds a NUL character$/)],
  ])('names the line with %s', (_, text, problem) => {
    expect(parseNameValueLines(text).problems).toEqual([problem])
  })

  it('adds what its caller has to say of a value, and leaves such a pair out', () => {
    const judge = (value: string): string | undefined => (value === 'bad' ? 'is bad' : undefined)
    const { pairs, problems } = parseNameValueLines('A=good\nB=bad', judge)
    expect({ pairs: [...pairs], problems }).toEqual({
      pairs: [['A', 'good']],
      problems: ['line 2 is bad'],
    })
  })

  it('refuses a name that was set before, and keeps the first value', () => {
    const { pairs, problems } = parseNameValueLines('A=1\nA=2')
    expect(pairs).toEqual(new Map([['A', '1']]))
    expect(problems).toEqual([expect.stringMatching(/^line 2 /)])
  })

  it('tells all problems at once and keeps what is right', () => {
    const { pairs, problems } = parseNameValueLines('A=1\nnope\nB=2\n=x')
    expect([...pairs.keys()]).toEqual(['A', 'B'])
    expect(problems).toHaveLength(2)
  })

  it('never shows a value', () => {
    const { problems } = parseNameValueLines(
      'hunter2\n=hunter2\n1=hunter2\nA=hunter2\nA=hunter2\nB=hunter2\0'
    )
    expect(problems).toHaveLength(5)
    expect(problems.join()).not.toContain('hunter2')
  })
})
