import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { openLocalFile } from '../../../../src/adapters/disk/file-reader.ts'
import { indexTar } from '../../../../src/image/push/tar.ts'
import { inMemory, tarOf } from './layouts.ts'

describe('indexTar', () => {
  it('finds regular files, and where their bytes are', async () => {
    const [one, two] = [Buffer.from('one'), Buffer.alloc(1000, 2)]
    const archive = tarOf([
      { name: 'blobs/', bytes: Buffer.alloc(0), type: '5' },
      { name: 'blobs/one', bytes: one },
      { name: 'two', bytes: two },
      { name: 'none', bytes: Buffer.alloc(0) },
    ])
    const entries = await indexTar(inMemory(archive))
    expect([...entries.keys()]).toEqual(['blobs/one', 'two', 'none'])
    for (const [name, bytes] of [
      ['blobs/one', one],
      ['two', two],
    ] as const) {
      const { offset = 0, sizeBytes = 0 } = entries.get(name) ?? {}
      expect(archive.subarray(offset, offset + sizeBytes)).toEqual(bytes)
    }
  })

  it('follows PAX records of long names', async () => {
    const path = `blobs/${'x'.repeat(120)}`
    const record = ` path=${path}\n`
    const length = record.length + String(record.length + 3).length
    const archive = tarOf([
      { name: 'pax', bytes: Buffer.from(`${length}${record}`), type: 'x' },
      { name: 'cut', bytes: Buffer.from('content') },
      { name: 'next', bytes: Buffer.from('next') },
    ])
    expect([...(await indexTar(inMemory(archive))).keys()]).toEqual([path, 'next'])
  })

  it.each([
    ['an empty file', Buffer.alloc(0), []],
    [
      'an archive that was cut off',
      tarOf([{ name: 'a', bytes: Buffer.alloc(600) }]).subarray(0, 700),
      ['a'],
    ],
  ])('reads %s as far as it goes', async (_, bytes, names) => {
    expect([...(await indexTar(inMemory(bytes))).keys()]).toEqual(names)
  })

  it('refuses what is no archive', async () => {
    await expect(indexTar(inMemory(Buffer.alloc(2048, 'x')))).rejects.toThrow(
      'has a header that is none'
    )
  })

  it.each([
    ['base-256 numbers', ['--format=gnu']],
    ['PAX records', ['--format=pax']],
  ])('finds files of more than 8 GiB by %s, of the real tar', async (_, format) => {
    const directory = mkdtempSync(join(tmpdir(), 'tar-test-'))
    try {
      writeFileSync(join(directory, 'huge'), '')
      // A hole: it takes no room on the disk, and in the archive only what stands there.
      truncateSync(join(directory, 'huge'), 9 * 2 ** 30)
      writeFileSync(join(directory, 'next'), 'next')
      const header = execFileSync(
        '/bin/sh',
        ['-c', `tar -C '${directory}' ${format.join(' ')} -cf - huge | head -c 4096`],
        { stdio: ['ignore', 'pipe', 'ignore'] }
      )
      writeFileSync(join(directory, 'archive.tar'), header)
      truncateSync(join(directory, 'archive.tar'), 9 * 2 ** 30 + 4096)
      const file = await openLocalFile(join(directory, 'archive.tar'))
      const entries = await indexTar(file)
      await file.close()
      expect(entries.get('huge')?.sizeBytes).toBe(9 * 2 ** 30)
    } finally {
      rmSync(directory, { recursive: true })
    }
  })
})
