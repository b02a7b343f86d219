import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { resolveExisting } from '../../../src/image/existing.ts'
import { bringHome } from '../../../src/image/mount.ts'
import {
  type ImageRepository,
  renderDigestReference,
  renderTagReference,
  sourceTag,
} from '../../../src/image/reference.ts'
import { listTags, tagManifest } from '../../../src/image/registry.ts'
import { findLatest } from '../../../src/image/reuse.ts'
import { PROJECT } from '../../emulator/harness.ts'
import { type Rig, startRig } from './rig.ts'

const ADDRESS = 'ad'.repeat(32)
const NOW_MS = 1_800_000_000_000
let rig: Rig
let repository: ImageRepository
let elsewhere: ImageRepository
/** Of an image that docker pushed into the other repository. */
let digest: string

beforeAll(async () => {
  rig = await startRig()
  repository = { host: rig.host, path: `${PROJECT}/mervis/web` }
  elsewhere = { host: rig.host, path: `${PROJECT}/other/team/web` }
  const tag = renderTagReference(elsewhere, '1')
  await rig.build(tag, 'FROM scratch\nCOPY file /web\n')
  digest = /digest: (sha256:\w+)/.exec(await rig.docker('push', tag))?.[1] ?? ''
  await rig.docker('image', 'rm', tag)
}, 120_000)
afterAll(() => rig?.stop(), 60_000)

describe('an image of another repository', () => {
  it('is brought over under its digest, and docker can pull it from there', async () => {
    const text = renderTagReference(elsewhere, '1')
    const image = await resolveExisting(rig.google, text, { repository })
    expect(image).toMatchObject({ digest, source: elsewhere })
    const brought = renderDigestReference(repository, digest)
    await bringHome(rig.google, image, repository)
    expect(await rig.docker('pull', brought)).toContain(digest)
    await rig.docker('image', 'rm', brought)
    // Now it is one of ours, and bringing it again changes nothing.
    await tagManifest(rig.google, brought, 'mine')
    const own = renderTagReference(repository, 'mine')
    expect(await resolveExisting(rig.google, own, { repository })).toEqual({
      digest,
      source: repository,
    })
    await bringHome(rig.google, image, repository)
  }, 60_000)

  it.each([
    ['tag', () => renderTagReference(elsewhere, '2')],
    ['repository', () => `${rig.project}/nowhere/web:1`],
    ['digest', () => `${rig.project}/other/team/web@sha256:${'0'.repeat(64)}`],
  ])('is missing when there is no such %s', async (_, text) => {
    await expect(resolveExisting(rig.google, text(), { repository })).rejects.toMatchObject({
      code: 'IMAGE_MISSING',
    })
  })
})

describe('an image of the same source', () => {
  const tagAt = (builtAtMs: number): Promise<void> =>
    tagManifest(
      rig.google,
      `${rig.host}/${repository.path}@${digest}`,
      sourceTag(ADDRESS, builtAtMs)
    )
  const find = (address = ADDRESS) => findLatest(rig.google, repository, { address, nowMs: NOW_MS })

  it('is found by the newest of its tags, and by no other', async () => {
    expect(await find()).toBeUndefined()
    for (const hours of [3, 1, 2]) await tagAt(NOW_MS - hours * 3_600_000)
    await tagAt(NOW_MS + 3_600_000)
    expect(await find()).toEqual({
      digest,
      builtAtMs: NOW_MS - 3_600_000,
      ageMs: 3_600_000,
    })
    expect(await find('ae'.repeat(32))).toBeUndefined()
  }, 60_000)

  it('is found among a thousand tags, at once', async () => {
    for (let from = 0; from < 1_000; from += 100) {
      const times = Array.from({ length: 100 }, (_, at) => NOW_MS - 7_200_000 - (from + at) * 1_000)
      await Promise.all(times.map(tagAt))
    }
    expect((await listTags(rig.google, repository)).length).toBeGreaterThan(1_000)
    const startedAt = performance.now()
    expect(await find()).toMatchObject({ builtAtMs: NOW_MS - 3_600_000 })
    // Of the second that everything about an unchanged image may take.
    expect(performance.now() - startedAt).toBeLessThan(500)
  }, 60_000)

  it('is none in a repository that is not there', async () => {
    const nowhere = { host: rig.host, path: `${PROJECT}/nowhere/web` }
    const latest = await findLatest(rig.google, nowhere, { address: ADDRESS, nowMs: NOW_MS })
    expect(latest).toBeUndefined()
  })
})
