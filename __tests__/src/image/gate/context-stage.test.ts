import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { localTree } from '../../../../src/adapters/disk/tree.ts'
import { readBuildContext } from '../../../../src/image/context/build-context.ts'
import { type ContextScanOptions, searchContext } from '../../../../src/image/gate/context-stage.ts'
import { allowNothing, plantedScanner } from './planted.ts'

const { signal } = new AbortController()

let root = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'gate-context-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

function write(files: Readonly<Record<string, string | Buffer>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), content)
  }
}

/** `path:line` of each finding. */
async function search(
  options: Partial<ContextScanOptions> & { readonly below?: string } = {}
): Promise<string[]> {
  const context = await readBuildContext(localTree, {
    root: join(root, options.below ?? '.'),
    dockerfile: options.dockerfile ?? join(root, 'Dockerfile'),
    builder: 'buildkit',
    signal,
  })
  const found = await searchContext(localTree, context, {
    scanner: plantedScanner,
    allowList: allowNothing,
    signal,
    ...options,
  })
  expect(found.every(({ layer }) => layer === undefined)).toBe(true)
  return found.map(({ path, line }) => `${path}:${line}`)
}

describe('searchContext', () => {
  it('finds names and contents, in the order of the paths', async () => {
    write({ 'b/x.txt': 'a\nplanted', 'a.txt': 'planted', 'b/planted.pem': 'y', clean: 'z' })
    expect(await search()).toEqual(['a.txt:1', 'b/planted.pem:0', 'b/x.txt:2'])
  })

  it('looks at no more than the builder gets', async () => {
    write({ '.dockerignore': 'ignored\n', 'ignored/x': 'planted', kept: 'planted' })
    expect(await search()).toEqual(['kept:1'])
  })

  it('takes a link by its name, and never follows it', async () => {
    write({ 'target.txt': 'clean', 'elsewhere/x': 'planted', '.dockerignore': 'elsewhere' })
    symlinkSync('elsewhere/x', join(root, 'innocent'))
    symlinkSync('target.txt', join(root, 'planted-link'))
    expect(await search()).toEqual(['planted-link:0'])
  })

  it('finds a line far into a large file', async () => {
    const line = `${'x'.repeat(99)}\n`
    write({ large: `${line.repeat(20_000)}planted\n`, empty: '' })
    expect(await search()).toEqual(['large:20001'])
  })

  it('finds the same among thousands of files', async () => {
    const names = Array.from({ length: 2_000 }, (_, index) => `f/${index % 50}/${index}`)
    write(Object.fromEntries(names.map((name, index) => [name, index % 500 ? 'x' : 'planted'])))
    expect(await search()).toEqual(['f/0/0:1', 'f/0/1000:1', 'f/0/1500:1', 'f/0/500:1'])
  })

  it('leaves out what is allowed', async () => {
    write({ a: 'planted', b: 'planted' })
    expect(await search({ allowList: { allows: (path) => path === 'a' } })).toEqual(['b:1'])
  })

  it('tells paths as they are in the workspace', async () => {
    write({ 'web/a': 'planted' })
    expect(await search({ below: 'web', folder: 'web/' })).toEqual(['web/a:1'])
    expect(await search({ below: 'web', folder: './web' })).toEqual(['web/a:1'])
  })

  it('says which file cannot be read', async () => {
    write({ a: 'planted' })
    const context = await readBuildContext(localTree, {
      root,
      dockerfile: 'Dockerfile',
      builder: 'buildkit',
      signal,
    })
    rmSync(join(root, 'a'))
    const options = { scanner: plantedScanner, allowList: allowNothing, signal }
    await expect(searchContext(localTree, context, options)).rejects.toMatchObject({
      code: 'IMAGE_CONTEXT',
      message: expect.stringContaining(join(root, 'a')),
    })
  })

  it('ends when it is cancelled', async () => {
    write(Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`f${index}`, 'x'])))
    const cancel = new AbortController()
    let scanned = 0
    const scanner = {
      ...plantedScanner,
      scan: () => {
        scanned += 1
        if (scanned === 3) cancel.abort(new Error('cancelled'))
        return []
      },
    }
    const context = await readBuildContext(localTree, {
      root,
      dockerfile: 'Dockerfile',
      builder: 'buildkit',
      signal,
    })
    const options = { scanner, allowList: allowNothing, signal: cancel.signal }
    await expect(searchContext(localTree, context, options)).rejects.toThrow('cancelled')
    expect(scanned).toBeLessThan(50)
  })
})

describe('searchContext, the Dockerfile', () => {
  const own = (path: string) => relative(process.cwd(), join(root, path))
  const dockerfile = 'FROM x\nENV KEY=planted\n'

  it('is looked through once where it is part of the context', async () => {
    write({ Dockerfile: dockerfile })
    expect(await search({ dockerfile: own('Dockerfile') })).toEqual(['Dockerfile:2'])
  })

  it('is looked through where it is ignored', async () => {
    write({ Dockerfile: dockerfile, '.dockerignore': 'Dockerfile' })
    expect(await search({ dockerfile: own('Dockerfile') })).toEqual([`${own('Dockerfile')}:2`])
  })

  it('is looked through where it is outside of the context', async () => {
    write({ 'build/web.dockerfile': dockerfile, 'web/a': 'x' })
    const options = { below: 'web', folder: 'web', dockerfile: own('build/web.dockerfile') }
    expect(await search(options)).toEqual([`${own('build/web.dockerfile')}:2`])
  })

  it("is the builder's to complain about where there is none", async () => {
    write({ a: 'x' })
    expect(await search({ dockerfile: own('Dockerfile') })).toEqual([])
  })
})
