interface Element {
  readonly tag: number
  /** First byte of the content. */
  readonly start: number
  readonly end: number
}

const INTEGER = 0x02
const OCTETS = 0x04
const OBJECT_ID = 0x06
const SEQUENCE = 0x30

/**
 * Whether the bytes are a private key in DER: PKCS#1, PKCS#8 (plain or encrypted), SEC1 or DSA, whole
 * and with lengths that add up. Never true of a certificate, a public key or random bytes.
 */
export function isPrivateKeyDer(bytes: Uint8Array): boolean {
  const outer = elementAt(bytes, 0, bytes.length)
  if (outer?.tag !== SEQUENCE) return false
  const parts = elementsIn(bytes, outer)
  const [first, second] = parts ?? []
  if (parts === undefined || first === undefined || second === undefined) return false
  if (first.tag === SEQUENCE) return isEncrypted(bytes, first, second)
  if (first.tag !== INTEGER || first.end - first.start !== 1) return false
  const version = bytes[first.start] ?? 0xff
  if (version > 1) return false
  if (second.tag === SEQUENCE) return isPkcs8(bytes, second, parts[2])
  if (second.tag === OCTETS) return version === 1 && second.end - second.start >= 16
  return second.tag === INTEGER && parts.length >= 6 && isIntegers(parts.slice(0, 6))
}

function isPkcs8(bytes: Uint8Array, algorithm: Element, key: Element | undefined): boolean {
  if (key?.tag !== OCTETS || key.end - key.start < 16) return false
  return elementAt(bytes, algorithm.start, algorithm.end)?.tag === OBJECT_ID
}

function isEncrypted(bytes: Uint8Array, scheme: Element, data: Element): boolean {
  if (data.tag !== OCTETS || data.end - data.start < 24) return false
  return elementAt(bytes, scheme.start, scheme.end)?.tag === OBJECT_ID
}

function isIntegers(parts: readonly Element[]): boolean {
  return parts.every(({ tag }) => tag === INTEGER)
}

/** Undefined where the parts do not fill the whole exactly. */
function elementsIn(bytes: Uint8Array, outer: Element): readonly Element[] | undefined {
  const elements: Element[] = []
  let at = outer.start
  while (at < outer.end) {
    const element = elementAt(bytes, at, outer.end)
    if (element === undefined) return undefined
    elements.push(element)
    at = element.end
  }
  return elements
}

function elementAt(bytes: Uint8Array, at: number, limit: number): Element | undefined {
  const tag = bytes[at]
  const short = bytes[at + 1]
  if (tag === undefined || short === undefined) return undefined
  if (short < 0x80) return within({ tag, start: at + 2, end: at + 2 + short }, limit)
  const count = short & 0x7f
  if (count === 0 || count > 3) return undefined
  let length = 0
  for (let offset = 0; offset < count; offset++)
    length = length * 256 + (bytes[at + 2 + offset] ?? 0)
  const start = at + 2 + count
  return within({ tag, start, end: start + length }, limit)
}

function within(element: Element, limit: number): Element | undefined {
  return element.end <= limit ? element : undefined
}
