import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from '@jest/globals'
import { parse } from 'yaml'
import { SELF, withoutRoot } from '../../scripts/readme/self.ts'
import { asRecord, asText } from '../../src/lib/json.ts'

const root = new URL('../../', import.meta.url)
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8')

describe('the action that our own workflows name', () => {
  it('is the one of the root', () => {
    expect(read(SELF)).toBe(withoutRoot(read('action.yml')))
    const { runs, ...self } = asRecord(parse(read(SELF)))
    const { runs: _, ...ours } = asRecord(parse(read('action.yml')))
    expect(self).toEqual(ours)
    expect(asRecord(runs)['using']).toBe('node24')
  })

  it.each(['main', 'post'])('has its entry %s where the root has it', (entry) => {
    const ours = asText(asRecord(asRecord(parse(read('action.yml')))['runs'])[entry])
    const self = asText(asRecord(asRecord(parse(read(SELF)))['runs'])[entry])
    const path = fileURLToPath(new URL(self, new URL(SELF, root)))
    expect(path).toBe(fileURLToPath(new URL(ours, root)))
    expect(existsSync(path)).toBe(true)
  })
})
