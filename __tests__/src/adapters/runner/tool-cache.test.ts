import { access, constants, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { strToU8, zipSync } from 'fflate'
import { runnerToolCache } from '../../../../src/adapters/runner/tool-cache.ts'
import { withServer } from '../../../fakes/loopback-server.ts'

const ZIP = zipSync({
  terraform: strToU8('#!/bin/sh\necho terraform\n'),
  'LICENSE.txt': strToU8('licence'),
  '../outside': strToU8('harm'),
})

describe('runnerToolCache', () => {
  let folder: string
  const before = { ...process.env }

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tool-cache-'))
    process.env['RUNNER_TEMP'] = join(folder, 'temp')
    process.env['RUNNER_TOOL_CACHE'] = join(folder, 'tools')
  })

  afterEach(async () => {
    process.env = { ...before }
    await rm(folder, { recursive: true, force: true })
  })

  it('downloads, unpacks without the help of a program, keeps, and finds again', async () => {
    await withServer(
      (_, response) => response.end(ZIP),
      async (url) => {
        const zipPath = await runnerToolCache.download(`${url}terraform.zip`)
        const kept = await runnerToolCache.keepZip(zipPath, 'terraform', '1.11.4')
        expect(await readFile(join(kept, 'LICENSE.txt'), 'utf8')).toBe('licence')
        await access(join(kept, 'terraform'), constants.X_OK)
        expect(await runnerToolCache.find('terraform', '1.11.4')).toBe(kept)
        expect(await runnerToolCache.find('terraform', '1.9.0')).toBeUndefined()
      }
    )
  })

  it('writes nothing outside of its folder, whatever a zip says', async () => {
    const zipPath = join(folder, 'terraform.zip')
    await writeFile(zipPath, ZIP)
    const kept = await runnerToolCache.keepZip(zipPath, 'terraform', '1.11.4')
    await expect(access(join(kept, '..', 'outside'))).rejects.toThrow('ENOENT')
    await expect(access(join(folder, 'outside'))).rejects.toThrow('ENOENT')
  })

  it('knows the hash of a file', async () => {
    await writeFile(join(folder, 'file'), 'abc')
    expect(await runnerToolCache.sha256(join(folder, 'file'))).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
    )
  })
})
