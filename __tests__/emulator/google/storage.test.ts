import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { crc32cBase64 } from '../../../emulator/google/crc32c.ts'
import { parseMultipart } from '../../../emulator/google/storage/multipart.ts'
import { call, type Harness, OWNER, PROJECT, startHarness } from '../harness.ts'

const BUCKET = `${PROJECT}-tfstate`
let harness: Harness
let url: string
let token: string

beforeAll(async () => {
  harness = await startHarness()
  url = harness.emulator.url
  token = harness.emulator.accessToken()
})
afterAll(() => harness.stop())

const objects = (query = ''): string => `${url}/storage/v1/b/${BUCKET}/o${query}`
const object = (name: string, query = ''): string => objects(`/${encodeURIComponent(name)}${query}`)

function put(name: string, body: string | Uint8Array, query = '') {
  const target = `${url}/upload/storage/v1/b/${BUCKET}/o?uploadType=media&name=${encodeURIComponent(name)}${query}`
  return call(target, { method: 'POST', token, body, headers: { 'content-type': 'text/plain' } })
}

describe('objects', () => {
  it('come back as they were written, with checksums', async () => {
    const written = (await put('a/b.txt', '123456789')).json
    expect(written).toMatchObject({
      kind: 'storage#object',
      name: 'a/b.txt',
      size: '9',
      metageneration: '1',
      contentType: 'text/plain',
      // Both checked against published test vectors of "123456789".
      md5Hash: 'JfnnlDI7RTiF9RgfG2JNCw==',
      crc32c: '4waSgw==',
    })
    expect((await call(object('a/b.txt'), { token })).json).toEqual(written)
    for (const path of [
      object('a/b.txt', '?alt=media'),
      `${url}/download/storage/v1/b/${BUCKET}/o/a%2Fb.txt?alt=media`,
      `${url}/${BUCKET}/a/b.txt`,
    ]) {
      const media = await call(path, { token })
      expect(media.text).toBe('123456789')
      expect(media.headers.get('x-goog-generation')).toBe(written.generation)
    }
  })

  it('can be read in part', async () => {
    await put('part', '0123456789')
    const headers = { range: 'bytes=2-4' }
    const answer = await call(`${url}/${BUCKET}/part`, { token, headers })
    expect([answer.status, answer.text]).toEqual([206, '234'])
    expect(answer.headers.get('content-range')).toBe('bytes 2-4/10')
  })

  it('are listed by prefix and folder, in pages', async () => {
    for (const name of ['list/a', 'list/b/1', 'list/b/2', 'list/c']) await put(name, 'x')
    const { json } = await call(objects('?prefix=list/&delimiter=/'), { token })
    const names = (page: { items: { name: string }[] }) => page.items.map(({ name }) => name)
    expect(names(json)).toEqual(['list/a', 'list/c'])
    expect(json.prefixes).toEqual(['list/b/'])
    const page = (await call(objects('?prefix=list/&maxResults=3'), { token })).json
    expect(names(page)).toHaveLength(3)
    const rest = await call(objects(`?prefix=list/&maxResults=3&pageToken=${page.nextPageToken}`), {
      token,
    })
    expect(names(rest.json)).toEqual(['list/c'])
  })

  it('keep their generation when only their metadata changes', async () => {
    const { generation } = (await put('meta', 'x')).json
    const body = { metadata: { a: '1' }, contentType: 'text/css' }
    const { json } = await call(object('meta'), { method: 'PATCH', token, body })
    expect(json).toMatchObject({ ...body, generation, metageneration: '2' })
  })
})

describe('preconditions', () => {
  it('create only what is not there', async () => {
    expect((await put('once', '1', '&ifGenerationMatch=0')).status).toBe(200)
    const again = await put('once', '2', '&ifGenerationMatch=0')
    expect(again.json.error).toMatchObject({
      code: 412,
      message: 'At least one of the pre-conditions you specified did not hold.',
      errors: [{ reason: 'conditionNotMet' }],
    })
    expect((await call(object('once', '?alt=media'), { token })).text).toBe('1')
  })

  it('let one of two writers win', async () => {
    const { generation } = (await put('race', '0')).json
    const writers = ['1', '2', '3', '4'].map((body) =>
      put('race', body, `&ifGenerationMatch=${generation}`)
    )
    const statuses = (await Promise.all(writers)).map(({ status }) => status)
    expect(statuses.sort()).toEqual([200, 412, 412, 412])
  })

  it('delete only the generation that is meant', async () => {
    const { generation } = (await put('del', 'x')).json
    const remove = (query: string) => call(object('del', query), { method: 'DELETE', token })
    expect((await remove(`?ifGenerationMatch=${Number(generation) - 1}`)).status).toBe(412)
    expect((await remove(`?ifMetagenerationMatch=2`)).status).toBe(412)
    expect((await remove(`?ifGenerationMatch=${generation}`)).status).toBe(204)
    expect((await remove('')).status).toBe(404)
  })
})

describe('uploads', () => {
  it('take a multipart body byte for byte', async () => {
    const media = Buffer.concat([
      Buffer.from('\r\n--almost\r\n\r\n'),
      randomBytes(1000),
      Buffer.from('\r\n'),
    ])
    const head = '{"name":"multi","bucket":"x","cacheControl":"no-store"}'
    const body = Buffer.concat([
      Buffer.from(`--b0\r\ncontent-type: application/json\r\n\r\n${head}\r\n--b0\r\n`),
      Buffer.from('content-type: image/png\r\n\r\n'),
      media,
      Buffer.from('\r\n--b0--\r\n'),
    ])
    const headers = { 'content-type': 'multipart/related; boundary="b0"' }
    const target = `${url}/upload/storage/v1/b/${BUCKET}/o?uploadType=multipart`
    const { json } = await call(target, { method: 'POST', token, body, headers })
    expect(json).toMatchObject({
      name: 'multi',
      contentType: 'image/png',
      cacheControl: 'no-store',
      crc32c: crc32cBase64(media),
    })
  })

  it('take resumable chunks, and say how far they are', async () => {
    const start = `${url}/upload/storage/v1/b/${BUCKET}/o?uploadType=resumable&name=chunks`
    const session = (await call(start, { token, body: {} })).headers.get('location') ?? ''
    const send = (body: string, range: string) =>
      call(session, { method: 'PUT', token, body, headers: { 'content-range': range } })
    const first = await send('hello ', 'bytes 0-5/*')
    expect([first.status, first.headers.get('range')]).toEqual([308, 'bytes=0-5'])
    const asked = await send('', 'bytes */11')
    expect([asked.status, asked.headers.get('range')]).toEqual([308, 'bytes=0-5'])
    const last = await send('world', 'bytes 6-10/11')
    expect(last.json).toMatchObject({ name: 'chunks', size: '11' })
    expect((await send('', 'bytes */11')).status).toBe(404)
  })
})

describe('refusals', () => {
  it.each([
    ['a missing bucket', '/storage/v1/b/nowhere-at-all/o', 'GET', 404, /bucket does not exist/],
    ['a missing object', `/storage/v1/b/${BUCKET}/o/none`, 'GET', 404, /No such object/],
    [
      'an upload without a kind',
      `/upload/storage/v1/b/${BUCKET}/o?name=x`,
      'POST',
      400,
      /upload type/,
    ],
  ])('say what is wrong: %s', async (_, path, method, status, message) => {
    const owner = harness.emulator.accessToken(OWNER)
    const { json } = await call(`${url}${path}`, { method, token: owner })
    expect(json.error).toMatchObject({ code: status, message: expect.stringMatching(message) })
  })

  it.each([
    ['NoSuchKey', `/${BUCKET}/none/at/all`, 404],
    ['NoSuchBucket', '/nowhere-at-all/x', 404],
  ])('are XML for reads of the XML API: %s', async (code, path, status) => {
    const owner = harness.emulator.accessToken(OWNER)
    const answer = await call(`${url}${path}`, { token: owner })
    expect(answer.status).toBe(status)
    expect(answer.text).toContain(`<Code>${code}</Code>`)
  })

  it('keep out who may not read', async () => {
    const stranger = harness.emulator.accessToken('user:stranger@example.com')
    const json = await call(objects(), { token: stranger })
    expect(json.json.error.message).toMatch(/does not have storage\.objects\.list access/)
    const xml = await call(`${url}/${BUCKET}/once`, { token: stranger })
    expect([xml.status, xml.text]).toEqual([403, expect.stringContaining('AccessDenied')])
  })
})

describe('parseMultipart', () => {
  it.each([['no boundary', 'multipart/related', 'x']])('refuses %s', (_, type, body) => {
    expect(() => parseMultipart(type, Buffer.from(body))).toThrow(/boundary/)
  })

  it('finds no parts in a cut-off body', () => {
    expect(parseMultipart('multipart/related; boundary=b', Buffer.from('--b\r\n\r\nx'))).toEqual([])
  })
})

describe('buckets', () => {
  it('are made by whoever may, and are unique', async () => {
    const owner = harness.emulator.accessToken(OWNER)
    const create = (who: string) =>
      call(`${url}/storage/v1/b?project=${PROJECT}`, { token: who, body: { name: 'new-bucket' } })
    expect((await create(token)).status).toBe(403)
    expect((await create(owner)).json).toMatchObject({ name: 'new-bucket', kind: 'storage#bucket' })
    expect((await create(owner)).status).toBe(409)
  })
})
