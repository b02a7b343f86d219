import { createHash, randomBytes } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import {
  type Answer,
  type Call,
  call,
  enable,
  type Harness,
  OWNER,
  PROJECT,
  startHarness,
} from '../harness.ts'

const NAME = `${PROJECT}/mervis/app`
const MANIFEST = 'application/vnd.docker.distribution.manifest.v2+json'
let harness: Harness
let url: string
let token: string

beforeAll(async () => {
  harness = await startHarness()
  url = harness.emulator.url
  token = harness.emulator.accessToken()
  await enable(harness, 'artifactregistry')
  const { repositories } = harness.emulator.cloud
  repositories.create('europe-west1', 'mervis', { format: 'DOCKER' })
  repositories.create('europe-west1', 'second', { format: 'DOCKER' })
})
afterAll(() => harness.stop())

const digestOf = (bytes: Uint8Array | string): string =>
  `sha256:${createHash('sha256').update(bytes).digest('hex')}`
const v2 = (path: string, options: Call = {}): Promise<Answer> =>
  call(`${url}/v2/${path}`, { token, ...options })

async function pushBlob(bytes: Uint8Array | string, name = NAME): Promise<string> {
  const digest = digestOf(bytes)
  await v2(`${name}/blobs/uploads/?digest=${digest}`, { method: 'POST', body: bytes })
  return digest
}

async function pushManifest(
  reference: string,
  layer = randomBytes(100),
  name = NAME
): Promise<Answer> {
  const config = '{"architecture":"amd64"}'
  const body = JSON.stringify({
    schemaVersion: 2,
    mediaType: MANIFEST,
    config: { digest: await pushBlob(config, name), size: config.length },
    layers: [{ digest: await pushBlob(layer, name), size: layer.length }],
  })
  const headers = { 'content-type': MANIFEST }
  return v2(`${name}/manifests/${reference}`, { method: 'PUT', body, headers })
}

beforeEach(() => call(`${url}/emulator/deny`, { method: 'DELETE' }))

describe('signing in', () => {
  it('tells an anonymous client where to get a token', async () => {
    const answer = await call(`${url}/v2/`)
    expect(answer.status).toBe(401)
    const { host } = new URL(url)
    expect(answer.headers.get('www-authenticate')).toBe(
      `Bearer realm="${url}/v2/token",service="${host}"`
    )
    expect(answer.headers.get('docker-distribution-api-version')).toBe('registry/2.0')
  })

  const basic = (user: string, password: string) => ({
    authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
  })

  it('gives a token for an access token as password', async () => {
    const headers = basic('oauth2accesstoken', token)
    const { json } = await call(`${url}/v2/token?service=x&scope=repository:${NAME}:pull`, {
      headers,
    })
    expect((await call(`${url}/v2/`, { token: json.token })).status).toBe(200)
  })

  it.each([
    ['a wrong password', 'oauth2accesstoken', 'guessed'],
    ['another user', '_json_key', 'x'],
  ])('refuses %s', async (_, user, password) => {
    const answer = await call(`${url}/v2/token`, { headers: basic(user, password) })
    expect(answer.status).toBe(401)
  })

  it('takes the access token itself, as bearer or as password', async () => {
    expect((await v2('')).status).toBe(200)
    expect((await call(`${url}/v2/`, { headers: basic('oauth2accesstoken', token) })).status).toBe(
      200
    )
  })
})

describe('blobs', () => {
  it('come in chunks, in order, and go out whole or in part', async () => {
    const start = await v2(`${NAME}/blobs/uploads/`, { method: 'POST' })
    const location = `${url}${start.headers.get('location')}`
    const patch = (body: string, range: string) =>
      call(location, { method: 'PATCH', token, body, headers: { 'content-range': range } })
    expect((await patch('hello ', '0-5')).headers.get('range')).toBe('0-5')
    expect((await patch('too far', '9-15')).json.errors[0].code).toBe('RANGE_INVALID')
    await patch('world', '6-10')
    const digest = digestOf('hello world')
    const done = await call(`${location}?digest=${digest}`, { method: 'PUT', token })
    expect([done.status, done.headers.get('docker-content-digest')]).toEqual([201, digest])

    const head = await v2(`${NAME}/blobs/${digest}`, { method: 'HEAD' })
    expect([head.status, head.headers.get('content-length')]).toEqual([200, '11'])
    expect((await v2(`${NAME}/blobs/${digest}`)).text).toBe('hello world')
    const part = await v2(`${NAME}/blobs/${digest}`, { headers: { range: 'bytes=6-' } })
    expect([part.status, part.text]).toEqual([206, 'world'])
  })

  it('are refused, and leave nothing on disk, when the digest is not theirs', async () => {
    const digest = digestOf('something else')
    const answer = await v2(`${NAME}/blobs/uploads/?digest=${digest}`, {
      method: 'POST',
      body: 'x',
    })
    expect(answer.json.errors[0].code).toBe('DIGEST_INVALID')
    expect((await v2(`${NAME}/blobs/${digest}`, { method: 'HEAD' })).status).toBe(404)
    expect(await readdir(join(harness.directory, 'data', 'registry', 'uploads'))).toEqual([])
  })

  it('never name a path', async () => {
    const answer = await v2(`${NAME}/blobs/uploads/?digest=sha256:..%2F..%2Fx`, {
      method: 'POST',
      body: 'x',
    })
    expect(answer.json.errors[0].code).toBe('DIGEST_INVALID')
  })

  it('can be taken over from another repository that the client may read', async () => {
    const digest = await pushBlob('shared')
    const target = `${PROJECT}/second/app`
    const mount = (from: string) =>
      v2(`${target}/blobs/uploads/?mount=${digest}&from=${from}`, { method: 'POST' })
    expect((await mount(`${PROJECT}/second/other`)).status).toBe(202)
    expect((await mount(`${PROJECT}/nowhere/app`)).status).toBe(202)
    expect((await mount(NAME)).status).toBe(201)
    expect((await v2(`${target}/blobs/${digest}`)).text).toBe('shared')
  })

  it('take 64 MiB that come in pieces, and have all of them', async () => {
    const chunk = randomBytes(1024 * 1024)
    const hash = createHash('sha256')
    for (let count = 0; count < 64; count++) hash.update(chunk)
    const digest = `sha256:${hash.digest('hex')}`
    const body = ReadableStream.from(
      (function* () {
        for (let count = 0; count < 64; count++) yield chunk
      })()
    )
    const response = await fetch(`${url}/v2/${NAME}/blobs/uploads/?digest=${digest}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body,
      duplex: 'half',
    })
    expect(response.status).toBe(201)
    expect(
      (await v2(`${NAME}/blobs/${digest}`, { method: 'HEAD' })).headers.get('content-length')
    ).toBe(String(64 * 1024 * 1024))
  })
})

describe('manifests', () => {
  it('are found by tag and by digest, as they were sent', async () => {
    const put = await pushManifest('v1')
    expect(put.status).toBe(201)
    const digest = put.headers.get('docker-content-digest') ?? ''
    for (const reference of ['v1', digest]) {
      const got = await v2(`${NAME}/manifests/${reference}`)
      expect(got.headers.get('content-type')).toBe(MANIFEST)
      expect(digestOf(got.text)).toBe(digest)
    }
    const head = await v2(`${NAME}/manifests/v1`, { method: 'HEAD' })
    expect([head.status, head.headers.get('docker-content-digest')]).toEqual([200, digest])
  })

  it('may only name blobs that are there', async () => {
    const body = JSON.stringify({
      schemaVersion: 2,
      config: { digest: digestOf('none') },
      layers: [],
    })
    const answer = await v2(`${NAME}/manifests/bad`, { method: 'PUT', body })
    expect(answer.json.errors[0].code).toBe('MANIFEST_BLOB_UNKNOWN')
  })

  it('may be lists of others', async () => {
    const digest = (await pushManifest('child')).headers.get('docker-content-digest')
    const type = 'application/vnd.oci.image.index.v1+json'
    const body = JSON.stringify({ schemaVersion: 2, mediaType: type, manifests: [{ digest }] })
    const headers = { 'content-type': type }
    const put = await v2(`${NAME}/manifests/list`, { method: 'PUT', body, headers })
    expect(put.status).toBe(201)
    expect((await v2(`${NAME}/manifests/list`)).headers.get('content-type')).toBe(type)
  })

  it.each([
    ['no JSON', 'v9', 'not json', 'MANIFEST_INVALID'],
    ['schema version 1', 'v9', '{"schemaVersion":1}', 'MANIFEST_INVALID'],
    ['another digest', digestOf('x'), '{"schemaVersion":2}', 'DIGEST_INVALID'],
    ['a tag that is none', '.v9', '{"schemaVersion":2}', 'TAG_INVALID'],
  ])('are refused: %s', async (_, reference, body, code) => {
    const answer = await v2(`${NAME}/manifests/${reference}`, { method: 'PUT', body })
    expect(answer.json.errors[0].code).toBe(code)
  })

  it('survive the same bytes under another digest', async () => {
    const name = `${PROJECT}/mervis/slip`
    await pushManifest('kept', randomBytes(10), name)
    const { text: body } = await v2(`${name}/manifests/kept`)
    const wrong = await v2(`${name}/manifests/${digestOf('x')}`, { method: 'PUT', body })
    expect(wrong.json.errors[0].code).toBe('DIGEST_INVALID')
    expect((await v2(`${name}/manifests/kept`)).text).toBe(body)
  })

  it('lose a tag, or go with all their tags', async () => {
    const name = `${PROJECT}/mervis/deleted`
    const layer = randomBytes(10)
    const digest = (await pushManifest('a', layer, name)).headers.get('docker-content-digest')
    await pushManifest('b', layer, name)
    await v2(`${name}/manifests/a`, { method: 'DELETE' })
    expect((await v2(`${name}/tags/list`)).json.tags).toEqual(['b'])
    await v2(`${name}/manifests/${digest}`, { method: 'DELETE' })
    expect((await v2(`${name}/manifests/b`)).json.errors[0].code).toBe('MANIFEST_UNKNOWN')
  })

  it('list their tags in pages', async () => {
    const name = `${PROJECT}/mervis/paged`
    for (const tag of ['c', 'a', 'b']) await pushManifest(tag, randomBytes(5), name)
    const first = await v2(`${name}/tags/list?n=2`)
    expect(first.json).toEqual({ name, tags: ['a', 'b'] })
    expect(first.headers.get('link')).toBe(`</v2/${name}/tags/list?n=2&last=b>; rel="next"`)
    expect((await v2(`${name}/tags/list?n=2&last=b`)).json.tags).toEqual(['c'])
  })
})

describe('who may', () => {
  const reader = `serviceAccount:vm@${PROJECT}.iam.gserviceaccount.com`
  const resource = `projects/${PROJECT}/locations/europe-west1/repositories/mervis`
  beforeAll(() => {
    harness.emulator.cloud.policies.grant(resource, 'roles/artifactregistry.reader', reader)
  })

  it('read but not write: in the words of Artifact Registry', async () => {
    await pushManifest('readable')
    const vm = harness.emulator.accessToken(reader)
    expect((await v2(`${NAME}/manifests/readable`, { token: vm })).status).toBe(200)
    const denied = await v2(`${NAME}/blobs/uploads/`, { method: 'POST', token: vm })
    expect(denied.status).toBe(403)
    expect(denied.json.errors).toEqual([
      {
        code: 'DENIED',
        message: `Permission "artifactregistry.repositories.uploadArtifacts" denied on resource "${resource}" (or it may not exist)`,
      },
    ])
  })

  it('without signing in, nobody', async () => {
    const anonymous = (await call(`${url}/v2/token?service=x`)).json.token
    const { json } = await v2(`${NAME}/manifests/readable`, { token: anonymous })
    expect(json.errors[0].message).toMatch(
      /^Unauthenticated request\..*do not have permission "artifactregistry\.repositories\.downloadArtifacts"/
    )
  })

  it('be told that the repository is missing', async () => {
    const answer = await v2(`${PROJECT}/nowhere/app/tags/list`)
    expect(answer.status).toBe(404)
    expect(answer.json.errors[0]).toEqual({
      code: 'NAME_UNKNOWN',
      message: 'Repository "nowhere" not found',
    })
  })

  it('be denied one permission at a time', async () => {
    const permission = 'artifactregistry.repositories.downloadArtifacts'
    await call(`${url}/emulator/deny`, { body: { permission } })
    expect((await v2(`${NAME}/manifests/readable`)).status).toBe(403)
    expect((await v2(`${NAME}/blobs/uploads/`, { method: 'POST' })).status).toBe(202)
  })
})

describe('Artifact Registry', () => {
  const base = `artifactregistry/v1/projects/${PROJECT}/locations/europe-west1/repositories`
  const api = (path: string, options: Call = {}) =>
    call(`${url}/${base}${path}`, { token, ...options })

  it('knows what was pushed, and moves and removes tags', async () => {
    const name = `${PROJECT}/second/team/app`
    const first = (await pushManifest('one', randomBytes(5), name)).headers.get(
      'docker-content-digest'
    )
    const second = (await pushManifest('two', randomBytes(5), name)).headers.get(
      'docker-content-digest'
    )
    const { dockerImages } = (await api('/second/dockerImages')).json
    const { host } = new URL(url)
    expect(dockerImages).toMatchObject([
      { uri: `${host}/${name}@${first}`, tags: ['one'], mediaType: MANIFEST },
      { uri: `${host}/${name}@${second}`, tags: ['two'], mediaType: MANIFEST },
    ])
    const pack = '/second/packages/team%2Fapp'
    const version = `projects/${PROJECT}/locations/europe-west1/repositories/second/packages/team%2Fapp/versions/${first}`
    await api(`${pack}/tags/two?updateMask=version`, { method: 'PATCH', body: { version } })
    expect((await v2(`${name}/manifests/two`)).headers.get('docker-content-digest')).toBe(first)
    await api(`${pack}/tags/one`, { method: 'DELETE' })
    const { tags } = (await api(`${pack}/tags`)).json
    expect(tags).toEqual([{ name: expect.stringMatching(/tags\/two$/), version }])
    expect((await api(`${pack}/versions/${first}`, { method: 'DELETE' })).status).toBe(400)
    expect((await api(`${pack}/versions/${first}?force=true`, { method: 'DELETE' })).status).toBe(
      200
    )
    expect((await v2(`${name}/manifests/two`)).status).toBe(404)
  })

  it('asks for the permission also where the image has a slash in its name', async () => {
    const permission = 'artifactregistry.tags.delete'
    await call(`${url}/emulator/deny`, { body: { permission } })
    const answer = await api('/second/packages/team%2Fapp/tags/two', { method: 'DELETE' })
    expect(answer.status).toBe(403)
  })

  it('makes, changes and removes repositories', async () => {
    const body = { format: 'DOCKER', labels: { a: '1' } }
    const operation = (await api('?repositoryId=third', { body })).json
    expect(operation).toMatchObject({
      done: true,
      response: { name: `projects/${PROJECT}/locations/europe-west1/repositories/third`, ...body },
    })
    const got = await call(`${url}/artifactregistry/v1/${operation.name}`, { token })
    expect(got.json.done).toBe(true)
    const labels = { a: '2' }
    await api('/third?updateMask=labels', { method: 'PATCH', body: { labels, description: 'no' } })
    const { json } = await api('/third')
    expect(json).toMatchObject({ labels, mode: 'STANDARD_REPOSITORY' })
    expect(json.description).toBeUndefined()

    await pushManifest('v1', randomBytes(5), `${PROJECT}/third/app`)
    await api('/third', { method: 'DELETE', token: harness.emulator.accessToken(OWNER) })
    expect((await api('/third')).json.error.message).toBe('Requested entity was not found.')
    harness.emulator.cloud.repositories.create('europe-west1', 'third', body)
    expect((await v2(`${PROJECT}/third/app/tags/list`)).json.tags).toEqual([])
  })
})
