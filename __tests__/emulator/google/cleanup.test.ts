import { describe, expect, it } from '@jest/globals'
import { VirtualClock } from '../../../emulator/clock.ts'
import { Cleanup } from '../../../emulator/google/artifacts/cleanup.ts'
import { Repositories } from '../../../emulator/google/artifacts/repositories.ts'
import { Images } from '../../../emulator/registry/images.ts'

const DAY_MS = 86_400_000
const NAME = 'demo/mervis/mervis'
const MANIFEST = 'application/vnd.oci.image.manifest.v1+json'

/** Those of terraform/modules/storage. */
const OURS = {
  'keep-releases': {
    action: 'KEEP',
    condition: { tagPrefixes: ['release-'], tagState: 'TAGGED' },
  },
  'keep-newest': { action: 'KEEP', mostRecentVersions: { keepCount: 2 } },
  'delete-old': { action: 'DELETE', condition: { olderThan: '2592000s', tagState: 'ANY' } },
}

/** A repository `mervis` on a clock that moves by days. */
class Registry {
  readonly clock = new VirtualClock()
  readonly images = new Images(this.clock)
  readonly repositories = new Repositories({ id: 'demo', number: '1' }, this.clock)
  readonly cleanup = new Cleanup(this.clock, this.repositories, this.images)

  constructor(cleanupPolicies: object, fields: object = {}) {
    this.repositories.create('europe-west1', 'mervis', {
      format: 'DOCKER',
      cleanupPolicies,
      ...fields,
    })
  }

  push(content: string, tags: readonly string[], children: readonly string[] = []): string {
    const manifests = children.map((digest) => ({ digest }))
    const config = { digest: content }
    const bytes = Buffer.from(JSON.stringify({ schemaVersion: 2, config, manifests }))
    const { digest } = this.images.put(NAME, MANIFEST, bytes, () => 1)
    for (const tag of tags) this.images.tag(NAME, tag, digest)
    return digest
  }

  /** Lets days pass; the job runs on each of them. */
  days(count: number): void {
    for (let day = 0; day < count; day++) {
      this.clock.advance(DAY_MS)
      this.cleanup.catchUp()
    }
  }

  has(digest: string): boolean {
    return this.images.find(NAME, digest) !== undefined
  }
}

describe('Cleanup', () => {
  it('with our own policies keeps releases and the newest, and deletes what is old', () => {
    const registry = new Registry(OURS)
    const released = registry.push('a', ['src-1-1', 'release-a1b2c3d4e5f6'])
    const pinned = registry.push('b', ['release-000000000000-pinned'])
    const source = registry.push('c', ['src-2-2'])
    const untagged = registry.push('d', [])
    registry.days(10)
    const [newer, newest] = [registry.push('e', ['src-3-3']), registry.push('f', [])]
    registry.days(20)
    expect([source, untagged].map((digest) => registry.has(digest))).toEqual([true, true])
    registry.days(1)
    expect([source, untagged].map((digest) => registry.has(digest))).toEqual([false, false])
    registry.days(100)
    expect([released, pinned, newer, newest].map((digest) => registry.has(digest))).toEqual([
      true,
      true,
      true,
      true,
    ])
  })

  it('lets go of an image once its release tag is gone', () => {
    const registry = new Registry({ ...OURS, 'keep-newest': { action: 'KEEP' } })
    const digest = registry.push('a', ['src-1-1', 'release-a1b2c3d4e5f6'])
    registry.days(60)
    registry.images.untag(NAME, 'release-a1b2c3d4e5f6')
    registry.days(1)
    expect(registry.has(digest)).toBe(false)
  })

  it('keeps the build cache as long as builds renew it', () => {
    const registry = new Registry({ ...OURS, 'keep-newest': { action: 'KEEP' } })
    const caches: string[] = []
    for (let week = 0; week < 8; week++) {
      caches.push(registry.push(`cache ${week}`, ['buildcache']))
      registry.days(7)
    }
    expect(registry.has(caches.at(-1) ?? '')).toBe(true)
    expect(registry.has(caches[0] ?? '')).toBe(false)
    registry.days(30)
    expect(caches.some((digest) => registry.has(digest))).toBe(false)
  })

  it('keeps what a manifest list refers to for as long as there is the list', () => {
    const registry = new Registry({ ...OURS, 'keep-newest': { action: 'KEEP' } })
    const children = [registry.push('amd64', []), registry.push('attestation', [])]
    const index = registry.push('index', ['release-a1b2c3d4e5f6'], children)
    registry.days(60)
    expect([index, ...children].map((digest) => registry.has(digest))).toEqual([true, true, true])
    registry.images.untag(NAME, 'release-a1b2c3d4e5f6')
    registry.days(1)
    expect([index, ...children].map((digest) => registry.has(digest))).toEqual([false, true, true])
    registry.days(1)
    expect(children.map((digest) => registry.has(digest))).toEqual([false, false])
  })

  it.each<[string, object, object, boolean]>([
    ['has no policy', {}, {}, true],
    ['only tries its policies out', OURS, { cleanupPolicyDryRun: true }, true],
    ['only keeps', { keep: { action: 'KEEP', condition: { tagState: 'ANY' } } }, {}, true],
    [
      'deletes tagged images only',
      { d: { action: 'DELETE', condition: { tagState: 'TAGGED' } } },
      {},
      true,
    ],
    [
      'deletes untagged images only',
      { d: { action: 'DELETE', condition: { tagState: 'UNTAGGED' } } },
      {},
      false,
    ],
    [
      'deletes images of another name',
      { d: { action: 'DELETE', condition: { packageNamePrefixes: ['web'] } } },
      {},
      true,
    ],
    [
      'deletes what is newer than a day',
      { d: { action: 'DELETE', condition: { newerThan: '86400s' } } },
      {},
      true,
    ],
    [
      'deletes what is newer than a year',
      { d: { action: 'DELETE', condition: { newerThan: '31536000s' } } },
      {},
      false,
    ],
  ])('of a repository that %s', (_, policies, fields, isKept) => {
    const registry = new Registry(policies, fields)
    const digest = registry.push('a', [])
    registry.days(40)
    expect(registry.has(digest)).toBe(isKept)
  })

  it('runs about once a day, and not before', () => {
    const registry = new Registry({ d: { action: 'DELETE', condition: { tagState: 'ANY' } } })
    const digest = registry.push('a', [])
    registry.clock.advance(DAY_MS - 1)
    registry.cleanup.catchUp()
    expect(registry.has(digest)).toBe(true)
    registry.clock.advance(1)
    registry.cleanup.catchUp()
    expect(registry.has(digest)).toBe(false)
  })
})
