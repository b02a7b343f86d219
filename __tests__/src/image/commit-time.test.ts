import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { ProcessRunner } from '../../../src/adapters/processes/processes.ts'
import { ActionError } from '../../../src/errors.ts'
import { readCommitTime } from '../../../src/image/commit-time.ts'

describe('readCommitTime', () => {
  const commands = new ProcessRunner({ PATH: process.env['PATH'] })
  let folder = ''
  let commit = ''

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'commit-time-'))
    const env = {
      PATH: process.env['PATH'],
      GIT_AUTHOR_DATE: '2001-02-03T04:05:06Z',
      GIT_COMMITTER_DATE: '2026-11-23T10:00:00+09:00',
    }
    const git = (...args: string[]): string =>
      execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.com', ...args], {
        cwd: folder,
        env,
        encoding: 'utf8',
      })
    git('init', '-q')
    git('commit', '-q', '--allow-empty', '-m', 'first')
    commit = git('rev-parse', 'HEAD').trim()
  })

  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('is when it was committed, not when it was written', async () => {
    const atSeconds = Date.parse('2026-11-23T01:00:00Z') / 1000
    expect(await readCommitTime(commands, { folder, commit })).toBe(atSeconds)
  })

  it.each([
    ['that the checkout does not have', () => ({ folder, commit: 'a'.repeat(40) })],
    ['that is none', () => ({ folder, commit: '--output=x' })],
    ['outside of any checkout', () => ({ folder: tmpdir(), commit })],
    ['of a folder that is not there', () => ({ folder: join(folder, 'no'), commit })],
  ])('is unknown for a commit %s', async (_, options) => {
    expect(await readCommitTime(commands, options())).toBeUndefined()
  })

  it('is unknown where there is no git', async () => {
    const none = async (): Promise<never> => {
      throw new ActionError('TOOL_MISSING', 'Could not start git')
    }
    const without = { run: none, runInterruptible: none }
    expect(await readCommitTime(without, { folder, commit })).toBeUndefined()
  })
})
