import { describe, expect, it } from '@jest/globals'
import { Redactor } from '../../../src/lib/redact.ts'

function redactorOf(...secrets: readonly string[]): Redactor {
  const redactor = new Redactor()
  for (const secret of secrets) redactor.add(secret)
  return redactor
}

const SECRET = 'p@ss/w+rd "1"?'

describe('Redactor.redact', () => {
  it.each([
    ['as it stands', SECRET],
    ['in a URL', encodeURIComponent(SECRET)],
    ['in base64', Buffer.from(SECRET).toString('base64')],
    ['in base64 without padding', Buffer.from(SECRET).toString('base64').replace(/=+$/, '')],
    ['in JSON', JSON.stringify(SECRET).slice(1, -1)],
  ])('hides a secret %s', (_, form) => {
    const text = redactorOf(SECRET).redact(`before ${form} after ${form}`)
    expect(text).not.toContain(form)
    expect(text).toMatch(/^before \*\*\*=* after \*\*\*=*$/)
  })

  it('hides a token in the login that docker reads', () => {
    const token = 'ya29.c.b0Aaekm1K-token0123456789'
    const auth = Buffer.from(`oauth2accesstoken:${token}`).toString('base64')
    expect(redactorOf(token).redact(auth)).not.toContain(auth.slice(-12).replace(/=+$/, ''))
  })

  it.each([
    ['short first', ['abcd', 'abcdefgh']],
    ['long first', ['abcdefgh', 'abcd']],
  ])('leaves no tail of a secret that contains another one (%s)', (_, secrets) => {
    expect(redactorOf(...secrets).redact('<abcdefgh> <abcd>')).toBe('<***> <***>')
  })

  it('hides both of two secrets that overlap in the text as far as either goes', () => {
    const text = redactorOf('12345678', '5678abcd').redact('x 12345678 y 5678abcd z')
    expect(text).toBe('x *** y *** z')
  })

  it.each(['\n', '\r\n'])('hides each line of a secret of several lines (%j)', (lineBreak) => {
    const secret = ['first-line', 'second-line', '}'].join(lineBreak)
    const redactor = redactorOf(secret)
    expect(redactor.redact(`a ${secret} b`)).toBe('a *** b')
    expect(redactor.redact('x second-line y')).toBe('x *** y')
    expect(redactor.redact('if (x) { }')).toBe('if (x) { }')
  })

  it.each(['', '   ', 'abc', '\n\n', '1'])(
    'takes no notice of %j, which would make the log unreadable',
    (secret) => {
      expect(redactorOf(secret).redact('abc 1   {}\n\n')).toBe('abc 1   {}\n\n')
    }
  )

  it('takes signs that mean something in a pattern literally', () => {
    expect(redactorOf('a.*$&(b').redact('axxxb a.*$&(b')).toBe('axxxb ***')
  })
})
