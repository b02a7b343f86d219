const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0x82f63b78 ^ (value >>> 1) : value >>> 1
  return value
})

/** CRC-32C (Castagnoli), which Google's APIs checksum payloads with; node:zlib has only CRC-32. */
export function crc32c(data: Uint8Array): number {
  let value = 0xffffffff
  for (const byte of data) value = (TABLE[(value ^ byte) & 0xff] ?? 0) ^ (value >>> 8)
  return (value ^ 0xffffffff) >>> 0
}

/** The checksum as Cloud Storage writes it: four bytes, big-endian, in base64. */
export function crc32cBase64(data: Uint8Array): string {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(crc32c(data))
  return bytes.toString('base64')
}
