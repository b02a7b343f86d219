import { describe, expect, it } from '@jest/globals'
import {
  buildTag,
  digestOf,
  imageRepository,
  renderDigestReference,
  renderTagReference,
} from '../../../src/image/reference.ts'

const DIGEST = `sha256:${'5e'.repeat(32)}`
const HOST = 'europe-west1-docker.pkg.dev'

describe('imageRepository', () => {
  it.each([
    ['mervis-demo', 'mervis-demo/images/mervis'],
    ['example.com:mervis-demo', 'example.com/mervis-demo/images/mervis'],
  ])('is where the images of project %s are', (projectId, path) => {
    expect(imageRepository(HOST, { projectId, repositoryId: 'images', name: 'mervis' })).toEqual({
      host: HOST,
      path,
    })
  })
})

describe('the references of an image', () => {
  const repository = { host: HOST, path: 'mervis-demo/mervis/mervis' }

  it('name a digest, or a tag that comes of the image itself', () => {
    expect(renderDigestReference(repository, DIGEST)).toBe(
      `${HOST}/mervis-demo/mervis/mervis@${DIGEST}`
    )
    expect(renderTagReference(repository, buildTag(DIGEST))).toBe(
      `${HOST}/mervis-demo/mervis/mervis:build-${'5e'.repeat(32)}`
    )
  })

  it('stay within the 128 characters of a tag', () => {
    expect(buildTag(DIGEST).length).toBeLessThanOrEqual(128)
  })
})

describe('digestOf', () => {
  it.each([
    [`h/p@${DIGEST}`, DIGEST],
    [`h/p:tag@${DIGEST}`, DIGEST],
    ['h/p:latest', ''],
    [`h/p@${DIGEST}0`, ''],
    ['h/p@sha256:abc', ''],
    [`h/p@${DIGEST.toUpperCase()}`, ''],
    ['', ''],
  ])('reads %s', (reference, digest) => {
    expect(digestOf(reference)).toBe(digest)
  })
})
