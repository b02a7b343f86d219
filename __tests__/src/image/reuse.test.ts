import { describe, expect, it } from '@jest/globals'
import { findLatest } from '../../../src/image/reuse.ts'
import { googleClientOn } from '../../fakes/google-client.ts'
import { answer, ScriptedHttp } from '../../fakes/scripted-http.ts'

const ADDRESS = 'ad'.repeat(32)
const NOW_MS = 1_800_000_000_000
const DAY_MS = 86_400_000
const REPOSITORY = { host: 'europe-west1-docker.pkg.dev', path: 'mervis-demo/mervis/mervis' }
const digestOf = (reference: string): string => `sha256:${reference.slice(-10).padStart(64, '0')}`

const tag = (ageMs: number, address = ADDRESS): string =>
  `src-${address}-${(NOW_MS - ageMs) / 1000}`

/** A registry with these tags, of which some have lost their manifest. */
function registry(tags: readonly string[], gone: readonly string[] = []) {
  return new ScriptedHttp(({ url }) => {
    const { pathname } = new URL(url)
    if (pathname.endsWith('/tags/list')) return answer(200, { name: 'x', tags })
    const reference = pathname.slice(pathname.lastIndexOf('/') + 1)
    if (!tags.includes(reference) || gone.includes(reference)) return answer(404)
    return answer(200, {}, { 'docker-content-digest': digestOf(reference) })
  })
}

const find = (http: ScriptedHttp) =>
  findLatest(googleClientOn(http), REPOSITORY, {
    address: ADDRESS,
    nowMs: NOW_MS,
  })

describe('findLatest', () => {
  it.each<[string, readonly string[], number | undefined]>([
    ['nothing in an empty repository', [], undefined],
    ['an image of this address', ['build-x', tag(DAY_MS), 'latest'], DAY_MS],
    ['the newest of several', [tag(3 * DAY_MS), tag(DAY_MS), tag(2 * DAY_MS)], DAY_MS],
    ['nothing of another address', [tag(DAY_MS, 'bd'.repeat(32))], undefined],
    ['one of long ago', [tag(400 * DAY_MS)], 400 * DAY_MS],
    ['one of a clock that goes ahead', [tag(-300_000)], -300_000],
    ['nothing of the future', [tag(-301_000)], undefined],
    ['an older one beside one of the future', [tag(-DAY_MS), tag(DAY_MS)], DAY_MS],
    [
      'nothing in tags that only look alike',
      [`src-${ADDRESS}-`, `src-${ADDRESS}-1x`, `src-${ADDRESS}`],
      undefined,
    ],
  ])('finds %s', async (_, tags, ageMs) => {
    const found = await find(registry(tags))
    expect(found).toEqual(
      ageMs === undefined
        ? undefined
        : { digest: digestOf(tag(ageMs)), builtAtMs: NOW_MS - ageMs, ageMs: Math.max(0, ageMs) }
    )
  })

  it('takes the next one when a manifest is gone', async () => {
    const tags = [tag(DAY_MS), tag(2 * DAY_MS)]
    expect(await find(registry(tags, [tag(DAY_MS)]))).toMatchObject({
      builtAtMs: NOW_MS - 2 * DAY_MS,
    })
    expect(await find(registry(tags, tags))).toBeUndefined()
  })

  it('costs two requests', async () => {
    const http = registry([tag(DAY_MS), tag(2 * DAY_MS)])
    await find(http)
    expect(http.lines).toEqual([
      `GET /v2/${REPOSITORY.path}/tags/list`,
      `GET /v2/${REPOSITORY.path}/manifests/${tag(DAY_MS)}`,
    ])
  })
})
