import { describe, expect, it } from '@jest/globals'
import { describeError } from '../../../src/errors.ts'
import { findStanding, goneRelease, secretsOf } from '../../../src/release/standing.ts'
import { FakeClock } from '../../fakes/fake-clock.ts'
import { FakeCloud } from '../../fakes/fake-cloud.ts'
import { answer, googleError } from '../../fakes/scripted-http.ts'

const DIGEST = `sha256:${'d1'.repeat(32)}`
const IMAGE = `europe-west1-docker.pkg.dev/mervis-demo/mervis/mervis@${DIGEST}`
const ENTRY = { template: 'mervis-a', image: IMAGE, commit: 'c0ffee00'.repeat(5) }

function templateWith(secrets: string | undefined) {
  const items = [
    { key: 'app-image', value: IMAGE },
    ...(secrets === undefined ? [] : [{ key: 'app-secrets', value: secrets }]),
  ]
  return { name: 'mervis-a', selfLink: 'l', description: '', properties: { metadata: { items } } }
}

/** A cloud in which the release is whole. */
function aCloud(secrets = 'DB=db/3\nKEY=projects/9/secrets/key/7'): FakeCloud {
  const cloud = new FakeCloud(new FakeClock())
  cloud.templates.set('mervis-a', templateWith(secrets))
  cloud.manifests.set('release-a', { digest: DIGEST, config: 'c' })
  cloud.secrets.set('db', '3')
  cloud.secrets.set('key', '9')
  return cloud
}

describe('findStanding', () => {
  it('finds nothing missing in a release that is whole', async () => {
    const cloud = aCloud()
    const standing = await findStanding(cloud.clients(), ENTRY)
    expect(standing).toMatchObject({ template: { name: 'mervis-a' }, losses: [] })
    const asked = cloud.http.requests.map(({ url }) => new URL(url).pathname)
    expect(asked).toContain('/v1/projects/mervis-demo/secrets/db/versions/3')
    expect(asked).toContain('/v1/projects/9/secrets/key/versions/7')
  })

  it('is undefined without a template, whatever became of the image', async () => {
    const cloud = aCloud()
    cloud.templates.clear()
    cloud.fault = ({ url }) => (url.includes('/manifests/') ? new Error('gone') : undefined)
    await expect(findStanding(cloud.clients(), ENTRY)).resolves.toBeUndefined()
  })

  it('names everything that is gone, each with what brings it back', async () => {
    const cloud = aCloud()
    cloud.manifests.clear()
    cloud.secrets.delete('key')
    cloud.fault = ({ url }) => {
      if (!url.includes('/secrets/db/')) return undefined
      return answer(200, { name: 'projects/1/secrets/db/versions/3', state: 'DISABLED' })
    }
    const standing = await findStanding(cloud.clients(), ENTRY)
    expect(standing?.losses).toMatchObject([
      { what: `The registry has no ${IMAGE}.`, fix: expect.stringContaining('c0ffee00c0ff again') },
      {
        what: 'Version 3 of secret db is DISABLED: no VM could read it.',
        fix: expect.stringContaining('gcloud secrets versions enable 3 --secret=db --project='),
      },
      { what: expect.stringContaining('secret projects/9/secrets/key') },
    ])
  })

  it('takes what it may not see for lost', async () => {
    const cloud = aCloud('')
    cloud.fault = ({ url }) =>
      url.includes('/manifests/') ? googleError(403, { message: 'denied' }) : undefined
    const standing = await findStanding(cloud.clients(), ENTRY)
    expect(standing?.losses).toMatchObject([{ what: expect.stringContaining('403') }])
  })

  it('does not take for lost what Google is too busy to show', async () => {
    const cloud = aCloud()
    cloud.fault = ({ url }) =>
      url.includes('/secrets/db/') ? googleError(503, { message: 'busy' }) : undefined
    await expect(findStanding(cloud.clients(), ENTRY)).rejects.toMatchObject({ isPassing: true })
  })
})

describe('goneRelease', () => {
  it('is one error with every loss, and each remedy once', () => {
    const error = goneRelease({ release: 'a1b2c3d4e5f6', commit: ENTRY.commit }, [
      { what: 'one\nand more of it', fix: 'do this' },
      { what: 'two', fix: 'do this' },
      { what: 'three', fix: undefined },
    ])
    expect(error.code).toBe('RELEASE_GONE')
    expect(describeError(error)).toBe(
      'Release a1b2c3d4e5f6 (commit c0ffee00c0ff) is not whole any more, so the group was left as it is:\n' +
        '  one\n  and more of it\n  two\n  three\n' +
        'do this\nThen run this job again, or choose another release.'
    )
  })
})

describe('secretsOf', () => {
  it.each([
    ['no secrets', undefined, []],
    ['an empty list', '', []],
    ['a short id', 'DB=db/3', [{ secret: 'db', version: '3' }]],
    [
      'a whole name',
      'K=projects/p/secrets/s/1',
      [{ secret: 'projects/p/secrets/s', version: '1' }],
    ],
    ['a line that is none', 'nonsense\nDB=db/3\n', [{ secret: 'db', version: '3' }]],
  ])('reads %s', (_, lines, expected) => {
    expect(secretsOf(templateWith(lines))).toEqual(expected)
  })
})
