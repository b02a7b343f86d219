/** A text to look for; ASCII only, at least four characters. */
export interface Literal {
  readonly text: string
  readonly ignoreCase?: boolean
}

interface Span {
  readonly from: number
  readonly to: number
}

interface Entry {
  readonly bytes: Uint8Array
  /** Where in the literal its key lies. */
  readonly keyAt: number
  readonly ignoreCase: boolean
  readonly index: number
  readonly next: number
}

type Visit = (index: number, at: number) => void

/** Hands hits on by place, and by literal where two begin at the same one. */
class OrderedHits {
  readonly #visit: Visit
  readonly #waiting: { readonly index: number; readonly at: number }[] = []

  constructor(visit: Visit) {
    this.#visit = visit
  }

  add(index: number, at: number): void {
    let place = this.#waiting.length
    for (; place > 0; place--) {
      const before = this.#waiting[place - 1]
      if (before === undefined || before.at < at || (before.at === at && before.index < index))
        break
    }
    this.#waiting.splice(place, 0, { index, at })
  }

  passOn(before: number): void {
    while ((this.#waiting[0]?.at ?? before) < before) {
      const first = this.#waiting.shift()
      if (first !== undefined) this.#visit(first.index, first.at)
    }
  }
}

/** Each literal is told by so many of its bytes in a row; their last pair stops the search. */
const KEY_BYTES = 4
const LONGEST_JUMP = KEY_BYTES - 1
const HASH_BITS = 15

/**
 * Finds thousands of literals in one pass over bytes: where a pair of bytes occurs in no literal's key,
 * the search jumps over it (Wu and Manber), so most bytes are looked at once or never.
 */
export class LiteralSearch {
  readonly #jumps = new Uint8Array(0x1_00_00).fill(LONGEST_JUMP)
  readonly #heads = new Uint16Array(1 << HASH_BITS)
  readonly #entries: Entry[] = []
  #longest = KEY_BYTES

  constructor(literals: readonly Literal[]) {
    literals.forEach((literal, index) => {
      this.#add(literal, index)
    })
  }

  /** Calls `visit` for every literal that begins in [from, to), in order of position. */
  each(bytes: Uint8Array, { from, to }: Span, visit: Visit): void {
    const jumps = this.#jumps
    const heads = this.#heads
    const end = Math.min(to + this.#longest, bytes.length)
    const hits = new OrderedHits(visit)
    let last = from + LONGEST_JUMP
    while (last < end) {
      const jump = jumps[((bytes[last - 1] ?? 0) << 8) | (bytes[last] ?? 0)] ?? 1
      if (jump > 0) {
        last += jump
        continue
      }
      const at = last - LONGEST_JUMP
      const head = heads[hashAt(bytes, at)] ?? 0
      if (head !== 0) {
        // Keys lie at different places of their literals: only these can no longer be overtaken.
        hits.passOn(at - this.#longest)
        this.#verify(bytes, { at, head, from, to }, hits)
      }
      last += 1
    }
    hits.passOn(end)
  }

  #verify(
    bytes: Uint8Array,
    { at, head, from, to }: { readonly at: number; readonly head: number } & Span,
    hits: OrderedHits
  ): void {
    let entry = this.#entries[head - 1]
    while (entry !== undefined) {
      const start = at - entry.keyAt
      const isInside = start >= from && start < to
      if (isInside && isAt(bytes, start, entry)) hits.add(entry.index, start)
      entry = this.#entries[entry.next - 1]
    }
  }

  #add({ text, ignoreCase = false }: Literal, index: number): void {
    const bytes = Buffer.from(ignoreCase ? text.toLowerCase() : text, 'latin1')
    if (bytes.length < KEY_BYTES) throw new Error(`"${text}" is too short to be searched for`)
    const keyAt = rarestKeyIn(bytes)
    const hash = hashAt(bytes, keyAt)
    this.#longest = Math.max(this.#longest, bytes.length)
    this.#entries.push({ bytes, keyAt, ignoreCase, index, next: this.#heads[hash] ?? 0 })
    this.#heads[hash] = this.#entries.length
    for (let place = 0; place < LONGEST_JUMP; place++) {
      for (const first of casesOf(bytes[keyAt + place] ?? 0, ignoreCase)) {
        for (const second of casesOf(bytes[keyAt + place + 1] ?? 0, ignoreCase)) {
          const pair = (first << 8) | second
          const jump = LONGEST_JUMP - 1 - place
          this.#jumps[pair] = Math.min(this.#jumps[pair] ?? jump, jump)
        }
      }
    }
  }
}

// From the most to the least frequent in source code.
const BY_FREQUENCY = ' etraonisldcpumfhgbyvw_kx.AC"(S-TE/ID=jqzBFM'

/** Where to take the key from so that the search stops at it as rarely as may be. */
function rarestKeyIn(bytes: Uint8Array): number {
  let best = 0
  let bestCost = Number.POSITIVE_INFINITY
  for (let at = 0; at + KEY_BYTES <= bytes.length; at++) {
    const cost = costOf(bytes[at + KEY_BYTES - 2] ?? 0) * costOf(bytes[at + KEY_BYTES - 1] ?? 0)
    if (cost < bestCost) {
      best = at
      bestCost = cost
    }
  }
  return best
}

function costOf(byte: number): number {
  const rank = BY_FREQUENCY.indexOf(String.fromCharCode(byte))
  return rank === -1 ? 1 : BY_FREQUENCY.length + 1 - rank
}

/** Upper and lower case share a hash: one table serves literals of both kinds. */
function hashAt(bytes: Uint8Array, at: number): number {
  const key =
    ((bytes[at] ?? 0) << 24) |
    ((bytes[at + 1] ?? 0) << 16) |
    ((bytes[at + 2] ?? 0) << 8) |
    (bytes[at + 3] ?? 0) |
    0x20_20_20_20
  return Math.imul(key, 0x9e_37_79_b1) >>> (32 - HASH_BITS)
}

function isAt(bytes: Uint8Array, at: number, { bytes: wanted, ignoreCase }: Entry): boolean {
  if (at + wanted.length > bytes.length) return false
  for (let offset = 0; offset < wanted.length; offset++) {
    const byte = bytes[at + offset] ?? 0
    const expected = wanted[offset]
    if (byte === expected) continue
    if (!ignoreCase || lowerCase(byte) !== expected) return false
  }
  return true
}

function lowerCase(byte: number): number {
  return byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte
}

function casesOf(byte: number, ignoreCase: boolean): readonly number[] {
  const isLetter = byte >= 0x61 && byte <= 0x7a
  return ignoreCase && isLetter ? [byte, byte & ~0x20] : [byte]
}
