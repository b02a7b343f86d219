import { describe, expect, it } from '@jest/globals'
import {
  buildTag,
  digestOf,
  imageRepository,
  parseImageName,
  parseSourceTag,
  renderDigestReference,
  renderImageName,
  renderTagReference,
  sourceTag,
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

describe('sourceTag', () => {
  const address = 'ad'.repeat(32)

  it('says when an image was built, within the 128 characters of a tag', () => {
    const tag = sourceTag(address, 1_800_000_000_999)
    expect(tag).toBe(`src-${address}-1800000000`)
    expect(tag.length).toBeLessThanOrEqual(128)
    expect(parseSourceTag(address, tag)).toBe(1_800_000_000_000)
  })

  it.each([
    `src-${'ae'.repeat(32)}-1800000000`,
    `src-${address}-`,
    `src-${address}--1`,
    `src-${address}-1e9`,
    `build-${address}`,
    'latest',
  ])('is not %s', (tag) => {
    expect(parseSourceTag(address, tag)).toBeUndefined()
  })
})

describe('parseImageName', () => {
  it.each([
    ['python', 'docker.io/library/python:latest'],
    ['python:3.12', 'docker.io/library/python:3.12'],
    ['team/web', 'docker.io/team/web:latest'],
    ['docker.io/python', 'docker.io/library/python:latest'],
    ['index.docker.io/team/web:1', 'docker.io/team/web:1'],
    ['localhost/web', 'localhost/web:latest'],
    ['localhost:5000/web', 'localhost:5000/web:latest'],
    ['[::1]:5000/web', '[::1]:5000/web:latest'],
    ['Host/web', 'Host/web:latest'],
    ['ghcr.io/a/b-c_d.e__f/g:V1.0_x', 'ghcr.io/a/b-c_d.e__f/g:V1.0_x'],
    [`python@${DIGEST}`, `docker.io/library/python@${DIGEST}`],
    [`python:3@${DIGEST}`, `docker.io/library/python:3@${DIGEST}`],
  ])('reads %s in full', (text, expected) => {
    const name = parseImageName(text)
    expect(name && renderImageName(name)).toBe(expected)
  })

  it.each([
    '',
    '/',
    'Python',
    'a//b',
    'a/',
    'a:',
    'a:-x',
    `a:${'x'.repeat(129)}`,
    'a b',
    'a@sha256:abc',
    `a@${DIGEST}@${DIGEST}`,
    'a..b',
    '-a',
    'http://x/y',
    'ho_st.example/a',
    '5e'.repeat(32),
  ])('does not take %j for one', (text) => {
    expect(parseImageName(text)).toBeUndefined()
  })
})
