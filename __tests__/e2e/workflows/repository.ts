import { execFile } from 'node:child_process'
import { cp, mkdir, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

const SOURCE = resolve(import.meta.dirname, '../../..')
const MAX_OUTPUT_BYTES = 16 * 1024 * 1024

export type Files = Readonly<Record<string, string>>

/** This repository as somebody has just pushed it, with a smaller service in it. */
export class PushedRepository {
  readonly directory: string

  private constructor(directory: string) {
    this.directory = directory
  }

  /** What git would take of the work tree, and `files` over it, as one commit on main. */
  static async create(directory: string, files: Files): Promise<PushedRepository> {
    const repository = new PushedRepository(directory)
    await mkdir(directory, { recursive: true })
    await repository.git('init', '--quiet', '--initial-branch=main')
    for (const path of await trackedFiles()) {
      await mkdir(dirname(join(directory, path)), { recursive: true })
      await cp(join(SOURCE, path), join(directory, path))
    }
    await repository.commit(files, 'Everything')
    return repository
  }

  /** @returns the new commit of the branch that is checked out */
  async commit(files: Files, message: string): Promise<string> {
    for (const [path, content] of Object.entries(files))
      await writeFile(join(this.directory, path), content)
    await this.git('add', '--all')
    await this.git('commit', '--quiet', '--message', message)
    return this.git('rev-parse', 'HEAD')
  }

  /** @returns what git says, trimmed; settings of the person at this machine play no part */
  async git(...args: readonly string[]): Promise<string> {
    const identity = ['-c', 'user.name=Mervis', '-c', 'user.email=mervis@example.com']
    const { stdout } = await run('git', [...identity, ...args], {
      cwd: this.directory,
      maxBuffer: MAX_OUTPUT_BYTES,
      env: {
        PATH: process.env['PATH'] ?? '',
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_CONFIG_GLOBAL: '/dev/null',
      },
    })
    return stdout.trim()
  }
}

async function trackedFiles(): Promise<readonly string[]> {
  const list = async (...args: readonly string[]): Promise<readonly string[]> => {
    const { stdout } = await run('git', ['-C', SOURCE, 'ls-files', '-z', ...args], {
      maxBuffer: MAX_OUTPUT_BYTES,
    })
    return stdout.split('\0').filter((path) => path !== '')
  }
  const [all, deleted] = await Promise.all([
    list('--cached', '--others', '--exclude-standard'),
    list('--deleted'),
  ])
  const gone = new Set(deleted)
  return all.filter((path) => !gone.has(path))
}
