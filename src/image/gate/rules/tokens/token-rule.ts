import { isStart, textOf, type Window } from '../../scan/window.ts'
import { type Detector, literals, type Match, type Rule } from '../detector.ts'
import { isKnownTestValue } from '../values/known.ts'
import { isPlaceholder } from '../values/placeholder.ts'
import { isVaried } from '../values/randomness.ts'

/** A token that is known by its prefix and its shape. */
export interface TokenRule extends Rule {
  readonly anchors: readonly string[]
  /** Sticky, from the first character of the token; group 1 is what was drawn at random. */
  readonly pattern: RegExp
  /** So many characters of the token stand before the anchor. */
  readonly lead?: number
  readonly longest?: number
  /** How many characters there are to draw from, where the token itself does not show it. */
  readonly alphabet?: number
  /** Where the pattern begins inside a longer text, such as a URL. */
  readonly isInner?: boolean
  /** What the shape cannot say, such as a checksum. */
  readonly accepts?: (random: string, token: string, window: Window) => boolean
}

const LONGEST = 512

/** The detector of one such rule: boundaries, variety and placeholders are its business. */
export function tokenDetector(rule: TokenRule): Detector {
  return { anchors: literals(...rule.anchors), find: (window) => findToken(rule, window) }
}

function findToken(rule: TokenRule, window: Window): Match | undefined {
  const start = window.at - (rule.lead ?? 0)
  if (rule.isInner !== true && !isStart(window, start)) return undefined
  const text = textOf(window, start, start + (rule.longest ?? LONGEST))
  rule.pattern.lastIndex = 0
  const found = rule.pattern.exec(text)
  if (found === null) return undefined
  const [token, random = token] = found
  if (!isVaried(random, rule.alphabet ?? alphabetOf(random)) || isPlaceholder(random))
    return undefined
  if (rule.accepts?.(random, token, window) === false || isKnownTestValue(token)) return undefined
  return { rule: rule.id, start, end: start + token.length }
}

/** How many characters it was drawn from, as far as the token itself shows it. */
function alphabetOf(text: string): number {
  if (/^[0-9a-f_.-]+$/i.test(text)) return /[a-f]/i.test(text) ? 16 : 10
  const kinds: readonly (readonly [RegExp, number])[] = [
    [/\d/, 10],
    [/[a-z]/, 26],
    [/[A-Z]/, 26],
  ]
  return kinds.reduce((sum, [kind, size]) => sum + (kind.test(text) ? size : 0), 0)
}
