import { crc32 } from 'node:zlib'
import { randomFrom } from '../../../release/random.ts'

const DIGITS = '0123456789'
const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const LOWER = UPPER.toLowerCase()
const ALPHABETS = {
  digits: DIGITS,
  hex: `${DIGITS}abcdef`,
  letters: UPPER + LOWER,
  base62: DIGITS + UPPER + LOWER,
  base64: `${DIGITS}${UPPER}${LOWER}+/`,
  url: `${DIGITS}${UPPER}${LOWER}-_`,
  base32: `${UPPER}234567`,
  upper: DIGITS + UPPER,
} as const

export type Alphabet = keyof typeof ALPHABETS

/**
 * The same in every run, so that what one in ten thousand draws looks like (a word, a placeholder)
 * is met by whoever tries other seeds, and not by whoever changes something else.
 */
const random = randomFrom(Number(process.env['SEED'] ?? 1))

/** Characters as a service would draw them: none of these stands in a file. */
export function drawn(length: number, alphabet: Alphabet = 'base62'): string {
  const characters = ALPHABETS[alphabet]
  for (;;) {
    const whole = Array.from(
      { length },
      () => characters[Math.floor(random() * characters.length)]
    ).join('')
    if (isMixed(whole, alphabet)) return whole
  }
}

/** What stands for a secret elsewhere; one draw in ten thousand holds such a word by chance. */
const WORDS =
  /your|dummy|fake|test|demo|mock|temp|user|root|pass|todo|some|none|null|abc|123|foo|bar|pwd/i

/** A draw without digits that reads like words is possible, and no scanner could tell it. */
function isMixed(text: string, alphabet: Alphabet): boolean {
  if (alphabet !== 'digits' && WORDS.test(text)) return false
  if (alphabet === 'digits' || alphabet === 'letters') return true
  const starts = /^[A-Za-z0-9]/.test(text) && /[A-Za-z0-9]$/.test(text)
  return starts && /[A-Za-z]/.test(text) && (text.match(/\d/g) ?? []).length >= text.length / 10 + 1
}

/** With the checksum that GitHub and npm put at the end of their tokens. */
export function drawnWithChecksum(): string {
  const random = drawn(30)
  return random + inBase62(crc32(random)).padStart(6, '0')
}

function inBase62(number: number): string {
  const digits = ALPHABETS.digits + UPPER + LOWER
  return number === 0 ? '' : inBase62(Math.floor(number / 62)) + (digits[number % 62] ?? '')
}

export function base64(text: string): string {
  return Buffer.from(text).toString('base64')
}
