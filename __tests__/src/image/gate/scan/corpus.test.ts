import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { afterAll, describe, expect, it } from '@jest/globals'
import { scanContent } from '../../../../../src/image/gate/content-scan.ts'
import { judgeName } from '../../../../../src/image/gate/file-names.ts'

const repository = resolve(import.meta.dirname, '../../../../..')

function filesUnder(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return entry.name === '.git' ? [] : filesUnder(path)
    return entry.isFile() ? [path] : []
  })
}

describe('scanContent', () => {
  let bytes = 0
  let ms = 0

  function alarmsUnder(folder: string): readonly string[] {
    return filesUnder(join(repository, folder)).flatMap((path) => {
      const content = readFileSync(path)
      const before = process.cpuUsage()
      const findings = scanContent(path, content)
      ms += process.cpuUsage(before).user / 1_000
      bytes += content.length
      return findings.map(({ rule, line }) => `${relative(repository, path)}:${line} ${rule}`)
    })
  }

  afterAll(() => {
    const rate = bytes / 1_000 / ms
    process.stdout.write(
      `scanned ${(bytes / 1e6).toFixed(0)} MB at ${rate.toFixed(0)} MB/s of one core\n`
    )
  })

  it.each(['src', 'emulator', 'app', '__tests__', 'bench', 'scripts', 'terraform', 'docs', 'dist'])(
    "is silent about this project's own %s",
    (folder) => {
      expect(alarmsUnder(folder)).toEqual([])
    }
  )

  it('is silent about all installed packages, their tests and manuals included', () => {
    expect(alarmsUnder('node_modules')).toEqual([])
  }, 60_000)
})

describe('judgeName', () => {
  it('is silent about all names of this project and of its packages', () => {
    const names = [
      'src',
      'emulator',
      '__tests__',
      'scripts',
      'terraform',
      'docs',
      'dist',
      'node_modules',
    ]
      .flatMap((folder) => filesUnder(join(repository, folder)))
      .map((path) => relative(repository, path))
    expect(names.filter((name) => judgeName(name) !== undefined)).toEqual([])
  })
})
