import {
  escapeCodePoint,
  type Literal,
  readClass,
  readLiteral,
  type Translated,
} from './go-escape.ts'

const NAMED: Readonly<Record<string, string>> = {
  alnum: '0-9A-Za-z',
  alpha: 'A-Za-z',
  ascii: '\\0-\\x7f',
  blank: '\\t ',
  cntrl: '\\0-\\x1f\\x7f',
  digit: '0-9',
  graph: '!-~',
  lower: 'a-z',
  print: ' -~',
  punct: '!-\\/:-@\\[-`\\{-~',
  space: '\\t-\\r ',
  upper: 'A-Z',
  word: '0-9A-Z_a-z',
  xdigit: '0-9A-Fa-f',
}

/** A `[…]` whose `[` stands at `at`. @throws SyntaxError where Go refuses it */
export function translateSet(chars: readonly string[], at: number): Translated {
  const isNegated = chars[at + 1] === '^'
  const first = at + (isNegated ? 2 : 1)
  let next = first
  let members = ''
  // A `]` in the first place is a member.
  while (chars[next] !== ']' || next === first) {
    const member =
      readNamed(chars, next) ??
      (chars[next] === '\\' ? readClass(chars, next) : undefined) ??
      readRange(chars, next)
    members += member.text
    next = member.end
  }
  return { text: `[${isNegated ? '^' : ''}${members}]`, end: next + 1 }
}

function readNamed(chars: readonly string[], at: number): Translated | undefined {
  if (chars[at] !== '[' || chars[at + 1] !== ':') return undefined
  const end = chars.findIndex((char, i) => i >= at + 2 && char === ':' && chars[i + 1] === ']')
  if (end < 0) return undefined
  const name = chars.slice(at + 2, end).join('')
  const members = NAMED[name.replace(/^\^/, '')]
  if (members === undefined) throw new SyntaxError(`invalid class [:${name}:]`)
  return { text: name.startsWith('^') ? complement(members) : members, end: end + 2 }
}

/** The members that `members` are not; sets cannot be nested here. */
function complement(members: string): string {
  const isMember = new RegExp(`[${members}]`, 'u')
  // Every named class is part of ASCII.
  const others = Array.from({ length: 128 }, (_, code) => code).filter(
    (code) => !isMember.test(String.fromCodePoint(code))
  )
  return `${others.map(escapeCodePoint).join('')}\\x80-\\u{10ffff}`
}

function readRange(chars: readonly string[], at: number): Translated {
  const low = readMember(chars, at)
  if (chars[low.end] !== '-' || chars[low.end + 1] === undefined || chars[low.end + 1] === ']') {
    return { text: escapeCodePoint(low.codePoint), end: low.end }
  }
  const high = readMember(chars, low.end + 1)
  if (high.codePoint < low.codePoint) throw new SyntaxError('a range runs backwards')
  return {
    text: `${escapeCodePoint(low.codePoint)}-${escapeCodePoint(high.codePoint)}`,
    end: high.end,
  }
}

function readMember(chars: readonly string[], at: number): Literal {
  const char = chars[at]
  if (char === undefined) throw new SyntaxError('a set has no end')
  if (char === '\\') return readLiteral(chars, at)
  return { codePoint: char.codePointAt(0) ?? 0, end: at + 1 }
}
