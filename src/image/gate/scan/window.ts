/** How far a detector may look back from its anchor, and ahead of it. */
export const BEHIND_BYTES = 4_096
/** A whole RSA key of 16,384 bits, encoded twice, fits. */
export const AHEAD_BYTES = 32_768

/** Whether values may stand without quotes in such a file. */
export type Carrier = 'config' | 'code'

/** What a detector sees of a file: the bytes around one anchor, the same however the file arrived. */
export interface Window {
  readonly bytes: Buffer
  /** Where the anchor begins. */
  readonly at: number
  /** The first byte that may be looked at. */
  readonly from: number
  /** The first one that may not. */
  readonly to: number
  readonly carrier: Carrier
  /** A program, an archive, a picture: a setting in it is a string of the program's. */
  readonly isBinary: boolean
  /** Scans what an encoded text holds; one level deeper each time. */
  readonly scanInner: (bytes: Buffer) => string | undefined
}

/** The byte there, or -1 where the window ends. */
export function byteAt({ bytes, from, to }: Window, at: number): number {
  return at >= from && at < to ? (bytes[at] ?? -1) : -1
}

/** The bytes as characters of one byte each, so that places in the text are places in the file. */
export function textOf({ bytes, from, to }: Window, start: number, end: number): string {
  const first = Math.max(start, from)
  return bytes.toString('latin1', first, Math.max(first, Math.min(end, to)))
}

/** Letters, digits, `_` and `-`. */
export function isWordByte(byte: number): boolean {
  return (
    (byte >= 0x61 && byte <= 0x7a) ||
    (byte >= 0x41 && byte <= 0x5a) ||
    (byte >= 0x30 && byte <= 0x39) ||
    byte === 0x5f ||
    byte === 0x2d
  )
}

const BACKSLASH = 0x5c
const PERCENT = 0x25

/** Whether something can begin here: no word runs into it, except an escape such as `\n` or `%3D`. */
export function isStart(window: Window, at: number): boolean {
  const before = byteAt(window, at - 1)
  if (before === -1 || !isWordByte(before)) return true
  if (before === 0x2d || before === 0x5f) return false
  if (byteAt(window, at - 2) === BACKSLASH)
    return before === 0x6e || before === 0x72 || before === 0x74
  return byteAt(window, at - 3) === PERCENT
}

const CONTROL_REACH = 64

/** Whether control bytes stand nearby, as between the strings of a program or in an archive. */
export function isInBinary(window: Window, start: number, end: number): boolean {
  for (let at = start - CONTROL_REACH; at < end + CONTROL_REACH; at++) {
    const byte = byteAt(window, at)
    if (byte >= 0 && byte < 0x20 && byte !== 0x1b && (byte < 0x09 || byte > 0x0d)) return true
  }
  return false
}
