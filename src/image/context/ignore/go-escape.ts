/** A part of a JavaScript pattern, made of a part of Go's. */
export interface Translated {
  readonly text: string
  /** Where the next part begins. */
  readonly end: number
}

/** What stands for one character in a set, or for itself outside. */
export interface Literal {
  readonly codePoint: number
  readonly end: number
}

const SPACE = '\\t\\n\\f\\r '
const CLASSES: Readonly<Record<string, string>> = {
  d: '0-9',
  D: '\\0-\\x2f\\x3a-\\u{10ffff}',
  s: SPACE,
  S: '\\0-\\x08\\x0b\\x0e-\\x1f!-\\u{10ffff}',
  w: '0-9A-Z_a-z',
  W: '\\0-\\x2f\\x3a-\\x40\\x5b-\\x5e\\x60\\x7b-\\u{10ffff}',
}
const ASSERTIONS: Readonly<Record<string, string>> = { A: '^', z: '$', b: '\\b', B: '\\B' }
const CONTROLS: Readonly<Record<string, number>> = { a: 7, f: 12, n: 10, r: 13, t: 9, v: 11 }

/** A `\…` outside of a set. @throws SyntaxError where Go refuses it */
export function translateEscape(chars: readonly string[], at: number): Translated {
  const assertion = ASSERTIONS[chars[at + 1] ?? '']
  if (assertion !== undefined) return { text: assertion, end: at + 2 }
  const members = readClass(chars, at)
  if (members !== undefined) return { text: `[${members.text}]`, end: members.end }
  const literal = readLiteral(chars, at)
  return { text: escapeCodePoint(literal.codePoint), end: literal.end }
}

/** The members of `\d`, `\pL` and their like, for use inside of `[]`. */
export function readClass(chars: readonly string[], at: number): Translated | undefined {
  const name = chars[at + 1] ?? ''
  const members = CLASSES[name]
  if (members !== undefined) return { text: members, end: at + 2 }
  if (name !== 'p' && name !== 'P') return undefined
  const braced = /^\{(\^?)([A-Za-z_]+)\}/.exec(chars.slice(at + 2, at + 40).join(''))
  if (braced === null) return { text: property(name, chars[at + 2] ?? ''), end: at + 3 }
  const [written, negation, category = ''] = braced
  const sign = (name === 'P') === (negation === '^') ? 'p' : 'P'
  return { text: property(sign, category), end: at + 2 + written.length }
}

/** Go knows categories by their short names and scripts by their long ones. */
function property(sign: string, name: string): string {
  const isCategory = /^(?:[CLMNPSZ][a-z]?|Any)$/.test(name)
  const text = `\\${sign}{${isCategory ? name : `Script=${name}`}}`
  // Throws for a name that there is not.
  new RegExp(text, 'u')
  return text
}

/** A `\…` that means one character. @throws SyntaxError where Go refuses it */
export function readLiteral(chars: readonly string[], at: number): Literal {
  const char = chars[at + 1] ?? ''
  if (/^[\0-\x7f]$/.test(char) && !/[0-9A-Za-z]/.test(char)) {
    return { codePoint: char.charCodeAt(0), end: at + 2 }
  }
  const control = CONTROLS[char]
  if (control !== undefined) return { codePoint: control, end: at + 2 }
  const rest = chars.slice(at + 1, at + 16).join('')
  // A single digit other than 0 would refer back, which Go does not know.
  const octal = /^(?:0[0-7]{0,2}|[1-7][0-7]{1,2})/.exec(rest)?.[0]
  if (octal !== undefined) {
    return { codePoint: Number.parseInt(octal, 8), end: at + 1 + octal.length }
  }
  const hex = /^x(?:([0-9A-Fa-f]{2})|\{([0-9A-Fa-f]+)\})/.exec(rest)
  const codePoint = Number.parseInt(hex?.[1] ?? hex?.[2] ?? '', 16)
  if (hex === null || codePoint > 0x10ffff) throw new SyntaxError(`invalid escape \\${char}`)
  return { codePoint, end: at + 1 + hex[0].length }
}

/** One character, safe anywhere in a JavaScript pattern. */
export function escapeCodePoint(codePoint: number): string {
  return `\\u{${codePoint.toString(16)}}`
}
