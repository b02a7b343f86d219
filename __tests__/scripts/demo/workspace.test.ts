import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { createWorkspace, raiseVersion } from '../../../scripts/demo/workspace.ts'

describe('raiseVersion', () => {
  it('changes the version in a copy of app/, and nothing in the repository', async () => {
    const repository = resolve(import.meta.dirname, '../../..')
    const before = await readFile(join(repository, 'app/version.py'), 'utf8')
    const folder = await mkdtemp(join(tmpdir(), 'workspace-'))
    try {
      await createWorkspace(repository, folder)
      const version = await raiseVersion(folder)
      const changed = await readFile(join(folder, 'app/version.py'), 'utf8')
      expect(changed).toContain(`"${version}"`)
      expect(changed).not.toBe(before)
      expect(await readFile(join(repository, 'app/version.py'), 'utf8')).toBe(before)
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  })
})
