import { randomBytes } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import { parse } from '../../fakes/deploy-inputs.ts'
import { drawn, drawnKey } from '../secrets/drawn-values.ts'

const SECRETS = { secrets: 'KEY=key\nOTHER=other\nPINNED=pinned:3' }

function read(text: string, more: Readonly<Record<string, string>> = {}) {
  return parse({ ...SECRETS, ...more, secret_values: text })
}

function valuesOf(text: string): Readonly<Record<string, string>> {
  const values = read(text).config?.secretValues ?? new Map<string, Uint8Array>()
  return Object.fromEntries(
    [...values].map(([name, bytes]) => [name, Buffer.from(bytes).toString()])
  )
}

function problemsOf(text: string, more: Readonly<Record<string, string>> = {}): readonly string[] {
  return (read(text, more).problems ?? []).map(({ message }) => message)
}

describe('secret_values', () => {
  const key = drawnKey()
  it.each([
    ['nothing', '', {}],
    ['a line', 'KEY=value', { KEY: 'value' }],
    ['spaces within the value', 'KEY= a bc \n', { KEY: ' a bc ' }],
    ['signs that mean something', 'KEY=a=b<<c#d', { KEY: 'a=b<<c#d' }],
    ['a line of Windows', 'KEY=value\r\nOTHER=other\r\n', { KEY: 'value', OTHER: 'other' }],
    ['comments and empty lines', '# one\n\nKEY=value\n', { KEY: 'value' }],
    ['several lines', `KEY<<END\n${key}\nEND\n`, { KEY: key }],
    ['several lines that end in a line break', `KEY<<END\n${key}\n\nEND`, { KEY: `${key}\n` }],
    ['lines that look like others', 'KEY<<END\nOTHER=no\n# no\n\nEND', { KEY: 'OTHER=no\n# no\n' }],
    ['a word of its own choosing', 'KEY<<_e_o_f_\nEND\nvalue\n_e_o_f_', { KEY: 'END\nvalue' }],
    ['a word in front of "="', 'KEY<<A=B\nvalue\nA=B', { KEY: 'value' }],
    ['text after text', 'KEY<<END\nvalue\nEND\nOTHER=other', { KEY: 'value', OTHER: 'other' }],
    ['a value in base64', 'KEY:base64=dmFsdWU=', { KEY: 'value' }],
    ['base64 without the signs at its end', 'KEY:base64=dmFsdWU', { KEY: 'value' }],
    ['base64 over lines', 'KEY:base64<<END\ndmFs\ndWU=\nEND', { KEY: 'value' }],
    ['letters of all the world', 'KEY=pässwörd🔑', { KEY: 'pässwörd🔑' }],
  ])('takes %s', (_, text, values) => {
    expect(problemsOf(text)).toEqual([])
    expect(valuesOf(text)).toEqual(values)
  })

  it('takes any bytes, up to 64 KiB', () => {
    const bytes = randomBytes(65_536)
    const { config } = read(`KEY:base64=${bytes.toString('base64')}`)
    expect(bytes.equals(config?.secretValues.get('KEY') ?? Buffer.alloc(0))).toBe(true)
  })

  it.each([
    ['an unset GitHub secret', 'KEY=', /gives KEY nothing in line 1: the GitHub secret .* not set/],
    ['an unset one over lines', 'KEY<<END\n\nEND', /gives KEY nothing in line 1/],
    ['an unset one in base64', 'KEY:base64=\n', /gives KEY nothing in line 1/],
    [
      'a name that "secrets" does not have',
      'OTHER=other\nX=value',
      /sets a name in line 2 that "secrets" does not have/,
    ],
    [
      'a pinned one',
      'PINNED=value',
      /sets PINNED, of which "secrets" wants version 3 .*take the ":3" away there, or PINNED away here/,
    ],
    ['a name twice', 'KEY=value\nKEY=other', /sets KEY again in line 2/],
    ['a line that is none', 'KEY=value\nnonsense', /neither "=" nor "<<" in line 2/],
    ['no end', 'KEY<<END\nvalue', /begins a value in line 1 that ends nowhere/],
    ['no word', 'KEY<<\nvalue\n\n', /begins a value in line 1 that ends nowhere/],
    ['too little to be hidden', 'KEY=abc', /gives KEY a value that is too short to be hidden/],
    ['what is no base64', 'KEY:base64=%%%%', /gives KEY a value in line 1 that is not base64/],
    ['half of base64', 'KEY:base64=dmFsd', /gives KEY a value in line 1 that is not base64/],
    [
      'more than Google takes',
      `KEY=${'x'.repeat(65_537)}`,
      /gives KEY 65537 bytes: .* 65536 at most/,
    ],
  ])('refuses %s', (_, text, message) => {
    expect(problemsOf(text)).toEqual([expect.stringMatching(message)])
  })

  it('refuses two values for one secret, also under its whole name', () => {
    const secrets = 'KEY=key\nSAME=projects/mervis-demo/secrets/key'
    const [problem, ...others] = problemsOf(`KEY=${drawn()}\nSAME=${drawn()}`, { secrets })
    expect(problem).toMatch(/gives KEY and SAME different values, and both are secret key/)
    expect(others).toEqual([])
    const value = drawn()
    expect(problemsOf(`KEY=${value}\nSAME=${value}`, { secrets })).toEqual([])
  })

  it('is nothing to stumble over for a command that writes none', () => {
    expect(problemsOf('KEY=\nOTHER=value\nnonsense', { command: 'plan' })).toEqual([])
    const { config } = read('KEY=\nOTHER=value', { command: 'plan' })
    expect([...(config?.secretValues.keys() ?? [])]).toEqual(['OTHER'])
  })

  it('says everything at once, and nothing of a value', () => {
    const values = [drawn(), drawn(), drawn()]
    const [one, two, three] = values
    const key = drawnKey()
    const text = `${one}\nX${two}=${three}\nPINNED=${one}\nKEY=\n${key}\nOTHER=a`
    const problems = problemsOf(text)
    expect(problems.length).toBeGreaterThanOrEqual(5)
    const pieces = [...values, ...key.split('\n').map((line) => line.slice(0, 12))]
    for (const piece of pieces) expect(problems.join('\n')).not.toContain(piece)
  })
})
