/** Repeatable luck: everything that a simulated run draws comes out of its seed. */
export interface Luck {
  /** In [0, 1). */
  next(): number
  /** A whole number in [from, to]. */
  between(from: number, to: number): number
  chance(probability: number): boolean
  /** One of `options`; later ones as likely as earlier ones. */
  pick<T>(first: T, ...others: readonly T[]): T
}

/** A 32-bit mix of several numbers: neighbouring seeds give unrelated luck. */
export function mix(...numbers: readonly number[]): number {
  let hash = 0x9e3779b9
  for (const number of numbers) {
    hash = Math.imul(hash ^ (number | 0), 0x85ebca6b)
    hash ^= hash >>> 13
    hash = Math.imul(hash, 0xc2b2ae35)
    hash ^= hash >>> 16
  }
  return hash >>> 0
}

/** Mulberry32: small, fast, and good enough to draw weather from. */
export function luckOf(seed: number): Luck {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  const between = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1))
  return {
    next,
    between,
    chance: (probability) => next() < probability,
    pick: (first, ...others) => others[between(0, others.length) - 1] ?? first,
  }
}
