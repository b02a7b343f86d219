import type { Window } from './window.ts'

/** What the lines beside a finding say about it. */
export type Allowance = 'allowed' | 'without reason' | 'none'

const MARK = 'secret-scan:allow'
const NEWLINE = 0x0a
const REASON = /^[ \t:-]*[^\s*/>"'`)}\]<-][^\n]{2,}/

/** Looks for `secret-scan:allow <reason>` on the line that holds `at` and on the one above. */
export function allowanceAt({ bytes, from, to }: Window, at: number): Allowance {
  const lineStart = startOfLine(bytes, at, from)
  const aboveStart = lineStart > from ? startOfLine(bytes, lineStart - 1, from) : lineStart
  const newline = bytes.subarray(at, to).indexOf(NEWLINE)
  const lines = bytes.toString('latin1', aboveStart, newline === -1 ? to : at + newline)
  const mark = lines.lastIndexOf(MARK)
  if (mark === -1) return 'none'
  const rest = (lines.slice(mark + MARK.length).split('\n')[0] ?? '').replace(
    /(\*\/|-->|#\})?\s*$/,
    ''
  )
  return REASON.test(rest) ? 'allowed' : 'without reason'
}

function startOfLine(bytes: Buffer, at: number, from: number): number {
  let start = at
  while (start > from && bytes[start - 1] !== NEWLINE) start -= 1
  return start
}
