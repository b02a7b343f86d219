import { describe, expect, it } from '@jest/globals'
import { asRecord, type JsonRecord } from '../../../src/lib/json.ts'
import { makeRelease, type ReleaseParts } from '../../../src/release/release.ts'
import { IMAGE } from './situations.ts'

const PROPERTIES = {
  kind: 'compute#instanceProperties',
  machineType: 'e2-small',
  tags: { items: ['mervis'], fingerprint: 'tags=' },
  labels: { app: 'mervis' },
  metadata: {
    kind: 'compute#metadata',
    fingerprint: 'abc=',
    items: [
      { key: 'startup-script', value: '#!/bin/bash' },
      { key: 'app-secrets', value: 'API_KEY=api-key/latest' },
      { key: 'app-port', value: '8080' },
    ],
  },
  disks: [
    { kind: 'compute#attachedDisk', boot: true, initializeParams: { diskType: 'pd-balanced' } },
  ],
}

const PARTS: ReleaseParts = {
  name: 'mervis',
  base: { name: 'mervis-base-1', selfLink: 'l', description: '', properties: PROPERTIES },
  image: IMAGE,
  secretLines: undefined,
  provenance: {
    commit: 'c0ffee',
    ref: 'refs/heads/main',
    runUrl: 'https://github.com/m/m/actions/runs/1',
    actor: 'ada',
  },
}

function releaseOf({
  properties = {},
  ...more
}: Partial<ReleaseParts> & { properties?: JsonRecord } = {}) {
  const base = { ...PARTS.base, properties: { ...PROPERTIES, ...properties } }
  return makeRelease({ ...PARTS, base, ...more })
}

function metadataOf(properties: JsonRecord): Readonly<Record<string, string>> {
  const { items } = asRecord(properties['metadata'])
  const list = Array.isArray(items) ? items.map(asRecord) : []
  return Object.fromEntries(list.map(({ key, value }) => [String(key), String(value)]))
}

const ID = releaseOf().id

describe('makeRelease', () => {
  it('gives an id of 12 hex digits, and a template that is named after it', () => {
    expect(ID).toMatch(/^[0-9a-f]{12}$/)
    expect(releaseOf().template.name).toBe(`mervis-${ID}`)
  })

  it('fits the 63 characters of a template for the longest name', () => {
    expect(releaseOf({ name: 'm'.repeat(42) }).template.name.length).toBeLessThanOrEqual(63)
  })

  it.each<[string, Parameters<typeof releaseOf>[0]]>([
    [
      'another commit, ref, run and actor',
      { provenance: { commit: 'beef', ref: 'r', runUrl: 'u', actor: 'bob' } },
    ],
    [
      'another name of the base',
      { base: { ...PARTS.base, name: 'mervis-base-2', selfLink: 'other' } },
    ],
    [
      'another order of the metadata',
      { properties: { metadata: { items: [...PROPERTIES.metadata.items].reverse() } } },
    ],
    [
      'no fields of the server',
      {
        properties: {
          kind: undefined,
          tags: { items: ['mervis'] },
          metadata: { items: PROPERTIES.metadata.items },
        },
      },
    ],
    [
      'another order of the properties',
      {
        base: {
          ...PARTS.base,
          properties: Object.fromEntries(Object.entries(PROPERTIES).reverse()),
        },
      },
    ],
  ])('is the same release with %s', (_, more) => {
    expect(releaseOf(more).id).toBe(ID)
  })

  it.each<[string, Parameters<typeof releaseOf>[0]]>([
    ['another image', { image: IMAGE.replace('5e', '6e') }],
    ['another machine type', { properties: { machineType: 'e2-medium' } }],
    [
      'another environment',
      { properties: { metadata: { items: [{ key: 'app-env', value: 'A=1' }] } } },
    ],
    ['another secret version', { secretLines: 'API_KEY=api-key/8' }],
    ['another label', { properties: { labels: { app: 'mervis', team: 'x' } } }],
  ])('is another release with %s', (_, more) => {
    expect(releaseOf(more).id).not.toBe(ID)
  })

  it('tells the VM what to run, beside what the base tells it', () => {
    expect(metadataOf(releaseOf().template.properties)).toEqual({
      'startup-script': '#!/bin/bash',
      'app-secrets': 'API_KEY=api-key/latest',
      'app-port': '8080',
      'app-image': IMAGE,
      'app-release': ID,
    })
  })

  it('puts numbered secret versions in the place of the base’s own', () => {
    const { template } = releaseOf({ secretLines: 'API_KEY=api-key/7' })
    expect(metadataOf(template.properties)['app-secrets']).toBe('API_KEY=api-key/7')
  })

  it('tells the VM how long a preemption notice its template asks for', () => {
    const scheduling = { provisioningModel: 'SPOT', preemptionNoticeDuration: { seconds: '120' } }
    const { template } = releaseOf({ properties: { scheduling } })
    expect(metadataOf(template.properties)).toMatchObject({ 'app-preemption-notice': '120' })
    expect(metadataOf(releaseOf().template.properties)).not.toHaveProperty('app-preemption-notice')
  })

  it('replaces what an earlier release left in the base', () => {
    const items = [
      { key: 'app-image', value: 'old' },
      { key: 'app-release', value: 'old' },
    ]
    expect(
      metadataOf(releaseOf({ properties: { metadata: { items } } }).template.properties)
    ).toEqual({ 'app-image': IMAGE, 'app-release': expect.stringMatching(/^[0-9a-f]{12}$/) })
  })

  it('labels the VMs with the release and keeps the labels of the base', () => {
    expect(releaseOf().template.properties['labels']).toEqual({ app: 'mervis', release: ID })
  })

  it.each(['kind', 'fingerprint'])('keeps a label called %s', (label) => {
    const { template } = releaseOf({ properties: { labels: { [label]: 'api' } } })
    expect(template.properties['labels']).toMatchObject({ [label]: 'api' })
  })

  it('sends nothing that only the server may set', () => {
    const text = JSON.stringify(releaseOf().template)
    expect(text).not.toContain('compute#')
    expect(text).not.toContain('fingerprint')
  })

  it('tells where it comes from', () => {
    expect(JSON.parse(releaseOf().template.description)).toEqual({
      ...PARTS.provenance,
      image: IMAGE,
      base: 'mervis-base-1',
    })
  })

  it('leaves the base as it is', () => {
    const before = structuredClone(PARTS)
    makeRelease(PARTS)
    expect(PARTS).toEqual(before)
  })
})
