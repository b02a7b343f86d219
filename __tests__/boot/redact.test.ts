import { describe, expect, it } from '@jest/globals'
import { runBootFunctions } from './machine.ts'

const KEY = '-----BEGIN KEY-----\nMIIEvQIBADANBgkq\nshort\n-----END KEY-----\n'

/** What is left of a text on a VM that has read these secrets. */
function redact(secrets: readonly string[], text: string): string {
  const snippet = 'text=$1; shift; for value; do hide "$value"; done; redact "$text"'
  return runBootFunctions(snippet, [text, ...secrets])
}

describe('startup.sh', () => {
  it.each([
    ['a plain value', ['hunter2'], 'password hunter2, hunter2!', 'password ***, ***!'],
    ['characters of patterns', ['*?[a-z]*'], 'is *?[a-z]* and abc', 'is *** and abc'],
    ['an unclosed bracket', ['[[[a'], 'x[[[a]', 'x***]'],
    ['backslashes', ['\\n\\\\*\\'], 'a\\n\\\\*\\b\\n', 'a***b\\n'],
    ['a substitution', ['$(id)`id`${HOME}'], 'a $(id)`id`${HOME} b', 'a *** b'],
    ['quotes', [`it's "so"`], `<it's "so">`, '<***>'],
    ['quotes, in a log of JSON', [`it's "so"`], `{"key":"it's \\"so\\""}`, '{"key":"***"}'],
    ['ampersand and slash', ['a&b/c\\1'], '-a&b/c\\1-', '-***-'],
    ['no ASCII', ['пароль-ü-🚀'], 'ist пароль-ü-🚀 ü', 'ist *** ü'],
    ['a value in another', ['secret', 'my-secret-key'], 'my-secret-key secret', '*** ***'],
    ['the same, the other way round', ['my-secret-key', 'secret'], 'my-secret-key', '***'],
    ['values that overlap', ['abcdef', 'defghi'], '<abcdefghi>', '<***>'],
    ['control characters', ['a\u0001\u0002\u0007b-cd'], '<a\u0001\u0002\u0007b-cd>', '<***>'],
    ['several lines', [KEY], `${KEY}done`, '***\ndone'],
    ['one line of several', [KEY], 'the MIIEvQIBADANBgkq and short', 'the *** and short'],
    ['lines with carriage returns', ['first line\r\nsecond line'], '<first line>', '<***>'],
    ['a line break at the end of the secret', ['hunter2\n'], '<hunter2>', '<***>'],
    ['values too short to be secrets', ['1', 'no', 'yes', ' x '], '1 no yes x', '1 no yes x'],
    ['the shortest', ['abcd'], 'abc abcd', 'abc ***'],
    ['a value that looks like the mask', ['****'], '*** ****', '*** ***'],
    ['an empty secret', ['', '   ', '\n\n'], 'a b', 'a b'],
  ])('hides %s', (_, secrets, log, shown) => {
    expect(redact(secrets, log)).toEqual(shown)
  })

  it('hides whatever values and texts there are', () => {
    const seed = Date.now() % 1_000_000
    let state = seed
    const next = (below: number) => {
      state = (state * 48_271) % 2_147_483_647
      return state % below
    }
    const letters = ['a', 'b', '*', '?', '[', ']', '\\', '"', "'", '$', ' ', 'ü', '\n', '\u007f']
    const word = (length: number) =>
      Array.from({ length }, () => letters[next(letters.length)]).join('')
    for (let round = 0; round < 40; round += 1) {
      const secrets = Array.from({ length: 4 }, () => `a${word(2 + next(6))}b`)
      const parts = Array.from({ length: 40 }, () => [word(next(5)), secrets[next(4)] ?? ''])
      const shown = redact(secrets, parts.flat().join(''))
      for (const secret of secrets) {
        expect({ seed, round, secret, leaks: shown.includes(secret) }).toMatchObject({
          leaks: false,
        })
      }
    }
  })

  it('is done in time with a secret of 64 KB and a text full of it', () => {
    const lines = Array.from(
      { length: 1000 },
      (_, at) => `line ${at} of a private key, in fifty letters or so`
    )
    const value = `${lines.join('\n')}\n`
    const startedAt = performance.now()
    expect(redact([value], `${value}${value}the end`)).toBe('***\n***\nthe end')
    expect(performance.now() - startedAt).toBeLessThan(10_000)
  }, 20_000)
})
