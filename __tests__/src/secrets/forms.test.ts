import { randomBytes } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import { Redactor } from '../../../src/lib/redact.ts'
import { formsOf, textOf } from '../../../src/secrets/forms.ts'
import { drawn, drawnKey } from './drawn-values.ts'

function redacted(value: string | Uint8Array, text: string): string {
  const redactor = new Redactor()
  for (const form of formsOf(Buffer.from(value))) redactor.add(form)
  return redactor.redact(text)
}

describe('formsOf', () => {
  const value = `${drawn()}"\\ ${drawn()}`
  it.each([
    ['as it is', value],
    ['as JSON has it', JSON.stringify(value).slice(1, -1)],
    ['in base64', Buffer.from(value).toString('base64')],
    ['in base64 without its end', Buffer.from(value).toString('base64').replace(/=+$/, '')],
    [
      'in base64 for URLs',
      Buffer.from(value).toString('base64').replaceAll('+', '-').replaceAll('/', '_'),
    ],
    ['in a URL', encodeURIComponent(value)],
  ])('hides a value %s', (_, text) => {
    expect(redacted(value, `a ${text} b`)).toMatch(/^a \*\*\*=* b$/)
  })

  it('names the form in a URL itself, which the runner is told, too', () => {
    expect(formsOf(Buffer.from(value))).toContain(encodeURIComponent(value))
    expect(formsOf(Buffer.from(`one/line\nanother`))).toContain('one%2Fline')
  })

  it('hides each line of a key, and the whole of it, but not its frame', () => {
    const key = drawnKey(4)
    const [begin = '', first = '', , , , end = ''] = key.split('\n')
    expect(redacted(key, key)).toBe([begin, '***', '***', '***', '***', end].join('\n'))
    expect(redacted(key, `x ${first} x`)).toBe('x *** x')
    expect(redacted(key, JSON.stringify(key))).toBe('"***"')
    expect(redacted(key, Buffer.from(key).toString('base64'))).toMatch(/^\*\*\*=*$/)
  })

  it('hides a value of several lines without a frame whole, its shortest line too', () => {
    const value = `${drawn()}\nab\n${drawn()}`
    expect(redacted(value, `<${value}>`)).toBe('<***>')
    expect(redacted(value, 'ab')).toBe('ab')
  })

  it('has no form that would hide what everybody writes', () => {
    for (const value of ['abcd', 'a\nb\nc\ndefg', drawnKey(), '  x  ', '----\n{}\nnull'])
      for (const form of formsOf(Buffer.from(value)))
        expect(form.trim().length).toBeGreaterThanOrEqual(4)
  })

  it('hides bytes that are no text in base64', () => {
    const bytes = Buffer.concat([Buffer.from([0, 255, 254]), randomBytes(20)])
    expect(redacted(bytes, bytes.toString('base64'))).toMatch(/^\*\*\*=*$/)
    expect(redacted(bytes, bytes.toString('base64').replace(/=+$/, ''))).toBe('***')
    expect(formsOf(bytes).every((form) => /^[\w+/=-]+$/.test(form))).toBe(true)
  })
})

describe('textOf', () => {
  it.each([
    ['text', Buffer.from('grün\n'), 'grün\n'],
    ['a byte order mark, as it is', Buffer.from('\uFEFFa'), '\uFEFFa'],
    ['a NUL', Buffer.from('a\0b'), undefined],
    ['no UTF-8', Buffer.from([0xff, 0xfe]), undefined],
  ])('reads %s', (_, bytes, text) => {
    expect(textOf(bytes)).toBe(text)
  })
})
