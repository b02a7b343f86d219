import { Buffer } from 'node:buffer'
import { cleanPath, trimSpaces } from './go-text.ts'

const BYTE_ORDER_MARK = '\uFEFF'
/** Docker reads line by line with a buffer of this size. */
const MAX_LINE_BYTES = 64 * 1024

/**
 * The patterns of an ignore file in the form in which Docker's clients send them: comments and
 * empty lines are gone, paths are short, `!` stays in front.
 *
 * @throws RangeError for a line that Docker cannot read either
 */
export function parseIgnoreLines(content: Uint8Array): readonly string[] {
  const text = Buffer.from(content.buffer, content.byteOffset, content.byteLength).toString('utf8')
  const lines = text.split('\n')
  if (lines[0]?.startsWith(BYTE_ORDER_MARK)) lines[0] = lines[0].slice(1)
  return lines.flatMap((line, index) => {
    if (line.length >= MAX_LINE_BYTES / 4 && Buffer.byteLength(line) >= MAX_LINE_BYTES) {
      throw new RangeError(`line ${index + 1} is longer than 64 KiB`)
    }
    return parseLine(line)
  })
}

function parseLine(line: string): readonly string[] {
  // Only in the first column: " #x" is a pattern.
  if (line.startsWith('#')) return []
  const pattern = trimSpaces(line)
  if (pattern === '') return []
  if (!pattern.startsWith('!')) return [withoutRoot(pattern)]
  return [`!${withoutRoot(trimSpaces(pattern.slice(1)))}`]
}

function withoutRoot(pattern: string): string {
  if (pattern === '') return ''
  const clean = cleanPath(pattern)
  return clean.length > 1 && clean.startsWith('/') ? clean.slice(1) : clean
}
