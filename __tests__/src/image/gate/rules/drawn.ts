import { randomBytes } from 'node:crypto'
import { crc32 } from 'node:zlib'

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

/** Characters as a service would draw them; never twice the same, so never one that stands in a file. */
export function drawn(length: number, alphabet: Alphabet = 'base62'): string {
  const characters = ALPHABETS[alphabet]
  for (;;) {
    const whole = [...randomBytes(length)]
      .map((byte) => characters[byte % characters.length])
      .join('')
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
