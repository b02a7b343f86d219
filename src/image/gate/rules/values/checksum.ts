import { crc32 } from 'node:zlib'

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const CHECKSUM_CHARACTERS = 6

/**
 * GitHub's and npm's tokens end in the CRC-32 of what stands between prefix and checksum, in base 62
 * (github.blog, 2021-04-05 and 2021-09-23; checked with published revoked tokens).
 */
export function hasTokenChecksum(body: string): boolean {
  const checksum = body.slice(-CHECKSUM_CHARACTERS)
  return checksum === inBase62(crc32(body.slice(0, -CHECKSUM_CHARACTERS)))
}

function inBase62(number: number): string {
  let rest = number
  let text = ''
  while (rest > 0) {
    text = `${DIGITS[rest % 62]}${text}`
    rest = Math.floor(rest / 62)
  }
  return text.padStart(CHECKSUM_CHARACTERS, '0')
}
