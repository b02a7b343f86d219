export const MASK = '***'

/** Nothing shorter is looked for: it would be found everywhere. */
export const SHORTEST_FORM = 4
const FILTER_BITS = 20
// Looked up once: it is called for every character of a plan.
const { imul } = Math
/** So much of a long form is found even where the rest of it is missing, or cut off. */
const TELLING_PREFIX = 64

/**
 * Finds any of very many texts in time that grows with the searched text only: a filter on the
 * first four characters, then a walk down the sorted list.
 */
export class SecretMatcher {
  readonly #forms: readonly string[]
  readonly #filter = new Uint8Array(1 << FILTER_BITS)

  constructor(forms: ReadonlySet<string>) {
    this.#forms = [...forms].filter(({ length }) => length >= SHORTEST_FORM).sort()
    for (const form of this.#forms) this.#filter[slotOf(form, 0)] = 1
  }

  /** The text with each form in it replaced; forms that overlap are hidden as one. */
  mask(text: string): string {
    if (this.#forms.length === 0) return text
    let result = ''
    let copied = 0
    let from = -1
    let to = -1
    for (let at = 0; at <= text.length - SHORTEST_FORM; at++) {
      if (this.#filter[slotOf(text, at)] !== 1) continue
      const length = this.#longestAt(text, at)
      if (length === 0) continue
      if (at > to) {
        if (to > 0) {
          result += text.slice(copied, from) + MASK
          copied = to
        }
        from = at
      }
      to = Math.max(to, at + length)
      // Without this, a text like "xxxx…" would be compared anew from each of its characters on.
      at += Math.max(0, length - TELLING_PREFIX)
    }
    return to < 0 ? text : result + text.slice(copied, from) + MASK + text.slice(to)
  }

  /** The length of the longest form that stands here; zero when none does. */
  #longestAt(text: string, at: number): number {
    let low = 0
    let high = this.#forms.length
    let longest = 0
    let matched = 0
    for (let depth = 0; low < high; depth++) {
      matched = depth
      if (this.#forms[low]?.length === depth) {
        longest = depth
        low++
      }
      if (at + depth >= text.length) break
      const code = text.charCodeAt(at + depth)
      // Very many forms may begin alike: where the first and the last agree, so do all between.
      if (this.#codeAt(low, depth) === code && this.#codeAt(high - 1, depth) === code) continue
      low = this.#firstNotBelow(code, depth, { low, high })
      high = this.#firstNotBelow(code + 1, depth, { low, high })
    }
    return matched >= TELLING_PREFIX ? Math.max(longest, matched) : longest
  }

  #codeAt(form: number, depth: number): number {
    return this.#forms[form]?.charCodeAt(depth) ?? 0
  }

  #firstNotBelow(code: number, depth: number, range: { low: number; high: number }): number {
    let { low, high } = range
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.#codeAt(middle, depth) < code) low = middle + 1
      else high = middle
    }
    return low
  }
}

function slotOf(text: string, at: number): number {
  const mixed =
    text.charCodeAt(at) +
    imul(text.charCodeAt(at + 1), 0x9e37) +
    imul(text.charCodeAt(at + 2), 0x85ebca6b) +
    imul(text.charCodeAt(at + 3), 0xc2b2ae35)
  return ((mixed ^ (mixed >>> 15)) >>> 0) & ((1 << FILTER_BITS) - 1)
}
