import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from '@jest/globals'
import { ensureStartupPrograms } from '../../../scripts/setup/programs.ts'

const directories: string[] = []

/** A folder of programs that do nothing; `aptGet` is the text of a script of that name. */
function pathWith(programs: readonly string[], aptGet?: string): string {
  const directory = mkdtempSync(join(tmpdir(), 'programs-'))
  directories.push(directory)
  const scripts = [...programs.map((name) => [name, '']), ...(aptGet ? [['apt-get', aptGet]] : [])]
  for (const [name = '', text = ''] of scripts) {
    writeFileSync(join(directory, name), text)
    chmodSync(join(directory, name), 0o755)
  }
  return directory
}

afterEach(() => {
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true })
})

describe('ensureStartupPrograms', () => {
  const said: string[] = []
  const log = (line: string): void => void said.push(line)

  it('does nothing where all are there', async () => {
    const path = pathWith(['bash', 'curl', 'base64'], '#!/bin/sh\nexit 1\n')
    await ensureStartupPrograms({ log, path, isRoot: true })
    expect(said).toEqual([])
  })

  it('installs what is missing, and says what and why', async () => {
    const path = pathWith(['bash', 'base64'], '#!/bin/sh\necho "$@" >>"${0%/*}/calls"\n')
    await ensureStartupPrograms({ log, path, isRoot: true })
    const calls = readFileSync(join(path, 'calls'), 'utf8')
    expect(calls).toBe('update -qq\ninstall -y -qq curl\n')
    expect(said.splice(0).join('\n')).toContain(
      'installed curl, which the startup script of the VMs calls'
    )
  })

  it.each([
    ['somebody who is not root', pathless(['bash']), false],
    ['a machine without apt-get', pathless(['bash']), true],
  ])('tells %s what to type', async (_, path, isRoot) => {
    await expect(ensureStartupPrograms({ log, path: path(), isRoot })).rejects.toThrow(
      [
        'Not found on PATH: base64, curl; the startup script of the VMs calls them.',
        '  On Debian: apt-get install coreutils curl; or run the demo with --machines simulated.',
      ].join('\n')
    )
  })

  it("passes on apt-get's own words when it fails", async () => {
    const path = pathWith(
      ['bash', 'base64'],
      '#!/bin/sh\necho "E: no such package" >&2\nexit 100\n'
    )
    await expect(ensureStartupPrograms({ log, path, isRoot: true })).rejects.toThrow(
      'apt-get said: E: no such package'
    )
  })
})

function pathless(programs: readonly string[]): () => string {
  return () => pathWith(programs)
}
