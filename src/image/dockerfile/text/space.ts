// Go's idea of white space, which is not JavaScript's: with U+0085, without the byte order mark.
const SPACE = /^[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]$/

/** Whether Go takes the one character for white space. */
export function isSpace(character: string): boolean {
  return SPACE.test(character)
}

/** Without white space at the beginning. */
export function trimLeft(text: string): string {
  let start = 0
  while (start < text.length && isSpace(text[start] ?? '')) start++
  return text.slice(start)
}

/** Without such characters at the end: a pattern would take forever for a long run that is not there. */
export function trimRight(text: string, isTrimmed: (character: string) => boolean): string {
  let end = text.length
  while (end > 0 && isTrimmed(text[end - 1] ?? '')) end--
  return text.slice(0, end)
}

/** Without white space at both ends. */
export function trim(text: string): string {
  return trimLeft(trimRight(text, isSpace))
}

/** Between the words of one instruction; fewer characters count here than for trimming. */
export const BETWEEN_WORDS = /[\t\v\f\r ]+/
