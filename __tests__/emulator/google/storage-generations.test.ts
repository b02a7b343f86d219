import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
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
const object = (name: string, query = ''): string => objects(`/${name}${query}`)

function put(name: string, body: string, query = '') {
  const target = `${url}/upload/storage/v1/b/${BUCKET}/o?uploadType=media&name=${name}${query}`
  return call(target, { method: 'POST', token, body, headers: { 'content-type': 'text/plain' } })
}

describe('reads with preconditions', () => {
  it.each([
    ['the generation that it has already', 'ifGenerationNotMatch', 304],
    ['another generation than it has', 'ifGenerationMatch', 412],
    ['the metageneration that it has already', 'ifMetagenerationNotMatch', 304],
    ['another metageneration than it has', 'ifMetagenerationMatch', 412],
  ])('a reader of %s', async (_, condition, status) => {
    const { generation } = (await put('cond', 'x')).json
    const isMeta = condition.includes('Metageneration')
    const value = status === 304 ? (isMeta ? '1' : generation) : '99'
    for (const path of [
      object('cond', `?${condition}=${value}`),
      object('cond', `?alt=media&${condition}=${value}`),
      `${url}/download/storage/v1/b/${BUCKET}/o/cond?alt=media&${condition}=${value}`,
    ]) {
      const answer = await call(path, { token })
      expect(answer.status).toBe(status)
      if (status === 304) expect(answer.text).toBe('')
      else {
        expect(answer.json.error.errors).toEqual([
          {
            domain: 'global',
            reason: 'conditionNotMet',
            message: 'At least one of the pre-conditions you specified did not hold.',
            locationType: 'header',
            location: 'If-Match',
          },
        ])
      }
    }
  })

  it('find nothing where nothing is, whatever the condition', async () => {
    expect((await call(object('nothing', '?ifGenerationMatch=0'), { token })).status).toBe(404)
    expect((await call(object('nothing', '?ifGenerationNotMatch=5'), { token })).status).toBe(404)
  })

  it('write over what is there only', async () => {
    expect((await put('over', '1', '&ifGenerationNotMatch=0')).status).toBe(412)
    await put('over', '1')
    expect((await put('over', '2', '&ifGenerationNotMatch=0')).status).toBe(200)
    expect((await put('over', '3', '&ifMetagenerationMatch=2')).status).toBe(412)
  })
})

describe('generations', () => {
  const remove = (path: string) => call(path, { method: 'DELETE', token })
  const read = async (name: string, query = '') => {
    const answer = await call(object(name, `?alt=media${query}`), { token })
    return answer.status === 200 ? answer.text : answer.status
  }

  it('of a bucket with versioning stay readable by number', async () => {
    const first = (await put('old', 'one')).json.generation
    const second = (await put('old', 'two')).json.generation
    expect(await read('old')).toBe('two')
    expect(await read('old', `&generation=${first}`)).toBe('one')
    expect((await call(`${url}/${BUCKET}/old?generation=${first}`, { token })).text).toBe('one')
    await remove(object('old'))
    expect(await read('old')).toBe(404)
    expect(await read('old', `&generation=${second}`)).toBe('two')
    const { json } = await call(objects('?prefix=old&versions=true'), { token })
    expect(json.items).toMatchObject([
      { generation: first, timeDeleted: expect.any(String) },
      { generation: second, timeDeleted: expect.any(String) },
    ])
    expect((await call(objects('?prefix=old'), { token })).json.items).toBeUndefined()
  })

  it('go for good when they are named', async () => {
    const first = (await put('gone', 'one')).json.generation
    const second = (await put('gone', 'two')).json.generation
    expect((await remove(object('gone', `?generation=${first}`))).status).toBe(204)
    expect(await read('gone', `&generation=${first}`)).toBe(404)
    expect(await read('gone')).toBe('two')
    expect((await remove(object('gone', `?generation=${second}`))).status).toBe(204)
    expect(await read('gone')).toBe(404)
    expect((await remove(object('gone', `?generation=${second}`))).status).toBe(404)
  })

  it('are overwritten where the bucket has no versioning, and count as content where it has', async () => {
    const owner = harness.emulator.accessToken(OWNER)
    const { store } = harness.emulator.cloud
    store.createBucket('plain-bucket')
    const wanted = { data: Buffer.from('x'), contentType: 'text/plain', fields: {} }
    const { generation } = store.put('plain-bucket', 'a', wanted)
    store.put('plain-bucket', 'a', wanted)
    expect(store.find('plain-bucket', 'a', generation)).toBeUndefined()
    store.delete('plain-bucket', 'a', {})
    const removeBucket = (name: string) =>
      call(`${url}/storage/v1/b/${name}`, { method: 'DELETE', token: owner })
    expect((await removeBucket('plain-bucket')).status).toBe(204)
    store.createBucket('versioned-bucket', { versioning: { enabled: true } })
    store.put('versioned-bucket', 'a', wanted)
    store.delete('versioned-bucket', 'a', {})
    expect((await removeBucket('versioned-bucket')).status).toBe(409)
  })
})
