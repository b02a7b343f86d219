import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { evaluateExpression } from '../../../../emulator/runner/expressions/evaluate.ts'
import { hashFilesIn, statusFunctions } from '../../../../emulator/runner/expressions/functions.ts'
import {
  readLines,
  splitExpressions,
} from '../../../../emulator/runner/expressions/interpolation.ts'

const CONTEXTS = {
  github: { ref: 'refs/heads/main', event: { number: 7, labels: [{ name: 'a' }, { name: 'b' }] } },
  env: { EMPTY: '' },
}

describe('evaluateExpression', () => {
  it.each([
    ["github.ref == 'REFS/heads/main'", true],
    ["startsWith(github.ref, 'refs/heads/')", true],
    ["contains(github.event.labels.*.name, 'b')", true],
    ["join(github.event.labels.*.name, '+')", 'a+b'],
    ["format('{0}-{1}', github.event.number, 'x')", '7-x'],
    ["env.EMPTY || env.MISSING || 'default'", 'default'],
    ['fromJSON(\'{"a": [1, true, null]}\').a', [1, true, null]],
    ['toJSON(github.event.labels[0])', '{\n  "name": "a"\n}'],
    ['github.nothing.at.all', null],
    ['1 < 2 && !false', true],
    ["'7' == 7", true],
    ['null == 0', true],
    ["'' && 'x'", ''],
    ['0xff', 255],
  ])('%s', (text, value) => {
    expect(evaluateExpression(text, { contexts: CONTEXTS })).toEqual(value)
  })

  it.each([
    ['secrets.A', "Unrecognized named-value: 'secrets'"],
    ['nothing()', "Unrecognized function: 'nothing'"],
    ['contains(1)', "Too few parameters supplied: 'contains'"],
    ['1 +', "Unexpected symbol: '+'"],
  ])('refuses %s', (text, message) => {
    expect(() => evaluateExpression(text, { contexts: CONTEXTS })).toThrow(message)
  })
})

describe('statusFunctions', () => {
  it.each([
    [
      'nothing wrong',
      { hasFailed: false, hasSucceeded: true, isCancelled: false },
      'success always',
    ],
    ['a failure', { hasFailed: true, hasSucceeded: false, isCancelled: false }, 'failure always'],
    ['something left out', { hasFailed: false, hasSucceeded: false, isCancelled: false }, 'always'],
    ['a cancel', { hasFailed: false, hasSucceeded: true, isCancelled: true }, 'cancelled always'],
  ])('after %s', (_, progress, names) => {
    const functions = statusFunctions(progress)
    const true_ = ['success', 'failure', 'cancelled', 'always'].filter(
      (name) => evaluateExpression(`${name}()`, { contexts: {}, functions }) === true
    )
    expect(true_.join(' ')).toBe(names)
  })
})

describe('splitExpressions', () => {
  it.each([
    ['plain', [['text', 'plain']]],
    ['${{ a }}', [['expression', 'a']]],
    [
      'x ${{ a }} y${{b}}',
      [
        ['text', 'x '],
        ['expression', 'a'],
        ['text', ' y'],
        ['expression', 'b'],
      ],
    ],
    ["${{ format('}}{0}', 'it''s') }}", [['expression', "format('}}{0}', 'it''s')"]]],
  ])('%s', (text, pieces) => {
    expect(splitExpressions(text).map((piece) => [piece.kind, piece.text])).toEqual(pieces)
  })

  it('refuses what is not closed', () => {
    expect(() => splitExpressions('a ${{ b')).toThrow('The expression is not closed: ${{ b')
  })
})

describe('readLines', () => {
  it.each([
    ['a literal block', '|', '      one\n        two\n', 'one\n  two\n'],
    ['a folded block', '>-', '      one\n      two\n', 'one two'],
    ['one that keeps its end', '|+', '  one\n\n', 'one\n\n'],
    ['a plain text of two lines', undefined, 'one\n  two', 'one two'],
  ])('%s', (_, blockScalarHeader, source, text) => {
    expect(readLines({ source, blockScalarHeader })).toBe(text)
  })

  it('leaves a single line alone', () => {
    expect(readLines({ source: 'a ${{ b }}', blockScalarHeader: undefined })).toBeUndefined()
  })
})

describe('hashFiles', () => {
  let folder: string

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hash-'))
    for (const name of ['a.lock', 'b.lock', 'c.txt']) await writeFile(join(folder, name), name)
  })

  afterEach(() => rm(folder, { recursive: true, force: true }))

  const hash = (patterns: string): unknown =>
    evaluateExpression(`hashFiles(${patterns})`, {
      contexts: {},
      functions: [hashFilesIn(folder)],
    })

  it('is the same for the same files, whatever names them', () => {
    expect(hash("'*.lock'")).toMatch(/^[0-9a-f]{64}$/)
    expect(hash("'*.lock'")).toBe(hash("'b.lock', 'a.lock'"))
    expect(hash("'**', '!*.txt'")).toBe(hash("'*.lock'"))
    expect(hash("'*.lock'")).not.toBe(hash("'a.lock'"))
  })

  it('is empty when there are none', () => {
    expect(hash("'*.none'")).toBe('')
  })
})
