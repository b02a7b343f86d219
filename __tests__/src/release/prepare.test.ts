import { describe, expect, it } from '@jest/globals'
import { digestOf } from '../../../src/image/reference.ts'
import { asRecord } from '../../../src/lib/json.ts'
import { prepareRelease } from '../../../src/release/prepare.ts'
import { FakeClock } from '../../fakes/fake-clock.ts'
import { FakeCloud } from '../../fakes/fake-cloud.ts'
import { RecordingLog } from '../../fakes/recording-log.ts'
import { IMAGE } from './situations.ts'

function setUp(secrets: ReadonlyMap<string, { secret: string; version: string }> = new Map()) {
  const cloud = new FakeCloud(new FakeClock())
  cloud.templates.set('mervis-base-1', { properties: { metadata: { items: [] } } })
  const prepare = (baseTemplateName = 'mervis-base-1') =>
    prepareRelease(
      { ...cloud.clients(), log: new RecordingLog() },
      {
        name: 'mervis',
        baseTemplateName,
        image: IMAGE,
        secrets,
        provenance: { commit: 'c', ref: 'r', runUrl: 'u', actor: 'a' },
      }
    )
  cloud.manifests.set('build-1', { digest: digestOf(IMAGE), config: 'sha256:config' })
  const inserts = (): number => cloud.http.lines.filter((line) => line.startsWith('POST')).length
  return { cloud, prepare, inserts }
}

describe('prepareRelease', () => {
  it('creates the template of the release, once', async () => {
    const { cloud, prepare, inserts } = setUp()
    const release = await prepare()
    expect([...cloud.templates.keys()]).toEqual(['mervis-base-1', `mervis-${release.id}`])
    expect(await prepare()).toEqual(release)
    expect(inserts()).toBe(1)
  })

  it('tags the image first, so that it is kept as long as the release', async () => {
    const { cloud, prepare } = setUp()
    const release = await prepare()
    expect(cloud.manifests.get(`release-${release.id}`)?.digest).toBe(digestOf(IMAGE))
    const writes = cloud.http.lines.filter((line) => /^(PUT|POST)/.test(line))
    expect(writes).toEqual([
      expect.stringMatching(new RegExp(`^PUT .*/manifests/release-${release.id}$`)),
      expect.stringMatching(/^POST .*instanceTemplates$/),
    ])
  })

  it('makes no release of an image that the registry does not have', async () => {
    const { cloud, prepare } = setUp()
    cloud.manifests.clear()
    await expect(prepare()).rejects.toMatchObject({ code: 'IMAGE_MISSING' })
    expect([...cloud.templates.keys()]).toEqual(['mervis-base-1'])
  })

  it('is content when somebody else creates it at the same moment', async () => {
    const { prepare, inserts } = setUp()
    const [one, other] = await Promise.all([prepare(), prepare()])
    expect(one).toEqual(other)
    expect(inserts()).toBe(2)
  })

  it('pins secrets to their newest version, in an order of their own', async () => {
    const { cloud, prepare } = setUp(
      new Map([
        ['Z_KEY', { secret: 'z-key', version: 'latest' }],
        ['A_KEY', { secret: 'projects/other/secrets/a-key', version: '3' }],
      ])
    )
    cloud.secrets.set('z-key', '12').set('a-key', '9')
    const { template } = await prepare()
    expect(asRecord(template.properties['metadata'])['items']).toContainEqual({
      key: 'app-secrets',
      value: 'A_KEY=projects/other/secrets/a-key/3\nZ_KEY=z-key/12',
    })
  })

  it('makes a rotated secret another release', async () => {
    const { cloud, prepare } = setUp(new Map([['KEY', { secret: 'key', version: 'latest' }]]))
    cloud.secrets.set('key', '1')
    const before = await prepare()
    cloud.secrets.set('key', '2')
    expect((await prepare()).id).not.toBe(before.id)
  })

  it('says so when the base template is gone', async () => {
    const { prepare, inserts } = setUp()
    await expect(prepare('mervis-base-0')).rejects.toMatchObject({
      code: 'GCP_UNEXPECTED_ANSWER',
      message: expect.stringContaining('mervis-base-0'),
      hint: expect.any(String),
    })
    expect(inserts()).toBe(0)
  })

  it('creates nothing when a secret is missing', async () => {
    const { prepare, inserts } = setUp(new Map([['KEY', { secret: 'key', version: 'latest' }]]))
    await expect(prepare()).rejects.toThrow('secret key')
    expect(inserts()).toBe(0)
  })
})
