import type { Level } from '../budget.ts'
import { grouped } from '../markdown.ts'
import type { Body } from '../values/body.ts'

const EXCERPT_LENGTH = 1500
const LONGEST_LINE = 240

/** The diff at a level of detail; undefined where there is room for one line only. */
export function textAt(body: Body, level: Level): string | undefined {
  if (level >= 3 || body.lines.length === 0) return undefined
  if (level === 0) return body.lines.join('\n')
  const lines = withoutContext(body)
  return level === 1 ? lines.join('\n') : excerptOf(lines)
}

function withoutContext({ lines, context }: Body): readonly string[] {
  return context.size === 0 ? lines : lines.filter((_, index) => !context.has(index))
}

/** The beginning of a diff, its lines cut as well; says how much is missing. */
export function excerptOf(lines: readonly string[]): string {
  const shown: string[] = []
  let length = 0
  for (const line of lines) {
    const cut = cutLine(line)
    if (length + cut.length > EXCERPT_LENGTH) break
    length += cut.length + 1
    shown.push(cut)
  }
  const missing = lines.length - shown.length
  if (missing > 0) shown.push(`#   … ${grouped(missing)} more ${missing === 1 ? 'line' : 'lines'}`)
  return shown.join('\n')
}

function cutLine(line: string): string {
  if (line.length <= LONGEST_LINE + 30) return line
  // Not between the two halves of one character.
  const shown = line.slice(0, LONGEST_LINE).replace(/[\ud800-\udbff]$/, '')
  return `${shown}… (${grouped(line.length - shown.length)} more characters)`
}
