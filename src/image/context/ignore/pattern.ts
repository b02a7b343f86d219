import { translateGoRegex } from './go-regex.ts'

type Test = (path: string) => boolean

/**
 * One line of an ignore file. What it matches is what moby/patternmatcher makes of it, with all of
 * its oddities: the glob becomes the text of a Go regular expression, so `\d` is a digit.
 */
export class IgnorePattern {
  /** Without its `!`. */
  readonly text: string
  /** Begins with `!`: brings back what earlier lines took away. */
  readonly isException: boolean
  #test: Test | undefined

  constructor(text: string, isException: boolean) {
    this.text = text
    this.isException = isException
  }

  /** @throws SyntaxError when it is no regular expression; Docker notices only here, too. */
  matches(path: string): boolean {
    this.#test ??= checkedPattern(this.text, () => compile(this.text))
    return this.#test(path)
  }
}

/** Names the pattern in what `work` throws. @throws SyntaxError */
export function checkedPattern<T>(text: string, work: () => T): T {
  try {
    return work()
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause
    throw new SyntaxError(`the pattern "${text}" cannot be understood (${cause.message})`, {
      cause,
    })
  }
}

type Shape = 'exact' | 'prefix' | 'suffix' | 'regex'

function compile(text: string): Test {
  const { shape, source } = toRegex(text)
  switch (shape) {
    case 'exact':
      return (path) => path === text
    case 'prefix':
      return (path) => path.startsWith(text.slice(0, -2))
    case 'suffix': {
      const suffix = text.slice(2)
      const isName = suffix.startsWith('/')
      return (path) => path.endsWith(suffix) || (isName && path === suffix.slice(1))
    }
    case 'regex': {
      const regex = translateGoRegex(`^${source}$`)
      return (path) => regex.test(path)
    }
  }
}

const ANY_FOLDERS = '(.*/)?'
// Docker means to escape |, { and } as well, but the table it looks them up in is too small: "a|b*"
// means two patterns.
const ESCAPED = new Set('.+()$')

function toRegex(text: string): { readonly shape: Shape; readonly source: string } {
  // The scanner that Docker reads patterns with drops a byte order mark.
  const chars = [...text.replace(/^\uFEFF/, '')]
  let shape: Shape = 'exact'
  let source = ''
  let at = 0
  const next = (): string | undefined => chars[at++]
  for (let char = next(); char !== undefined; char = next()) {
    const isFirst = at === 1
    if (char === '*' && chars[at] === '*') {
      at += chars[at + 1] === '/' ? 2 : 1
      const isLast = at >= chars.length
      // Twice in a row means the same as once, and takes ever longer to find out.
      if (!isLast && !source.endsWith(ANY_FOLDERS)) source += ANY_FOLDERS
      if (isLast && shape !== 'exact') source += '.*'
      shape = isLast && shape === 'exact' ? 'prefix' : 'regex'
      // Whatever follows makes it a regex again, unless it is plain text.
      if (isFirst) shape = 'suffix'
    } else if (char === '*' || char === '?') {
      source += char === '*' ? '[^/]*' : '[^/]'
      shape = 'regex'
    } else if (char === '\\') {
      const escaped = next()
      source += `\\${escaped ?? ''}`
      if (escaped !== undefined) shape = 'regex'
    } else if (char === '[' || char === ']') {
      source += char
      shape = 'regex'
    } else {
      source += ESCAPED.has(char) ? `\\${char}` : char
    }
  }
  return { shape, source }
}
