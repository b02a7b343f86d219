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
    await make('state', 'one', 'two')
    await post('state/versions/2:disable')
    expect((await get('state/versions/latest')).json.state).toBe('DISABLED')
    const { status, json } = await get('state/versions/latest:access')
    expect(status).toBe(400)
    expect(json.error).toMatchObject({
      status: 'FAILED_PRECONDITION',
      message: `Secret Version [projects/${NUMBER}/secrets/state/versions/2] is in DISABLED state.`,
    })
    await post('state/versions/2:enable')
    expect((await get('state/versions/latest:access')).status).toBe(200)
    await post('state/versions/2:destroy')
    expect((await post('state/versions/2:enable')).status).toBe(400)
  })

  it('keeps latest on the newest version when that is destroyed, whatever came before', async () => {
    await make('newest', 'one', 'two')
    await post('newest/versions/2:destroy')
    const { json } = await get('newest/versions/latest:access')
    expect(json.error.message).toBe(
      `Secret Version [projects/${NUMBER}/secrets/newest/versions/2] is in DESTROYED state.`
    )
    expect((await get('newest/versions/latest')).json).toMatchObject({ state: 'DESTROYED' })
  })

  it('finds a version by its alias', async () => {
    await make('aliased', 'one', 'two')
    const body = { versionAliases: { stable: '1' } }
    await call(`${secrets}/aliased?updateMask=version_aliases`, { method: 'PATCH', token, body })
    expect((await get('aliased/versions/stable:access')).json.payload.data).toBe(base64('one'))
    expect((await get('aliased/versions/other')).status).toBe(404)
  })

  it('changes a version only for who knows how it is', async () => {
    await make('etag', 'one')
    const before = (await get('etag/versions/1')).json.etag
    const url = `${secrets}/etag/versions/1`
    await call(`${url}:enable`, { token, body: { etag: before } })
    const late = await call(`${url}:disable`, { token, body: { etag: before } })
    expect(late.status).toBe(400)
    expect(late.json.error.status).toBe('FAILED_PRECONDITION')
    const { etag } = (await get('etag/versions/1')).json
    expect(etag).not.toBe(before)
    expect((await call(`${url}:disable`, { token, body: { etag } })).json.state).toBe('DISABLED')
  })

  it('lists the versions of one state', async () => {
    await make('filtered', 'a', 'b', 'c')
    await post('filtered/versions/2:disable')
    const numbers = async (filter: string) => {
      const { json } = await get(`filtered/versions?filter=${encodeURIComponent(filter)}`)
      return (json.versions ?? []).map(({ name }: { name: string }) => name.split('/').at(-1))
    }
    expect(await numbers('state:ENABLED')).toEqual(['3', '1'])
    expect(await numbers('state=DISABLED')).toEqual(['2'])
    expect(await numbers('state:(ENABLED OR DISABLED)')).toEqual(['3', '2', '1'])
    expect(await numbers('state:DESTROYED')).toEqual([])
    expect((await get('filtered/versions?filter=nonsense')).status).toBe(400)
  })

  it('lists the secrets with a label', async () => {
    const labelled = async (id: string, labels: object) =>
      call(`${secrets}?secretId=${id}`, { token, body: { replication: { automatic: {} }, labels } })
    await labelled('ours', { app: 'web', 'managed-by': 'us' })
    await labelled('theirs', { app: 'web2', 'managed-by': 'us' })
    const names = async (filter: string) => {
      const { json } = await call(`${secrets}?filter=${encodeURIComponent(filter)}`, { token })
      return (json.secrets ?? []).map(({ name }: { name: string }) => name.split('/').at(-1))
    }
    expect(await names('labels.app=web AND labels.managed-by=us')).toEqual(['ours'])
    expect(await names('labels.app:web')).toEqual(['ours', 'theirs'])
    expect(await names('name:their AND labels.managed-by=us')).toEqual(['theirs'])
    expect((await call(`${secrets}?filter=labels`, { token })).status).toBe(400)
  })

  it('says whether a checksum was held against the payload', async () => {
    await make('checked', 'a')
    const payload = { data: base64('a'), dataCrc32c: '3251651376' }
    const { json } = await call(`${secrets}/checked:addVersion`, { token, body: { payload } })
    expect(json.clientSpecifiedPayloadChecksum).toBe(true)
    expect((await get('checked/versions/1')).json.clientSpecifiedPayloadChecksum).toBeUndefined()
  })

  it('numbers the versions of clients that come at once', async () => {
    await make('rush')
    const body = { payload: { data: base64('x') } }
    const added = Array.from({ length: 8 }, () =>
      call(`${secrets}/rush:addVersion`, { token, body })
    )
    const names = (await Promise.all(added)).map(({ json }) => json.name.split('/').at(-1))
    expect(names.sort()).toEqual(['1', '2', '3', '4', '5', '6', '7', '8'])
    expect((await get('rush/versions')).json.totalSize).toBe(8)
  })

  it('takes 64 KiB and no byte more', async () => {
    await make('large')
    const add = (bytes: number) =>
      call(`${secrets}/large:addVersion`, {
        token,
        body: { payload: { data: Buffer.alloc(bytes, 1).toString('base64') } },
      })
    expect((await add(65_536)).status).toBe(200)
    expect((await add(65_537)).json.error.message).toContain('65536')
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
    [
      'labels in capitals',
      () =>
        call(`${secrets}?secretId=loud`, {
          token,
          body: { replication: { automatic: {} }, labels: { App: 'web' } },
        }),
      400,
    ],
    [
      'a secret that is kept nowhere',
      () => call(`${secrets}?secretId=nowhere`, { token, body: {} }),
      400,
    ],
    [
      'a payload that is no base64',
      () => call(`${secrets}/named:addVersion`, { token, body: { payload: { data: '%%%%' } } }),
      400,
    ],
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
