import { describe, expect, it } from '@jest/globals'
import { parseAllowList } from '../../../../../src/image/gate/allow-list.ts'
import { ContentScan, scanContent } from '../../../../../src/image/gate/content-scan.ts'
import { judgeName } from '../../../../../src/image/gate/file-names.ts'
import type { GatedFinding } from '../../../../../src/image/gate/findings.ts'
import { scanConfig } from '../../../../../src/image/gate/image/config-scan.ts'
import { readHistory } from '../../../../../src/image/gate/image/history.ts'
import { searchImage } from '../../../../../src/image/gate/image/image-stage.ts'
import { renderReport, renderWayOut } from '../../../../../src/image/gate/report.ts'
import {
  namedSamples,
  pemSamples,
  type Sample,
  serviceAccount,
  tokenSamples,
} from '../rules/samples.ts'
import { archiveOf, layoutOf, type Packing, sourceOf, tarOf } from './archives.ts'

const rules = {
  judgeName,
  scan: scanContent,
  start: (path: string) => new ContentScan(path),
}

function allSamples(): readonly Sample[] {
  const keyFile = {
    kind: 'service account key',
    rule: 'google-service-account-key',
    name: 'credentials',
    secret: JSON.stringify(serviceAccount()),
  }
  return [...tokenSamples(), ...namedSamples(), ...pemSamples(), keyFile]
}

/** What people read holds no line of the secret. */
function expectUntold({ secret }: Sample, findings: readonly GatedFinding[]): void {
  const told = `${renderReport(findings, 'image')}\n${renderWayOut(findings, 'image')}`
  const lines = secret.split('\n').filter((line) => line.length > 8 && !line.startsWith('-----'))
  expect(lines.filter((line) => told.includes(line))).toEqual([])
}

const line = ({ name, secret }: Sample): string => `${name.toUpperCase()}=${secret}`

/** The config of an image in whose own steps the sample stands. */
const SETTINGS: Readonly<Record<string, (sample: Sample) => object>> = {
  'ENV by BuildKit': (sample) => ({
    config: { Env: [line(sample)] },
    history: [{ created_by: `ENV ${line(sample)}`, empty_layer: true }],
  }),
  'ENV by the classic builder': (sample) => ({
    config: { Env: [line(sample)] },
    history: [{ created_by: `/bin/sh -c #(nop)  ENV ${line(sample)}`, empty_layer: true }],
  }),
  'ENV that a later one replaces': (sample) => ({
    config: { Env: [`${sample.name.toUpperCase()}=`] },
    history: [{ created_by: `ENV ${line(sample)}`, empty_layer: true }],
  }),
  LABEL: (sample) => ({ config: { Labels: { [sample.name]: sample.secret } }, history: [] }),
  'ARG by default': (sample) => ({
    history: [{ created_by: `ARG ${line(sample)}`, empty_layer: true }],
  }),
  'build argument': (sample) => ({
    history: [{ created_by: `RUN |2 A=1 ${line(sample)} /bin/sh -c make # buildkit` }],
  }),
}

describe.each(Object.keys(SETTINGS))('scanConfig, %s', (place) => {
  it('finds each kind of secret once, and does not tell it', () => {
    const missed = allSamples().flatMap((sample) => {
      const config: Record<string, unknown> = { ...SETTINGS[place]?.(sample) }
      const history = { base: [], own: readHistory(config) }
      const found = scanConfig(config, history, rules)
      expectUntold(sample, found)
      const got = found.map(({ rule }) => rule)
      return got.length === 1 && got[0] === sample.rule
        ? []
        : [`${sample.kind}: ${sample.rule}, not ${got.join(' ') || 'nothing'}`]
    })
    expect(missed).toEqual([])
  })
})

describe.each(['none', 'gzip', 'zstd'] as const)('searchImage (%s)', (packing: Packing) => {
  it('finds each kind of secret in a file that a later layer deletes', async () => {
    const samples = allSamples()
    const files = Object.fromEntries(
      samples.map((sample, index) => [`f${index}.txt`, `one\n${line(sample)}\n`])
    )
    const gone = Object.fromEntries(samples.map((_, index) => [`.wh.f${index}.txt`, '']))
    const image = { layers: [{ tar: tarOf(files) }, { tar: tarOf(gone) }] }
    const found = await searchImage(sourceOf(archiveOf(layoutOf([image], { packing }))), {
      scanner: rules,
      baseLayers: [],
      allowList: parseAllowList(''),
      signal: new AbortController().signal,
    })
    for (const sample of samples) expectUntold(sample, found)
    const got = new Map(found.map(({ path, rule }) => [path, rule]))
    const missed = samples.filter(({ rule }, index) => got.get(`f${index}.txt`) !== rule)
    expect(missed.map(({ kind }) => kind)).toEqual([])
    expect(found).toHaveLength(samples.length)
    expect(new Set(found.map(({ layer }) => layer))).toEqual(new Set(['layer 1 of 2 (COPY . /)']))
  })
})
