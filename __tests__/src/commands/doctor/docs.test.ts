import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { composeChecks } from '../../../../src/compose/doctor.ts'
import { aConfig } from '../../../fakes/deploy-inputs.ts'
import { RecordingLog } from '../../../fakes/recording-log.ts'

const DOCUMENT = join(resolve(import.meta.dirname, '../../../..'), 'docs/doctor.md')

function checksWith(inputs: Readonly<Record<string, string>>) {
  const { signal } = new AbortController()
  return composeChecks({ config: aConfig(inputs), env: {}, signal, log: new RecordingLog() })
}

describe('docs/doctor.md', () => {
  it('names each check that there is, once, and no other', async () => {
    const text = await readFile(DOCUMENT, 'utf8')
    const documented = [...text.matchAll(/^\| `([\w-]+)` \| [a-zA-Z]/gm)].map(([, id]) => id)
    const ofWords = new Set(['ok', 'fix'])
    const ids = checksWith({ secrets: 'NAME=api-key', secret_values: 'NAME=value' }).map(
      ({ id }) => id
    )
    expect(documented.filter((id) => id && !ofWords.has(id)).toSorted()).toEqual(ids.toSorted())
  })
})

describe('composeChecks', () => {
  it.each([
    ['the quick start', {}],
    ['secrets', { secrets: 'A=a\nB=b:3' }],
    ['an image that is there', { image: 'europe-west1-docker.pkg.dev/p/r/i:1' }],
  ])('looks at more than thirty things with %s, each below one heading', (_, inputs) => {
    const checks = checksWith(inputs)
    expect(checks.length).toBeGreaterThan(30)
    const headings = checks.map(({ subject }) => subject)
    const changes = headings.filter((subject, index) => subject !== headings[index - 1])
    expect(changes).toEqual([...new Set(headings)])
    expect(new Set(checks.map(({ id }) => id)).size).toBe(checks.length)
  })
})
