import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { localTree } from '../../../../src/adapters/disk/tree.ts'
import { ActionError, describeError } from '../../../../src/errors.ts'
import { readBuildContext } from '../../../../src/image/context/build-context.ts'
import { parseAllowList } from '../../../../src/image/gate/allow-list.ts'
import type { GatedFinding } from '../../../../src/image/gate/findings.ts'
import {
  guardFindings,
  scanContext,
  scanImage,
  warnOfAllowList,
} from '../../../../src/image/gate/gate.ts'
import { RecordingLog } from '../../../fakes/recording-log.ts'
import { archiveOf, layoutOf, sourceOf, tarOf } from './image/archives.ts'

const FOUND: GatedFinding = {
  rule: 'google-api-key',
  title: 'Google API key',
  path: 'app/settings.py',
  line: 12,
}

function refusal(findings: readonly GatedFinding[], where: 'context' | 'image'): ActionError {
  try {
    guardFindings('block', findings, where, new RecordingLog())
  } catch (error) {
    if (error instanceof ActionError) return error
  }
  throw new Error('it passed')
}

describe('guardFindings', () => {
  it.each(['block', 'warn', 'off'] as const)('says nothing of nothing (%s)', (mode) => {
    const log = new RecordingLog()
    guardFindings(mode, [], 'image', log)
    expect(log.entries).toEqual([])
  })

  it('says nothing where it is off', () => {
    const log = new RecordingLog()
    guardFindings('off', [FOUND], 'image', log)
    expect(log.entries).toEqual([])
  })

  it('refuses, and shows where in the files of the repository', () => {
    expect(refusal([FOUND], 'context')).toMatchObject({
      code: 'IMAGE_SECRETS',
      message:
        'The build context holds 1 secret:\n  app/settings.py:12  Google API key (google-api-key)',
      annotations: [
        { severity: 'error', title: 'Google API key', file: 'app/settings.py', line: 12 },
      ],
    })
  })

  it('annotates nothing that stands in a layer', () => {
    const found = { ...FOUND, layer: 'layer 3 of 7 (COPY . /)' }
    const { message, annotations } = refusal([found], 'image')
    expect(message).toBe(
      'The image holds 1 secret:\n  app/settings.py:12  Google API key (google-api-key)  layer 3 of 7 (COPY . /)'
    )
    expect(annotations).toEqual([])
  })

  it('warns once, in the words of the refusal', () => {
    const log = new RecordingLog()
    guardFindings('warn', [FOUND], 'context', log)
    expect(log.entries.map(({ level }) => level)).toEqual(['warning'])
    expect(log.text).toBe(describeError(refusal([FOUND], 'context')))
  })
})

describe('warnOfAllowList', () => {
  it('says nothing of a list whose lines all count', () => {
    const log = new RecordingLog()
    const allowList = parseAllowList('google-api-key  app/*.py  # a test double\n')
    expect(allowList.allows(FOUND.path, FOUND)).toBe(true)
    warnOfAllowList(allowList, log)
    expect(log.entries).toEqual([])
  })

  it('names lines that it cannot read, and lines that nothing needs', () => {
    const log = new RecordingLog()
    warnOfAllowList(parseAllowList('what\ngoogle-api-key  gone.py  # was a test double\n'), log)
    expect(log.of('warning')).toHaveLength(1)
    expect(log.text).toContain('line 1: ')
    expect(log.text).toContain('line 2: google-api-key  gone.py  # was a test double')
  })
})

/** Made here, so that no file of this repository holds one. */
const PRIVATE_KEY = generateKeyPairSync('ed25519').privateKey.export({
  type: 'pkcs8',
  format: 'pem',
})

describe('the rules', () => {
  let root = ''
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'gate-rules-'))
  })
  afterEach(() => rmSync(root, { recursive: true, force: true }))

  const { signal } = new AbortController()
  const allowList = parseAllowList('')

  it('judge names and contents of the context', async () => {
    writeFileSync(join(root, '.env'), 'A=1')
    writeFileSync(join(root, 'notes.txt'), `\n${PRIVATE_KEY}`)
    const dockerfile = join(root, 'Dockerfile')
    const context = await readBuildContext(localTree, {
      root,
      dockerfile,
      builder: 'buildkit',
      signal,
    })
    const found = await scanContext(localTree, context, { allowList, signal })
    expect(found.map(({ path, line }) => `${path}:${line}`)).toEqual(['.env:0', 'notes.txt:2'])
  })

  it('judge names and contents of an image', async () => {
    const tar = tarOf({ 'srv/.env': 'A=1', 'srv/notes.txt': PRIVATE_KEY })
    const source = sourceOf(archiveOf(layoutOf([{ layers: [{ tar }] }], { packing: 'gzip' })))
    const found = await scanImage(source, { baseLayers: [], allowList, signal })
    expect(found.map(({ path, line }) => `${path}:${line}`)).toEqual([
      'srv/.env:0',
      'srv/notes.txt:1',
    ])
  })
})
