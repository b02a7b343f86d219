import { describe, expect, it } from '@jest/globals'
import { SecretMatcher } from '../../../../src/report/masking/matcher.ts'
import { randomFrom, seedOfRun } from '../../release/random.ts'

const mask = (text: string, ...forms: readonly string[]): string =>
  new SecretMatcher(new Set(forms)).mask(text)

describe('SecretMatcher', () => {
  it.each<readonly [what: string, text: string, forms: readonly string[], masked: string]>([
    ['nothing to hide', 'a text', [], 'a text'],
    ['a whole text', 'hunter2', ['hunter2'], '***'],
    ['in the middle, twice', 'a hunter2 b hunter2', ['hunter2'], 'a *** b ***'],
    ['the longer of two', 'hunter22', ['hunter2', 'hunter22'], '***'],
    ['two that overlap', 'x abcdefgh y', ['abcdef', 'defgh'], 'x *** y'],
    ['two that touch', 'abcdefgh', ['abcd', 'efgh'], '***'],
    ['one that begins like another', 'abcdexyz', ['abcdefgh', 'abcdex'], '***yz'],
    ['a beginning only', 'hunter', ['hunter2'], 'hunter'],
    ['what is too short', 'abc', ['abc'], 'abc'],
    ['other alphabets', 'ein Schlüssel: ключик', ['ключик', 'Schlüssel'], 'ein ***: ***'],
  ])('masks %s', (_, text, forms, masked) => {
    expect(mask(text, ...forms)).toBe(masked)
  })

  const seed = seedOfRun()
  it(`masks every character of every form, and no other (SEED=${seed})`, () => {
    const random = randomFrom(seed)
    const word = (length: number): string =>
      Array.from({ length }, () => 'ab'[Math.floor(random() * 2)]).join('')
    for (let round = 0; round < 2000; round++) {
      const text = word(Math.floor(random() * 40))
      const forms = Array.from({ length: Math.floor(random() * 4) }, () =>
        word(4 + Math.floor(random() * 4))
      )
      expect({ text, forms, masked: mask(text, ...forms) }).toEqual({
        text,
        forms,
        masked: slowly(text, forms),
      })
    }
  })
})

/** Written anew: marks each character, then collapses. */
function slowly(text: string, forms: readonly string[]): string {
  const groups: number[] = Array.from({ length: text.length }, () => 0)
  for (let at = 0; at < text.length; at++) {
    for (const form of forms) if (text.startsWith(form, at)) groups.fill(1, at, at + form.length)
  }
  return [...text]
    .map((sign, at) => (groups[at] ? '\0' : sign))
    .join('')
    .replace(/\0+/g, '***')
}
