/** A piece of a condition, and where it stands. */
export interface Token {
  readonly kind: 'string' | 'number' | 'name' | 'sign'
  readonly text: string
  readonly start: number
  readonly end: number
}

const PATTERN =
  /\s+|(?<string>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")|(?<number>\d+(?:\.\d+)?)|(?<name>[A-Za-z_]\w*)|(?<sign>&&|\|\||==|!=|<=|>=|[()[\],.!+?:<>])/y

/** Splits a CEL expression; undefined where it holds something else. */
export function tokenize(source: string): readonly Token[] | undefined {
  const tokens: Token[] = []
  PATTERN.lastIndex = 0
  while (PATTERN.lastIndex < source.length) {
    const start = PATTERN.lastIndex
    const match = PATTERN.exec(source)
    if (match === null) return undefined
    const [kind, text] =
      Object.entries(match.groups ?? {}).find(([, found]) => found !== undefined) ?? []
    if (!isKind(kind) || text === undefined) continue
    tokens.push({ kind, text, start, end: PATTERN.lastIndex })
  }
  return tokens
}

function isKind(kind: string | undefined): kind is Token['kind'] {
  return kind === 'string' || kind === 'number' || kind === 'name' || kind === 'sign'
}

/** What a string literal stands for. */
export function unquote(literal: string): string {
  return literal.slice(1, -1).replace(/\\(.)/g, '$1')
}
