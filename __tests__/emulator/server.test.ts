import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { call, DEPLOYER, type Harness, NUMBER, PROJECT, startHarness } from './harness.ts'

let harness: Harness
let url: string
let token: string

beforeAll(async () => {
  harness = await startHarness()
  url = harness.emulator.url
  token = harness.emulator.accessToken()
})
afterAll(() => harness.stop())
beforeEach(async () => {
  for (const path of ['deny', 'faults', 'requests']) {
    await call(`${url}/emulator/${path}`, { method: 'DELETE' })
  }
})

describe('access tokens', () => {
  it.each([
    ['none', {}, /missing required authentication credential/],
    ['an unknown one', { token: 'ya29.nobody' }, /invalid authentication credentials/],
    ['another scheme', { headers: { authorization: 'Basic eDp5' } }, /missing required/],
  ])('are asked for: %s', async (_, options, message) => {
    const answer = await call(`${url}/cloudresourcemanager/v1/projects/${PROJECT}`, options)
    expect(answer.status).toBe(401)
    expect(answer.json.error).toMatchObject({ code: 401, status: 'UNAUTHENTICATED' })
    expect(answer.json.error.message).toMatch(message)
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/)
  })
})

describe('an API that is off', () => {
  it.each([
    ['artifactregistry', `v1/projects/${PROJECT}/locations/europe-west1/repositories`],
    ['secretmanager', `v1/projects/${PROJECT}/secrets`],
    ['compute', `v1/projects/${PROJECT}/global/networks`],
  ])('%s says so, with the link that clients look for', async (name, path) => {
    const answer = await call(`${url}/${name}/${path}`, { token })
    expect(answer.status).toBe(403)
    expect(answer.json.error.message).toMatch(
      /Enable it by visiting https:\/\/console\.developers\.google\.com\/apis\/api\/([^/]+)\/overview\?project=(\S+) then retry/
    )
    expect(answer.json.error.details[0]).toMatchObject({
      reason: 'SERVICE_DISABLED',
      domain: 'googleapis.com',
      metadata: { service: `${name}.googleapis.com`, consumer: `projects/${NUMBER}` },
    })
  })
})

describe('what cannot be served', () => {
  it.each(['/nothing', '/iam/v1/nothing', '/emulator/nothing', '/github/oidc/nothing'])(
    'is a 404 in Google shape: %s',
    async (path) => {
      const answer = await call(`${url}${path}`, { token })
      expect(answer.status).toBe(404)
      expect(answer.json.error).toMatchObject({ code: 404, status: 'NOT_FOUND' })
    }
  )

  it('is a 400 when the body is no JSON', async () => {
    const path = `/cloudresourcemanager/v1/projects/${PROJECT}:testIamPermissions`
    const answer = await call(`${url}${path}`, { token, body: '{"permissions":' })
    expect(answer.json.error).toMatchObject({ code: 400, status: 'INVALID_ARGUMENT' })
  })
})

describe('compressed request bodies', () => {
  it('are understood', async () => {
    const body = gzipSync(JSON.stringify({ permissions: ['compute.instances.get'] }))
    const answer = await call(
      `${url}/cloudresourcemanager/v1/projects/${PROJECT}:testIamPermissions`,
      {
        token,
        body,
        headers: { 'content-encoding': 'gzip', 'content-type': 'application/json' },
      }
    )
    expect(answer.json).toEqual({ permissions: ['compute.instances.get'] })
  })
})

describe('a body that only claims to be compressed', () => {
  it('is a 400', async () => {
    const headers = { 'content-encoding': 'gzip' }
    const answer = await call(`${url}/sts/v1/token`, { body: '{}', headers })
    expect(answer.json.error).toMatchObject({ code: 400, status: 'INVALID_ARGUMENT' })
  })
})

describe('the recording', () => {
  it('tells who asked for what, and never holds a credential', async () => {
    const path = `/cloudresourcemanager/v1/projects/${PROJECT}`
    await call(`${url}${path}?alt=json`, { token, headers: { 'user-agent': 'test/1' } })
    await call(`${url}/sts/v1/token`, { body: { subjectToken: 'a.b.c', grantType: 'x' } })
    await call(`${url}/sts/v1/token`, {
      body: 'grant_type=x&subject_token=a.b.c',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
    const { requests } = harness.emulator
    expect(requests[0]).toMatchObject({
      method: 'GET',
      path,
      query: '?alt=json',
      status: 200,
      member: DEPLOYER,
      userAgent: 'test/1',
    })
    expect(requests.map(({ status }) => status)).toEqual([200, 400, 400])
    expect(JSON.stringify(requests)).not.toMatch(/a\.b\.c|ya29/)
  })

  it('keeps no more than 4 KiB of a body', async () => {
    await call(`${url}/iam/v1/projects/${PROJECT}/serviceAccounts`, {
      token,
      body: { accountId: 'x'.repeat(10_000) },
    })
    expect(harness.emulator.requests[0]?.body).toHaveLength(4096)
  })
})

describe('POST /emulator/deny', () => {
  const policy = `/cloudresourcemanager/v1/projects/${PROJECT}:getIamPolicy`

  it('takes one permission away, and gives it back', async () => {
    const permission = 'resourcemanager.projects.getIamPolicy'
    await call(`${url}/emulator/deny`, { body: { permission } })
    const denied = await call(`${url}${policy}`, { token, body: {} })
    expect(denied.status).toBe(403)
    expect(denied.json.error).toMatchObject({
      status: 'PERMISSION_DENIED',
      details: [{ reason: 'IAM_PERMISSION_DENIED', metadata: { permission } }],
    })
    await call(`${url}/emulator/deny?permission=${permission}`, { method: 'DELETE' })
    expect((await call(`${url}${policy}`, { token, body: {} })).status).toBe(200)
  })

  it('can mean one member only, and a whole family of permissions', async () => {
    const body = { permission: 'resourcemanager.*', member: DEPLOYER }
    await call(`${url}/emulator/deny`, { body })
    const owner = harness.emulator.accessToken('user:owner@example.com')
    expect((await call(`${url}${policy}`, { token, body: {} })).status).toBe(403)
    expect((await call(`${url}${policy}`, { token: owner, body: {} })).status).toBe(200)
  })

  it('shows in testIamPermissions', async () => {
    await call(`${url}/emulator/deny`, { body: { permission: 'compute.networks.create' } })
    const permissions = [
      'compute.networks.create',
      'compute.networks.get',
      'storage.buckets.create',
    ]
    const answer = await call(
      `${url}/cloudresourcemanager/v1/projects/${PROJECT}:testIamPermissions`,
      {
        token,
        body: { permissions },
      }
    )
    expect(answer.json).toEqual({ permissions: ['compute.networks.get'] })
  })
})

describe('POST /emulator/faults', () => {
  it('fails as many requests as it says, and accounts for them', async () => {
    const path = `/cloudresourcemanager/v1/projects/${PROJECT}`
    const fault = {
      method: 'GET',
      path: '/projects/[^/]+$',
      status: 503,
      count: 2,
      message: 'Busy.',
    }
    await call(`${url}/emulator/faults`, { body: fault })
    const statuses: number[] = []
    for (let turn = 0; turn < 3; turn++)
      statuses.push((await call(`${url}${path}`, { token })).status)
    expect(statuses).toEqual([503, 503, 200])
    const { faults } = (await call(`${url}/emulator/faults`)).json
    expect(faults).toEqual([expect.objectContaining({ remaining: 0, fired: 2 })])
  })

  it('breaks the connection in the middle of a request, or loses the answer to one that is done', async () => {
    const bucket = `${url}/storage/v1/b/mervis-demo-tfstate`
    const upload = `${url}/upload/storage/v1/b/mervis-demo-tfstate/o?uploadType=media&name=`
    const put = (name: string) => call(upload + name, { body: 'x'.repeat(100_000), token })
    const reset = { path: '/upload/', connection: 'reset', afterBytes: 1_000 }
    await call(`${url}/emulator/faults`, { body: reset })
    await expect(put('reset')).rejects.toThrow('fetch failed')
    await call(`${url}/emulator/faults`, { body: { path: '/upload/', connection: 'lost-answer' } })
    await expect(put('lost')).rejects.toThrow('fetch failed')
    const { json } = await call(`${bucket}/o`, { token })
    const names = json.items.map(({ name }: { name: string }) => name)
    expect(names).toContain('lost')
    expect(names).not.toContain('reset')
  })

  it.each([[{ status: 200 }], [{ count: 0 }], [{ path: '(' }]])('refuses %j', async (body) => {
    expect((await call(`${url}/emulator/faults`, { body })).status).toBe(400)
  })
})
