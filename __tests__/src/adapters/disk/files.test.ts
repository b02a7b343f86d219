import { existsSync } from 'node:fs'
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { localFiles } from '../../../../src/adapters/disk/files.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'files-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function modeOf(path: string): Promise<string> {
  return ((await stat(path)).mode & 0o777).toString(8)
}

describe('localFiles.writePrivate', () => {
  it('makes a file that only its owner can read, in folders that only its owner can enter', async () => {
    const path = join(folder, 'a', 'b', 'credentials.json')
    await localFiles.writePrivate(path, 'Grüße')
    expect(await localFiles.read(path)).toBe('Grüße')
    expect(await modeOf(path)).toBe('600')
    expect([await modeOf(join(folder, 'a')), await modeOf(join(folder, 'a', 'b'))]).toEqual([
      '700',
      '700',
    ])
  })

  it('takes a file that everybody could read away from them', async () => {
    const path = join(folder, 'credentials.json')
    await writeFile(path, 'something long that was there before', { mode: 0o644 })
    await localFiles.writePrivate(path, 'new')
    expect([await localFiles.read(path), await modeOf(path)]).toEqual(['new', '600'])
  })
})

describe('localFiles', () => {
  it('copies a folder with everything in it, over what is there', async () => {
    await localFiles.writePrivate(join(folder, 'from', 'modules', 'main.tf'), 'new')
    await localFiles.writePrivate(join(folder, 'to', 'modules', 'main.tf'), 'old')
    await localFiles.copyFolder(join(folder, 'from'), join(folder, 'to'))
    expect(await localFiles.read(join(folder, 'to', 'modules', 'main.tf'))).toBe('new')
  })

  it('makes a folder of its own, also when it is there', async () => {
    const path = join(folder, 'x', 'y')
    await localFiles.makeFolder(path)
    await localFiles.makeFolder(path)
    expect(await modeOf(path)).toBe('700')
  })

  it('removes files, folders and what is not there', async () => {
    await localFiles.writePrivate(join(folder, 'x', 'y'), '')
    await localFiles.remove(join(folder, 'x'))
    await localFiles.remove(join(folder, 'x'))
    expect(existsSync(join(folder, 'x'))).toBe(false)
    expect(existsSync(folder)).toBe(true)
  })

  it('fails to read what is not there', async () => {
    await expect(localFiles.read(join(folder, 'nothing'))).rejects.toThrow('ENOENT')
  })
})
