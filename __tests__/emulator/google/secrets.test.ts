import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { call, enable, type Harness, NUMBER, PROJECT, startHarness } from '../harness.ts'

let harness: Harness
let secrets: string
let token: string

beforeAll(async () => {
  harness = await startHarness()
  await enable(harness, 'secretmanager')
  secrets = `${harness.emulator.url}/secretmanager/v1/projects/${PROJECT}/secrets`
  token = harness.emulator.accessToken()
})
afterAll(() => harness.stop())

const base64 = (text: string): string => Buffer.from(text).toString('base64')

async function make(id: string, ...values: readonly string[]): Promise<void> {
  await call(`${secrets}?secretId=${id}`, { token, body: { replication: { automatic: {} } } })
  for (const value of values) {
    await call(`${secrets}/${id}:addVersion`, { token, body: { payload: { data: base64(value) } } })
  }
}
const get = (path: string) => call(`${secrets}/${path}`, { token })
const post = (path: string) => call(`${secrets}/${path}`, { method: 'POST', token })

describe('Secret Manager', () => {
  it('answers names with the project number', async () => {
    await make('named')
    expect((await get('named')).json).toMatchObject({
      name: `projects/${NUMBER}/secrets/named`,
      replication: { automatic: {} },
    })
  })

  it('takes the number as well as the id', async () => {
    await make('numbered', 'x')
    const url = secrets.replace(PROJECT, NUMBER)
    expect((await call(`${url}/numbered/versions/1`, { token })).status).toBe(200)
  })

  it('resolves latest to the numbered version', async () => {
    await make('pass', 'one', 'two')
    const { json } = await get('pass/versions/latest:access')
    expect(json.name).toBe(`projects/${NUMBER}/secrets/pass/versions/2`)
    expect(json.payload.data).toBe(base64('two'))
    expect((await get('pass/versions/1:access')).json.payload.data).toBe(base64('one'))
  })

  it('gives no value of a version that is disabled or destroyed', async () => {
    await make('state', 'one', 'two', 'three')
    await post('state/versions/3:destroy')
    await post('state/versions/2:disable')
    expect((await get('state/versions/latest')).json.state).toBe('DISABLED')
    const { json } = await get('state/versions/latest:access')
    expect(json.error).toMatchObject({
      status: 'FAILED_PRECONDITION',
      message: `Secret Version [projects/${NUMBER}/secrets/state/versions/2] is in DISABLED state.`,
    })
    await post('state/versions/2:enable')
    expect((await get('state/versions/latest:access')).status).toBe(200)
    expect((await post('state/versions/3:enable')).status).toBe(400)
  })

  it('lists versions newest first, in pages', async () => {
    await make('many', 'a', 'b', 'c')
    const first = (await get('many/versions?pageSize=2')).json
    const numbers = (page: { versions: { name: string }[] }) =>
      page.versions.map(({ name }) => name.split('/').at(-1))
    expect(numbers(first)).toEqual(['3', '2'])
    expect(first.totalSize).toBe(3)
    const next = (await get(`many/versions?pageSize=2&pageToken=${first.nextPageToken}`)).json
    expect(numbers(next)).toEqual(['1'])
    expect(next.nextPageToken).toBeUndefined()
  })

  it('changes what the mask names', async () => {
    await make('labelled')
    const body = { labels: { team: 'a' }, annotations: { ignored: 'yes' } }
    await call(`${secrets}/labelled?updateMask=labels`, { method: 'PATCH', token, body })
    const { json } = await get('labelled')
    expect(json).toMatchObject({ labels: { team: 'a' } })
    expect(json.annotations).toBeUndefined()
  })

  it('forgets a deleted secret and who could read it', async () => {
    await make('gone', 'x')
    harness.emulator.cloud.policies.grant(
      `projects/${PROJECT}/secrets/gone`,
      'roles/viewer',
      'user:a@b'
    )
    await call(`${secrets}/gone`, { method: 'DELETE', token })
    expect((await get('gone')).status).toBe(404)
    await make('gone')
    expect((await get('gone:getIamPolicy')).json.bindings).toBeUndefined()
  })

  it.each([
    [
      'a missing secret',
      'none/versions/latest:access',
      404,
      /Secret \[projects\/\d+\/secrets\/none\] not found/,
    ],
    ['a missing version', 'named/versions/7', 404, /Secret Version \[.*versions\/7\] not found/],
    ['latest of an empty secret', 'named/versions/latest:access', 404, /has no versions/],
  ])('says what is wrong: %s', async (_, path, status, message) => {
    const { json } = await get(path)
    expect(json.error).toMatchObject({ code: status, message: expect.stringMatching(message) })
  })

  it.each([
    ['the same id again', () => call(`${secrets}?secretId=named`, { token, body: {} }), 409],
    ['an id with a slash', () => call(`${secrets}?secretId=a%2Fb`, { token, body: {} }), 400],
    ['an empty payload', () => call(`${secrets}/named:addVersion`, { token, body: {} }), 400],
    [
      'a payload with a wrong checksum',
      () => {
        const payload = { data: base64('x'), dataCrc32c: '1' }
        return call(`${secrets}/named:addVersion`, { token, body: { payload } })
      },
      400,
    ],
  ])('refuses %s', async (_, request, status) => {
    expect((await request()).status).toBe(status)
  })
})
