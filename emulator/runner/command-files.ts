import { randomUUID } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The files through which a step talks back; the runner makes fresh ones for each step. */
const NAMES = ['OUTPUT', 'STATE', 'ENV', 'PATH', 'STEP_SUMMARY'] as const
type Name = (typeof NAMES)[number]

/** The command files of one step, made and read. */
export class CommandFiles {
  readonly environment: Readonly<Record<string, string>>
  readonly #paths: Readonly<Record<Name, string>>

  private constructor(paths: Readonly<Record<Name, string>>) {
    this.#paths = paths
    this.environment = Object.fromEntries(NAMES.map((name) => [`GITHUB_${name}`, paths[name]]))
  }

  static async create(tempDirectory: string): Promise<CommandFiles> {
    const folder = join(tempDirectory, '_runner_file_commands')
    await mkdir(folder, { recursive: true })
    const path = (name: Name): string => join(folder, `${name.toLowerCase()}_${randomUUID()}`)
    const files = new CommandFiles({
      OUTPUT: path('OUTPUT'),
      STATE: path('STATE'),
      ENV: path('ENV'),
      PATH: path('PATH'),
      STEP_SUMMARY: path('STEP_SUMMARY'),
    })
    await Promise.all(NAMES.map((name) => writeFile(files.#paths[name], '')))
    return files
  }

  async readPairs(name: 'OUTPUT' | 'STATE' | 'ENV'): Promise<ReadonlyMap<string, string>> {
    return parsePairs(await readFile(this.#paths[name], 'utf8'))
  }

  /** Folders for the front of PATH, the last one first. */
  async readPath(): Promise<readonly string[]> {
    const lines = (await readFile(this.#paths.PATH, 'utf8')).split(/\r?\n/)
    return lines.filter((line) => line.trim() !== '').reverse()
  }

  readSummary(): Promise<string> {
    return readFile(this.#paths.STEP_SUMMARY, 'utf8')
  }
}

/**
 * Reads `name=value` and `name<<DELIMITER` blocks as the runner does.
 *
 * @throws Error when a block is never closed: the runner fails the step then, too
 */
export function parsePairs(text: string): ReadonlyMap<string, string> {
  const pairs = new Map<string, string>()
  const lines = text.split(/\r?\n/)
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? ''
    const [, heredoc, delimiter] = /^([^=]*?)<<(.+)$/.exec(line) ?? []
    if (heredoc !== undefined && delimiter !== undefined) {
      const end = lines.indexOf(delimiter, at + 1)
      if (end < 0) throw new Error(`Matching delimiter not found '${delimiter}'`)
      pairs.set(heredoc, lines.slice(at + 1, end).join('\n'))
      at = end
    } else if (line.includes('=')) {
      pairs.set(line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1))
    } else if (line !== '') throw new Error(`Invalid format '${line}'`)
  }
  return pairs
}
