/** What is left of the name, false when it does not match. */
type Rest = string | false

/**
 * Whether Go's filepath.Match takes the pattern for the name ".". Docker asks just this of every
 * line before it uses any: a mistake behind the first mismatch is not seen, here as there.
 *
 * @throws SyntaxError when it does not
 */
export function checkGlob(pattern: string): void {
  let left = [...pattern]
  let name: Rest = '.'
  while (left.length > 0 && name !== false) {
    const { isStar, chunk, rest } = nextChunk(left)
    name = matchFrom(chunk, name, isStar)
    left = rest
  }
}

interface Chunk {
  /** After one `*` or more. */
  readonly isStar: boolean
  readonly chunk: readonly string[]
  readonly rest: string[]
}

function nextChunk(pattern: readonly string[]): Chunk {
  const stars = pattern.findIndex((char) => char !== '*')
  const start = stars < 0 ? pattern.length : stars
  let isInSet = false
  let end = start
  for (; end < pattern.length; end += 1) {
    const char = pattern[end]
    if (char === '*' && !isInSet) break
    if (char === '\\' && end + 1 < pattern.length) end += 1
    else if (char === '[' || char === ']') isInSet = char === '['
  }
  return { isStar: start > 0, chunk: pattern.slice(start, end), rest: pattern.slice(end) }
}

function matchFrom(chunk: readonly string[], name: string, isStar: boolean): Rest {
  const rest = matchChunk(chunk, name)
  // The name is one character long: a star can stand for nothing or for all of it.
  return rest === false && isStar && name !== '' ? matchChunk(chunk, '') : rest
}

/** Reads the whole chunk, even when it cannot match any more. */
function matchChunk(chunk: readonly string[], name: string): Rest {
  let rest: Rest = name
  let at = 0
  while (at < chunk.length) {
    const { end, isMatch } = chunk[at] === '[' ? readSet(chunk, at + 1) : readChar(chunk, at)
    rest = rest !== false && rest !== '' && isMatch(rest) ? '' : false
    at = end
  }
  return rest
}

interface Part {
  readonly end: number
  readonly isMatch: (char: string) => boolean
}

function readChar(chunk: readonly string[], at: number): Part {
  if (chunk[at] === '?') return { end: at + 1, isMatch: () => true }
  const literal = chunk[at] === '\\' ? at + 1 : at
  if (literal >= chunk.length) throw new SyntaxError('nothing follows the last \\')
  return { end: literal + 1, isMatch: (char) => char === chunk[literal] }
}

/** A set whose `[` stands in front of `start`. */
function readSet(chunk: readonly string[], start: number): Part {
  const isNegated = chunk[start] === '^'
  const first = isNegated ? start + 1 : start
  const ranges: (readonly [string, string])[] = []
  let at = first
  while (chunk[at] !== ']' || at === first) {
    const low = readMember(chunk, at)
    const high = chunk[low.end] === '-' ? readMember(chunk, low.end + 1) : low
    ranges.push([low.char, high.char])
    at = high.end
  }
  const isIn = (char: string): boolean => ranges.some(([low, high]) => low <= char && char <= high)
  return { end: at + 1, isMatch: (char) => isIn(char) !== isNegated }
}

function readMember(
  chunk: readonly string[],
  at: number
): { readonly char: string; readonly end: number } {
  const place = chunk[at] === '\\' ? at + 1 : at
  const char = chunk[place]
  const isBare = place === at && (char === '-' || char === ']')
  // Something has to follow: at least the `]`.
  if (char === undefined || isBare || place + 1 >= chunk.length) {
    throw new SyntaxError('a set has no end or an empty range')
  }
  return { char, end: place + 1 }
}
