import { asList, parseJson } from '../../../lib/json.ts'
import { DockerfileProblem } from './problem.ts'
import { BETWEEN_WORDS, isSpace } from './space.ts'

/**
 * Takes the `--flags` off the front; quotes group, and the escape character takes the next one as it
 * is. BuildKit does this byte by byte, so that a no-break space can be cut in two: so do we.
 */
export function splitFlags(
  line: string,
  escapeToken: string
): { readonly flags: readonly string[]; readonly rest: string } {
  const bytes = Buffer.from(line).toString('latin1')
  const flags: string[] = []
  let at = 0
  while (at < bytes.length) {
    if (isSpace(bytes[at] ?? '')) {
      at++
      continue
    }
    if (!bytes.startsWith('--', at)) break
    const { word, end } = readFlag(bytes, at, escapeToken)
    at = end
    // A bare "--" ends the flags, but only where something follows it.
    if (word === '--') break
    flags.push(word)
  }
  return { flags, rest: Buffer.from(bytes.slice(at), 'latin1').toString() }
}

function readFlag(
  line: string,
  start: number,
  escapeToken: string
): { readonly word: string; readonly end: number } {
  let word = ''
  let quote = ''
  let at = start
  for (; at < line.length; at++) {
    const character = line[at] ?? ''
    if (quote === '' && isSpace(character)) break
    if (character === quote) quote = ''
    else if (quote === '' && (character === "'" || character === '"')) quote = character
    // An escape character at the very end is dropped.
    else if (character === escapeToken) word += line[++at] ?? ''
    else word += character
  }
  return { word, end: at }
}

/** The value of each `--name=value`, or of a bare `--name` as ''. */
export function flagValues(flags: readonly string[], name: string): readonly string[] {
  return flags.flatMap((flag) => {
    if (flag === `--${name}`) return ['']
    return flag.startsWith(`--${name}=`) ? [flag.slice(name.length + 3)] : []
  })
}

/**
 * The words of `["a", "b"]`; undefined for anything that is not a JSON array, which is then read as
 * plain text.
 *
 * @throws DockerfileProblem for an array of other things than strings
 */
export function readJsonList(rest: string): readonly string[] | undefined {
  if (!/^\s*\[/.test(rest)) return undefined
  const parsed = parseJson(rest)
  if (!Array.isArray(parsed)) return undefined
  return asList(parsed).map((word) => {
    if (typeof word !== 'string') throw new DockerfileProblem('a JSON list holds more than strings')
    return word
  })
}

/** The words of FROM, COPY and ADD: as a JSON list, or what stands between white space. */
export function plainWords(rest: string): readonly string[] {
  return readJsonList(rest) ?? (rest === '' ? [] : rest.split(BETWEEN_WORDS))
}

/** The words of ARG and ENV: quoted white space does not separate; quotes and escapes stay in. */
function quotedWords(rest: string, escapeToken: string): readonly string[] {
  const words: string[] = []
  let word: string | undefined
  let quote = ''
  for (let at = 0; at < rest.length; at++) {
    const character = rest[at] ?? ''
    if (quote === '' && isSpace(character)) {
      if (word !== undefined) words.push(word)
      word = undefined
      continue
    }
    if (character === quote) quote = ''
    else if (quote === '' && (character === "'" || character === '"')) quote = character
    else if (character === escapeToken && quote !== "'") {
      if (at + 1 < rest.length) word = (word ?? '') + character + (rest[++at] ?? '')
      continue
    }
    word = (word ?? '') + character
  }
  return word === undefined ? words : [...words, word]
}

/** One `name` or `name=value` of ARG or ENV, the value not yet expanded. */
export interface Assignment {
  readonly name: string
  readonly value: string | undefined
}

/** What `ARG name name=value …` declares. */
export function readArguments(rest: string, escapeToken: string): readonly Assignment[] {
  return quotedWords(rest, escapeToken).map(parseAssignment)
}

/** What `ENV name=value …` or the old form `ENV name value` sets. */
export function readEnvironment(rest: string, escapeToken: string): readonly Assignment[] {
  const words = quotedWords(rest, escapeToken)
  if (words[0]?.includes('=')) return words.map(parseAssignment)
  const gap = BETWEEN_WORDS.exec(rest)
  if (gap === null) return []
  return [{ name: rest.slice(0, gap.index), value: rest.slice(gap.index + gap[0].length) }]
}

function parseAssignment(word: string): Assignment {
  const at = word.indexOf('=')
  if (at < 0) return { name: word, value: undefined }
  return { name: word.slice(0, at), value: word.slice(at + 1) }
}

/** The fields of `--mount=type=bind,"from=x"`: comma-separated values, as in a CSV file. */
export function commaFields(text: string): readonly string[] {
  const fields: string[] = []
  const field = /(?:"((?:[^"]|"")*)"|([^,"]*))(,|$)/y
  for (;;) {
    const match = field.exec(text)
    if (match === null) throw new DockerfileProblem(`"${text}" has a quote in the wrong place`)
    fields.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '')
    if (match[3] === '') return fields
  }
}
