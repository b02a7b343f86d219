import { execFile } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { promisify } from 'node:util'
import { codeOf } from '../failures.ts'

const run = promisify(execFile)

const MAX_OUTPUT_BYTES = 64 * 1024 * 1024
/** Merges are GitHub's own commits. */
const IDENTITY = {
  GIT_AUTHOR_NAME: 'GitHub',
  GIT_AUTHOR_EMAIL: 'noreply@github.com',
  GIT_COMMITTER_NAME: 'GitHub',
  GIT_COMMITTER_EMAIL: 'noreply@github.com',
}

/** The repository whose workflows run: a work tree or a bare repository, read as GitHub would. */
export class Repository {
  readonly directory: string

  constructor(directory: string) {
    this.directory = directory
  }

  /** @throws Error when there is no such file in the commit */
  readFile(sha: string, path: string): Promise<string> {
    return this.#git('show', `${sha}:${path}`)
  }

  /** Files right below a folder; none when there is no such folder. */
  async listFiles(sha: string, folder: string): Promise<readonly string[]> {
    return linesOf(await this.#git('ls-tree', '--name-only', sha, `${folder}/`))
  }

  /** @throws Error when nothing has that name */
  async resolve(ref: string): Promise<string> {
    const output = await this.#git('rev-parse', '--verify', '--end-of-options', `${ref}^{commit}`)
    return output.trim()
  }

  /** The commit before; undefined for the first one. */
  async parentOf(sha: string): Promise<string | undefined> {
    const [, parent] = (await this.#git('rev-list', '--parents', '-n', '1', sha)).trim().split(' ')
    return parent
  }

  async messageOf(sha: string): Promise<string> {
    return (await this.#git('log', '-1', '--format=%B', sha)).trimEnd()
  }

  /** Paths that differ; from nothing all of the commit. `sinceFork` leaves out what only `from` has changed. */
  async changedFiles(
    from: string | undefined,
    to: string,
    sinceFork = false
  ): Promise<readonly string[]> {
    if (from === undefined) return linesOf(await this.#git('ls-tree', '-r', '--name-only', to))
    const range = sinceFork ? `${from}...${to}` : `${from}..${to}`
    return linesOf(await this.#git('diff', '--name-only', '--no-renames', range))
  }

  /** The commit that `refs/pull/N/merge` would be; undefined when the two are in conflict. */
  async merge(base: string, head: string, message: string): Promise<string | undefined> {
    try {
      const [tree = ''] = linesOf(await this.#git('merge-tree', '--write-tree', base, head))
      const parents = ['-p', base, '-p', head]
      return (await this.#git('commit-tree', tree, ...parents, '-m', message)).trim()
    } catch (error) {
      // git says 1 for conflicts, and something else for what is wrong.
      if (codeOf(error) === 1) return undefined
      throw error
    }
  }

  async setRef(ref: string, sha: string): Promise<void> {
    await this.#git('update-ref', ref, sha)
  }

  /** The files of a commit without any history, as an action is downloaded. */
  async extract(sha: string, directory: string): Promise<void> {
    await mkdir(directory, { recursive: true })
    const archive = `${directory}.tar`
    await this.#git('archive', '--format=tar', `--output=${archive}`, sha)
    await run('tar', ['-xf', archive, '-C', directory])
  }

  async #git(...args: readonly string[]): Promise<string> {
    const { stdout } = await run('git', ['-C', this.directory, ...args], {
      env: { PATH: process.env['PATH'] ?? '', ...IDENTITY },
      maxBuffer: MAX_OUTPUT_BYTES,
    })
    return stdout
  }
}

function linesOf(output: string): readonly string[] {
  return output.split('\n').filter((line) => line !== '')
}
