import { readJsonList, splitFlags } from './arguments.ts'
import { DirectiveReader, withoutByteOrderMark } from './directives.ts'
import { type Heredoc, heredocsIn } from './heredocs.ts'
import { DockerfileProblem } from './problem.ts'
import { BETWEEN_WORDS, trim, trimLeft, trimRight } from './space.ts'

/** One instruction, its continuation lines joined as BuildKit joins them. */
export interface Instruction {
  /** In upper case; not necessarily one that exists. */
  readonly keyword: string
  /** Such as `--from=build`, quotes and escapes resolved. */
  readonly flags: readonly string[]
  readonly rest: string
  readonly text: string
  /** 1-based, from the keyword to the last line, a heredoc's end included. */
  readonly line: number
  readonly endLine: number
}

/** A Dockerfile taken apart, as far as it can be read. */
export interface ParsedDockerfile {
  readonly instructions: readonly Instruction[]
  /** What `# escape=` says: a backslash or a backtick. */
  readonly escapeToken: string
  /** Why the reading stopped before the end. */
  readonly problem: DockerfileProblem | undefined
}

/** Takes a Dockerfile apart by the rules of BuildKit's parser; never throws. */
export function parseDockerfile(text: string): ParsedDockerfile {
  const reader = new InstructionReader(text)
  const instructions: Instruction[] = []
  try {
    for (let next = reader.read(); next !== undefined; next = reader.read()) instructions.push(next)
  } catch (error) {
    if (!(error instanceof DockerfileProblem)) throw error
    return { instructions, escapeToken: reader.escapeToken, problem: error }
  }
  return { instructions, escapeToken: reader.escapeToken, problem: undefined }
}

class InstructionReader {
  readonly #lines: readonly string[]
  readonly #directives = new DirectiveReader()
  #at = 0
  escapeToken = '\\'

  constructor(text: string) {
    this.#lines = withoutByteOrderMark(text).match(/[^\n]*\n|[^\n]+$/g) ?? []
  }

  read(): Instruction | undefined {
    for (let raw = this.#nextLine(); raw !== undefined; raw = this.#nextLine()) {
      const line = this.#at
      const first = trimLeft(trimLineEnd(raw))
      this.#readDirective(first)
      const { content, goesOn } = this.#takeContinuation(isComment(first) ? '' : first)
      if (content === '' && !goesOn) continue
      return this.#finish(goesOn ? content + this.#readContinuation() : content, line)
    }
    return undefined
  }

  #nextLine(): string | undefined {
    const line = this.#lines[this.#at]
    if (line !== undefined) this.#at++
    return line
  }

  #readDirective(line: string): void {
    const directive = this.#directives.read(line)
    if (directive?.name !== 'escape') return
    if (directive.value !== '\\' && directive.value !== '`') {
      throw new DockerfileProblem(`"# escape=" cannot be "${directive.value}"`, this.#at)
    }
    this.escapeToken = directive.value
  }

  // Comments and empty lines inside a continued instruction are skipped, and do not end it.
  #readContinuation(): string {
    let joined = ''
    for (let raw = this.#nextLine(); raw !== undefined; raw = this.#nextLine()) {
      const line = trimLineEnd(raw)
      if (isComment(line) || trim(line) === '') continue
      const { content, goesOn } = this.#takeContinuation(line)
      joined += content
      if (!goesOn) break
    }
    return joined
  }

  #takeContinuation(line: string): { readonly content: string; readonly goesOn: boolean } {
    const escapeToken = this.escapeToken === '`' ? '`' : '\\\\'
    const end = new RegExp(`(^|[^${escapeToken}])${escapeToken}[ \\t]*$`)
    return { content: line.replace(end, '$1'), goesOn: end.test(line) }
  }

  #finish(text: string, line: number): Instruction {
    const instruction = parseInstruction(text, this.escapeToken)
    for (const heredoc of heredocsOf(instruction, this.escapeToken)) {
      this.#skipHeredoc(heredoc, line)
    }
    return { ...instruction, line, endLine: this.#at }
  }

  #skipHeredoc({ name, dropsTabs, isSpaced }: Heredoc, line: number): void {
    const start = this.#at
    for (let raw = this.#nextLine(); raw !== undefined; raw = this.#nextLine()) {
      const end = trimLineEnd(raw)
      if ((dropsTabs ? end.replace(/^\t+/, '') : end) === name) return
    }
    // "$((1 << 2))" is arithmetic to the versions that can build such a file at all.
    if (!isSpaced) throw new DockerfileProblem(`the heredoc "${name}" does not end`, line)
    this.#at = start
  }
}

type InstructionText = Pick<Instruction, 'keyword' | 'flags' | 'rest' | 'text'>

/** One joined instruction without its heredocs, such as what follows ONBUILD. */
export function parseInstruction(text: string, escapeToken: string): InstructionText {
  const trimmed = trim(text)
  const gap = BETWEEN_WORDS.exec(trimmed)
  if (gap === null) return { keyword: trimmed.toUpperCase(), flags: [], rest: '', text }
  const { flags, rest } = splitFlags(trimmed.slice(gap.index + gap[0].length), escapeToken)
  const keyword = trimmed.slice(0, gap.index).toUpperCase()
  return { keyword, flags, rest: trim(rest), text }
}

const WITH_HEREDOCS: ReadonlySet<string> = new Set(['ADD', 'COPY', 'RUN'])

function heredocsOf(instruction: InstructionText, escapeToken: string): readonly Heredoc[] {
  const inner =
    instruction.keyword === 'ONBUILD' && instruction.rest !== ''
      ? parseInstruction(instruction.rest, escapeToken)
      : instruction
  if (!WITH_HEREDOCS.has(inner.keyword) || !instruction.text.includes('<<')) return []
  return readJsonList(inner.rest) === undefined ? heredocsIn(instruction.text) : []
}

function isComment(line: string): boolean {
  return trimLeft(line).startsWith('#')
}

function trimLineEnd(line: string): string {
  return trimRight(line, (character) => character === '\n' || character === '\r')
}
