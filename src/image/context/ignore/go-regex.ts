import { translateEscape } from './go-escape.ts'
import { translateSet } from './go-set.ts'

/** Something that matches, or a position; may be repeated as a whole. */
interface Part {
  text: string
  canRepeat: boolean
}

const MAX_REPEAT = 1000
const COUNT = /^\{(0|[1-9][0-9]*)(?:(,)(0|[1-9][0-9]*)?)?\}/

/**
 * The same language as Go's regexp package gives `source`, for what a glob can turn into: no groups
 * and no `*`, `+` or `?` of the user's own.
 *
 * @throws SyntaxError where Go refuses it
 */
export function translateGoRegex(source: string): RegExp {
  const chars = [...source]
  const parts: Part[] = []
  let at = 0
  while (at < chars.length) {
    const char = chars[at]
    if (char === '\\' && chars[at + 1] === 'Q') {
      const end = endOfQuote(chars, at + 2)
      for (const quoted of chars.slice(at + 2, end)) addChar(parts, `\\${quoted}`)
      at = end + 2
    } else if (char === '\\' || char === '[') {
      const { text, end } = char === '[' ? translateSet(chars, at) : translateEscape(chars, at)
      parts.push({ text, canRepeat: true })
      at = end
    } else {
      const count = char === '{' ? COUNT.exec(chars.slice(at).join('')) : null
      if (count === null) addChar(parts, char ?? '')
      else repeatLast(parts, count)
      at += count?.[0].length ?? 1
    }
  }
  return new RegExp(parts.map(({ text }) => text).join(''), 'u')
}

function addChar(parts: Part[], char: string): void {
  const last = parts.at(-1)
  if ((char === '*' || char === '?') && last !== undefined) {
    last.text += char
    last.canRepeat = false
  } else {
    parts.push({ text: translateChar(char), canRepeat: char !== '|' })
  }
}

function translateChar(char: string): string {
  // In JavaScript the dot stops at more kinds of line ends, and a lone bracket is an error.
  if (char === '.') return '[^\\n]'
  if (/^[\]{}]$/.test(char)) return `\\${char}`
  // Quoted: JavaScript lets only its own syntax be escaped.
  return char.startsWith('\\') && !/^\\[\\^$.*+?()[\]{}|/]$/.test(char) ? char.slice(1) : char
}

function repeatLast(
  parts: readonly Part[],
  [written, min = '0', comma, max]: RegExpExecArray
): void {
  const last = parts.at(-1)
  if (last?.canRepeat !== true) throw new SyntaxError(`nothing to repeat before ${written}`)
  const most = Number(max ?? min)
  if (
    Number(min) > MAX_REPEAT ||
    most > MAX_REPEAT ||
    (comma !== undefined && most < Number(min))
  ) {
    throw new SyntaxError(`${written} repeats too often`)
  }
  last.text = `(?:${last.text})${written}`
  last.canRepeat = false
}

function endOfQuote(chars: readonly string[], from: number): number {
  const end = chars.findIndex((char, at) => at >= from && char === '\\' && chars[at + 1] === 'E')
  return end < 0 ? chars.length : end
}
