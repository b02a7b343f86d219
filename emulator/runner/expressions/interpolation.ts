import { parse } from 'yaml'

const OPEN = '${{'
const CLOSE = '}}'

/** A piece of a text with `${{ expressions }}` in it. */
export interface Piece {
  readonly kind: 'text' | 'expression'
  readonly text: string
}

/** @throws Error when an expression is not closed */
export function splitExpressions(text: string): readonly Piece[] {
  const pieces: Piece[] = []
  let at = 0
  for (;;) {
    const open = text.indexOf(OPEN, at)
    const plain = text.slice(at, open < 0 ? undefined : open)
    if (plain !== '') pieces.push({ kind: 'text', text: plain })
    if (open < 0) return pieces
    const close = findClose(text, open + OPEN.length)
    if (close < 0) throw new Error(`The expression is not closed: ${text.slice(open)}`)
    pieces.push({ kind: 'expression', text: text.slice(open + OPEN.length, close).trim() })
    at = close + CLOSE.length
  }
}

// Braces inside of a quoted text close nothing.
function findClose(text: string, from: number): number {
  let isQuoted = false
  for (let at = from; at < text.length; at++) {
    if (text[at] === "'") isQuoted = !isQuoted
    else if (!isQuoted && text.startsWith(CLOSE, at)) return at
  }
  return -1
}

/** How a scalar with expressions in it stood in its file. */
export interface WrittenScalar {
  readonly source: string | undefined
  readonly blockScalarHeader: string | undefined
}

/**
 * The text of a scalar of several lines. GitHub's parser for editors leaves the indentation of the
 * file in the expression that it makes of one, so the text is read again from its source.
 * Undefined for one of a single line, whose expression is right.
 */
export function readLines({ source, blockScalarHeader }: WrittenScalar): string | undefined {
  if (source === undefined) return undefined
  if (blockScalarHeader !== undefined) return String(parse(`${blockScalarHeader}\n${source}`))
  return source.includes('\n') ? String(parse(source)) : undefined
}
