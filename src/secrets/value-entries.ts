/** One value as it was written, before anything is made of it. */
export interface ValueEntry {
  /** Where it begins, from 1. */
  readonly line: number
  /** What stands before the sign; it may be a piece of a value that was pasted without one. */
  readonly name: string
  readonly isBase64: boolean
  readonly text: string
}

export interface ValueEntries {
  readonly entries: readonly ValueEntry[]
  /** Each the rest of a sentence that begins with the input's name; none shows what was given. */
  readonly problems: readonly string[]
}

const BASE64 = ':base64'

/**
 * Reads `NAME=VALUE` lines, and `NAME<<END`, lines, `END` for a value of several lines, as the
 * runner's GITHUB_ENV has it; `NAME:base64` in front of either sign says that the value is encoded.
 * Empty lines and lines that begin with `#` are skipped between values.
 */
export function parseValueEntries(text: string): ValueEntries {
  const lines = text.split('\n')
  const entries: ValueEntry[] = []
  const problems: string[] = []
  for (let at = 0; at < lines.length; at += 1) {
    const line = withoutReturn(lines[at])
    if (line.trim() === '' || line.trimStart().startsWith('#')) continue
    const start = beginningOf(line)
    if (start === undefined) {
      problems.push(
        `has neither "=" nor "<<" in line ${at + 1}: write NAME=VALUE, and a value of several lines as NAME<<END, its lines, and END alone on a line.`
      )
    } else if (start.sign === '=') {
      entries.push(entryOf(at, start))
    } else {
      const end = endOf(lines, at + 1, start.rest.trim())
      if (end === undefined) {
        problems.push(`begins a value in line ${at + 1} that ends nowhere: ${HOW_TO_END}`)
        break
      }
      entries.push(entryOf(at, { ...start, rest: lines.slice(at + 1, end).join('\n') }))
      at = end
    }
  }
  return { entries, problems }
}

const HOW_TO_END = 'write the word behind "<<" once more, alone on a line, after the value.'

interface Beginning {
  readonly name: string
  readonly sign: '=' | '<<'
  readonly rest: string
}

/** Whichever sign comes first: a value may hold the other one. */
function beginningOf(line: string): Beginning | undefined {
  const [, name, sign, rest] = /^(.*?)(<<|=)(.*)$/.exec(line) ?? []
  if (name === undefined || rest === undefined) return undefined
  return { name: name.trim(), sign: sign === '=' ? '=' : '<<', rest }
}

function entryOf(at: number, { name, rest }: Beginning): ValueEntry {
  const isBase64 = name.endsWith(BASE64)
  return {
    line: at + 1,
    name: isBase64 ? name.slice(0, -BASE64.length) : name,
    isBase64,
    text: rest,
  }
}

/** Index of the line that ends a value; an empty word would end it at the first empty line. */
function endOf(lines: readonly string[], from: number, word: string): number | undefined {
  const at = lines.findIndex((line, index) => index >= from && withoutReturn(line) === word)
  return word === '' || at < 0 ? undefined : at
}

function withoutReturn(line = ''): string {
  return line.replace(/\r$/, '')
}
