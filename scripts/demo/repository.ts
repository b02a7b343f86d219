import { execFile } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

const MAX_OUTPUT_BYTES = 16 * 1024 * 1024

/** One commit on a branch. */
export interface Commit {
  readonly sha: string
  /** Paths that it changes. */
  readonly files: readonly string[]
}

/** A change that becomes one commit. */
export interface Change {
  /** Begun at the main branch where it does not exist yet. */
  readonly branch: string
  readonly message: string
  /** Changes files below the folder. */
  readonly edit: (directory: string) => Promise<unknown>
}

/** A git repository with the files of another folder, and the developer who works in it. */
export class DemoRepository {
  readonly directory: string

  private constructor(directory: string) {
    this.directory = directory
  }

  /** What git would commit in `source`, as the first commit of a new repository in `directory`. */
  static async create(source: string, directory: string): Promise<DemoRepository> {
    await mkdir(directory, { recursive: true })
    const repository = new DemoRepository(directory)
    await repository.#git('init', '--quiet', '--initial-branch=main')
    // Every job fetches from here: to search for small differences costs more than it saves.
    for (const setting of ['pack.window=0', 'core.compression=1'])
      await repository.#git('config', ...setting.split('='))
    const from = [`--git-dir=${join(directory, '.git')}`, `--work-tree=${source}`]
    await repository.#git(...from, 'add', '--all')
    await repository.#git(...from, 'commit', '--quiet', '--message', 'Everything up to here')
    await repository.#git('reset', '--quiet', '--hard')
    return repository
  }

  async commit({ branch, message, edit }: Change): Promise<Commit> {
    const isNew = (await this.#git('branch', '--list', branch)) === ''
    await this.#git('checkout', '--quiet', ...(isNew ? ['-b', branch, 'main'] : [branch]))
    await edit(this.directory)
    await this.#git('commit', '--quiet', '--all', '--message', message)
    const files = await this.#git('diff', '--name-only', 'HEAD~1', 'HEAD')
    return { sha: await this.#git('rev-parse', 'HEAD'), files: files.split('\n') }
  }

  /** Merges a branch into main, as the green button does. Returns the merge commit. */
  async merge(branch: string, message: string): Promise<string> {
    await this.#git('checkout', '--quiet', 'main')
    await this.#git('merge', '--quiet', '--no-ff', '--message', message, branch)
    return this.#git('rev-parse', 'HEAD')
  }

  /** Settings of the person whose machine this is play no part: no hooks, no signatures. */
  async #git(...args: readonly string[]): Promise<string> {
    const { stdout } = await run('git', args, {
      cwd: this.directory,
      maxBuffer: MAX_OUTPUT_BYTES,
      env: {
        PATH: process.env['PATH'] ?? '',
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_CONFIG_GLOBAL: '/dev/null',
        GIT_AUTHOR_NAME: 'Mervis',
        GIT_AUTHOR_EMAIL: 'mervis@example.com',
        GIT_COMMITTER_NAME: 'Mervis',
        GIT_COMMITTER_EMAIL: 'mervis@example.com',
      },
    })
    return stdout.trim()
  }
}
