import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { DemoRepository } from '../../../scripts/demo/repository.ts'
import { BROKEN_APP_SAYS, breakService, raiseVersion } from '../../../scripts/demo/service.ts'

const run = promisify(execFile)

let directory: string
let source: string

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'demo-repository-'))
  source = join(directory, 'source')
  await mkdir(join(source, 'app'), { recursive: true })
  const own = join(resolve(import.meta.dirname, '../../..'), 'app')
  for (const name of ['version.py', '__main__.py'])
    await writeFile(join(source, 'app', name), await readFile(join(own, name)))
  await writeFile(join(source, '.gitignore'), 'node_modules/\n')
  await mkdir(join(source, 'node_modules'))
  await writeFile(join(source, 'node_modules', 'large.js'), '')
})
afterEach(() => rm(directory, { recursive: true, force: true }))

function create(): Promise<DemoRepository> {
  return DemoRepository.create(source, join(directory, 'repository'))
}

async function read(repository: DemoRepository, ref: string, path: string): Promise<string> {
  const { stdout } = await run('git', ['show', `${ref}:${path}`], { cwd: repository.directory })
  return stdout
}

describe('DemoRepository', () => {
  it('begins with all that git would commit, and leaves the source alone', async () => {
    const repository = await create()
    const { stdout } = await run('git', ['ls-tree', '-r', '--name-only', 'main'], {
      cwd: repository.directory,
    })
    expect(stdout.trim().split('\n')).toEqual(['.gitignore', 'app/__main__.py', 'app/version.py'])
    await expect(readFile(join(source, '.git'))).rejects.toThrow('ENOENT')
  })

  it('keeps a change on its branch until it is merged', async () => {
    const repository = await create()
    const before = await read(repository, 'main', 'app/version.py')
    const change = { branch: 'next', message: 'Next', edit: raiseVersion }
    const { sha, files } = await repository.commit(change)
    expect(files).toEqual(['app/version.py'])
    expect(await read(repository, 'main', 'app/version.py')).toBe(before)
    const merged = await repository.merge('next', 'Next (#1)')
    expect(merged).not.toBe(sha)
    expect(await read(repository, 'main', 'app/version.py')).toBe(
      await read(repository, sha, 'app/version.py')
    )
    expect(await readFile(join(source, 'app/version.py'), 'utf8')).toBe(before)
  })

  it('commits to main itself what was pushed past everybody', async () => {
    const repository = await create()
    const { sha } = await repository.commit({
      branch: 'main',
      message: 'Break',
      edit: breakService,
    })
    expect(await read(repository, 'main', 'app/__main__.py')).toContain(BROKEN_APP_SAYS)
    expect((await run('git', ['rev-parse', 'main'], { cwd: repository.directory })).stdout).toBe(
      `${sha}\n`
    )
  })
})

describe('raiseVersion and breakService', () => {
  it('refuse a service that they do not know', async () => {
    await writeFile(join(source, 'app', 'version.py'), 'VERSION = 1\n')
    await writeFile(join(source, 'app', '__main__.py'), 'main()\n')
    await expect(raiseVersion(source)).rejects.toThrow('app/version.py holds no VERSION = "x.y.z"')
    await expect(breakService(source)).rejects.toThrow(
      'app/__main__.py does not hold sys.exit(main())'
    )
  })
})
