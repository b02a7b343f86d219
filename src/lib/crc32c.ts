/** The polynomial of Castagnoli, bits reversed (RFC 3720, appendix B.4). */
const POLYNOMIAL = 0x82f63b78

const REMAINDERS = Uint32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte
  for (let bit = 0; bit < 8; bit += 1) {
    remainder = (remainder >>> 1) ^ ((remainder & 1) * POLYNOMIAL)
  }
  return remainder
})

/** CRC-32C of the bytes, as an unsigned number; `node:zlib` knows another polynomial only. */
export function crc32c(bytes: Uint8Array): number {
  let remainder = ~0
  for (const byte of bytes) {
    remainder = (remainder >>> 8) ^ (REMAINDERS[(remainder ^ byte) & 0xff] ?? 0)
  }
  return ~remainder >>> 0
}
