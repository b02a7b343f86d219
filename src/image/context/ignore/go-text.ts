import { posix } from 'node:path'

// Unicode's White_Space. JavaScript's trim() also takes U+FEFF away and leaves U+0085.
const SPACES = '[\\t-\\r \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]+'
const OUTER_SPACES = new RegExp(`^${SPACES}|${SPACES}$`, 'gu')

/** As Go's strings.TrimSpace. */
export function trimSpaces(text: string): string {
  return text.replace(OUTER_SPACES, '')
}

/** As Go's filepath.Clean: the shortest way to write a path, with no slash at its end. */
export function cleanPath(path: string): string {
  const normal = posix.normalize(path)
  return normal.length > 1 && normal.endsWith('/') ? normal.slice(0, -1) : normal
}
