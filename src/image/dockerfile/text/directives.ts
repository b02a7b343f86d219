import { asRecord, asText, parseJson } from '../../../lib/json.ts'
import { DockerfileProblem } from './problem.ts'
import { trim, trimLeft } from './space.ts'

const KNOWN: ReadonlySet<string> = new Set(['syntax', 'escape', 'check'])

/** Reads `# name=value` lines as long as the file begins with nothing else. */
export class DirectiveReader {
  readonly #comment: string
  readonly #seen = new Set<string>()
  #isDone = false

  constructor(comment = '#') {
    this.#comment = comment
  }

  get isDone(): boolean {
    return this.#isDone
  }

  /** The directive on this line; the first line without one ends them all. */
  read(line: string): { readonly name: string; readonly value: string } | undefined {
    if (this.#isDone) return undefined
    const match = line.startsWith(this.#comment)
      ? /^([a-zA-Z][a-zA-Z0-9]*)[\t\f\r ]*=(.+)$/.exec(trimLeft(line.slice(this.#comment.length)))
      : null
    const name = match?.[1]?.toLowerCase() ?? ''
    if (!KNOWN.has(name)) {
      this.#isDone = true
      return undefined
    }
    if (this.#seen.has(name)) throw new DockerfileProblem(`"# ${name}=" stands there twice`)
    this.#seen.add(name)
    return { name, value: trim(match?.[2] ?? '') }
  }
}

/**
 * The image of the frontend that the file asks for with `# syntax=` (or `// syntax=`, or a JSON
 * object, behind a shebang or not), as it is written; undefined when BuildKit's own one reads it.
 */
export function frontendOf(text: string): string | undefined {
  const content = withoutByteOrderMark(text).replace(/^#!.*(\n|$)/, '')
  const named = syntaxIn(content, '#') ?? syntaxIn(content, '//')
  return named?.split(' ')[0] || asText(asRecord(parseJson(content))['syntax']) || undefined
}

function syntaxIn(content: string, comment: string): string | undefined {
  const reader = new DirectiveReader(comment)
  try {
    for (const line of content.split(/\r?\n/)) {
      const directive = reader.read(line)
      if (directive?.name === 'syntax') return directive.value
      if (reader.isDone) return undefined
    }
  } catch (error) {
    // What is wrong with the directives is told by those who read the instructions.
    if (!(error instanceof DockerfileProblem)) throw error
  }
  return undefined
}

/** Files of Windows editors begin with one. */
export function withoutByteOrderMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text
}
