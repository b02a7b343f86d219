import { describe, expect, it } from '@jest/globals'
import { packageOf, readReleaseTags } from '../../../../src/release/prune/release-tags.ts'

const DIGEST = `sha256:${'a1'.repeat(32)}`

describe('readReleaseTags', () => {
  it('tells releases and pins from everything else', () => {
    const names = [
      'release-a1b2c3d4e5f6',
      'release-0123456789ab-pinned',
      'release-a1b2c3d4e5f',
      'release-a1b2c3d4e5f67',
      'release-A1B2C3D4E5F6',
      'release-a1b2c3d4e5f6-old',
      'my-release-a1b2c3d4e5f6',
      'release-2026',
      'src-aa-1',
      'buildcache',
    ]
    const { tagged, pinned } = readReleaseTags(names.map((name) => ({ name, digest: DIGEST })))
    expect([...tagged]).toEqual([['a1b2c3d4e5f6', DIGEST]])
    expect([...pinned]).toEqual(['0123456789ab'])
  })
})

describe('packageOf', () => {
  const host = 'europe-west1-docker.pkg.dev'

  it.each([
    ['demo', `${host}/demo/mervis/mervis@${DIGEST}`, 'mervis', 'mervis'],
    ['demo', `${host}/demo/other/team/app@${DIGEST}`, 'other', 'team/app'],
    ['example.com:demo', `${host}/example.com/demo/mervis/web@${DIGEST}`, 'mervis', 'web'],
  ])('in project %s finds %s', (projectId, image, repositoryId, name) => {
    expect(packageOf(image, { host, projectId })).toEqual({ repositoryId, image: name })
  })

  it.each([
    ['another registry', `us-docker.pkg.dev/demo/mervis/mervis@${DIGEST}`],
    ['another project', `${host}/demo-2/mervis/mervis@${DIGEST}`],
    ['no image', `${host}/demo/mervis@${DIGEST}`],
    ['Docker Hub', `docker.io/library/nginx@${DIGEST}`],
    ['nothing', ''],
  ])('knows none of %s', (_, image) => {
    expect(packageOf(image, { host, projectId: 'demo' })).toBeUndefined()
  })
})
