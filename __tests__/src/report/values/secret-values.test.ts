import { describe, expect, it } from '@jest/globals'
import { changed, diffOf } from './diff.ts'

describe('what is sensitive', () => {
  const secret = 'canary-value-1'
  it.each<readonly [what: string, marks: object, diff: string]>([
    [
      'changes',
      { before_sensitive: { a: true }, after_sensitive: { a: true } },
      '!   a = (sensitive value) # changes',
    ],
    ['was before only', { before_sensitive: { a: true } }, '!   a = (sensitive value) # changes'],
    ['is after only', { after_sensitive: { a: true } }, '!   a = (sensitive value) # changes'],
  ])('is hidden when it %s', (_, marks, diff) => {
    expect(diffOf({ before: { a: secret }, after: { a: `${secret}2` }, ...marks })).toBe(diff)
  })

  it('is told when only that changes', () => {
    expect(
      diffOf({ before: { a: secret }, after: { a: secret }, after_sensitive: { a: true } })
    ).toBe('!   a = (sensitive value) # becomes sensitive')
    expect(
      diffOf({ before: { a: secret }, after: { a: secret }, before_sensitive: { a: true } })
    ).toBe('!   a = (sensitive value) # is no longer sensitive')
  })

  it('is hidden at any level', () => {
    expect(
      diffOf({
        after: { a: { b: [secret, 'open'], c: { d: secret } } },
        after_sensitive: { a: { b: [true, false], c: true } },
      })
    ).toBe(
      '+   a = {\n+     b = [\n+       (sensitive value)\n+       "open"\n+     ]\n+     c = (sensitive value)\n+   }'
    )
  })

  it('is hidden where only the other side has the mark', () => {
    const marks = { before_sensitive: { a: { b: true } }, after_sensitive: { a: {} } }
    expect(diffOf({ before: { a: {} }, after: { a: { b: secret } }, ...marks })).toBe(
      '    a = {\n+     b = (sensitive value)\n    }'
    )
  })

  it('hides the whole resource', () => {
    expect(diffOf({ after: { a: secret }, after_sensitive: true })).toBe('!   (sensitive value)')
  })

  it('is not shown by a diff of two hidden texts', () => {
    expect(
      diffOf({
        before: { a: secret, b: `x ${secret}` },
        after: { a: `${secret}2`, b: `x ${secret}2` },
        before_sensitive: { a: true },
        after_sensitive: { a: true },
      })
    ).toContain('!   b = *** # changes in what is hidden')
  })
})

describe('what is secret by its name', () => {
  const hidden = '(hidden: secret by its name)'
  it.each<readonly [what: string, before: unknown, after: unknown, lines: readonly string[]]>([
    [
      'a setting',
      { DB_PASSWORD: 'canary-1' },
      { DB_PASSWORD: 'canary-2' },
      [`!     DB_PASSWORD = ${hidden} # changes`],
    ],
    ['a setting that comes', {}, { DB_PASSWORD: 'canary-1' }, [`+     DB_PASSWORD = ${hidden}`]],
    ['a setting that goes', { DB_PASSWORD: 'canary-1' }, {}, [`-     DB_PASSWORD = ${hidden}`]],
    [
      'what a reference replaces',
      { DB_PASSWORD: 'canary-1' },
      { DB_PASSWORD: 'db-password/1' },
      [`!     DB_PASSWORD = ${hidden} # changes`],
    ],
    [
      'a named value',
      [{ name: 'DB_PASSWORD', value: 'canary-1' }],
      [{ name: 'DB_PASSWORD', value: 'canary-2' }],
      [`!     value = ${hidden} # changes`],
    ],
    [
      'a named value that is called otherwise now',
      [{ name: 'DB_PASSWORD', value: 'canary-1' }],
      [{ name: 'LOG', value: 'info' }],
      [`!     value = ${hidden} # changes`],
    ],
    [
      'a member of JSON',
      '{"db":{"password":"canary-1"}}',
      '{"db":{"password":"canary-2"}}',
      [`!       password = ${hidden} # changes`],
    ],
    [
      'a member of JSON whose white space changes',
      '{"db_password":"canary-1"}',
      '{"db_password": "canary-1"}',
      ['-   a = "{\\"db_password\\":\\"***\\"}"', '+   a = "{\\"db_password\\": \\"***\\"}"'],
    ],
    [
      'a line',
      'LOG=info\nDB_PASSWORD=canary-1\n',
      'LOG=debug\nDB_PASSWORD=canary-2\n',
      ['+     LOG=debug', '      DB_PASSWORD=***'],
    ],
    [
      'the password of a URL',
      'postgres://u:canary-1@db/x',
      'postgres://u:canary-2@db/y',
      ['+   a = "postgres://u:***@db/y"'],
    ],
  ])('is hidden: %s', (_, before, after, lines) => {
    const diff = changed(before, after)
    expect(diff).not.toContain('canary')
    expect(diff.split('\n')).toEqual(expect.arrayContaining([...lines]))
  })

  it('does not hide an attribute that its provider calls open', () => {
    expect(diffOf({ after: { secret_id: 'a-name', labels: { key: 'x' } } })).toBe(
      '+   labels = {\n+     key = "x"\n+   }\n+   secret_id = "a-name"'
    )
  })
})
