import { describe, expect, it } from '@jest/globals'
import { VirtualClock } from '../../../emulator/clock.ts'
import { Operations } from '../../../emulator/google/compute/operations.ts'
import { Links, zoneScope } from '../../../emulator/google/compute/scope.ts'
import { Api, REGION, TEMPLATES } from './api.ts'

describe('insert', () => {
  it.each([
    [
      '/global/networks',
      { name: 'net' },
      { mtu: 1460, routingConfig: { routingMode: 'REGIONAL' } },
    ],
    [
      `${REGION}/subnetworks`,
      { name: 'sub', ipCidrRange: '10.10.0.0/24', network: 'global/networks/net' },
      { gatewayAddress: '10.10.0.1', stackType: 'IPV4_ONLY', purpose: 'PRIVATE' },
    ],
    ['/global/firewalls', { name: 'fw', allowed: [] }, { direction: 'INGRESS', priority: 1000 }],
    [
      `${REGION}/routers`,
      { name: 'rt', nats: [{ name: 'nat' }] },
      { nats: [{ name: 'nat', type: 'PUBLIC' }] },
    ],
    [
      '/global/healthChecks',
      { name: 'hc', httpHealthCheck: {} },
      { type: 'HTTP', checkIntervalSec: 5, httpHealthCheck: { port: 80, requestPath: '/' } },
    ],
    [
      '/global/instanceTemplates',
      {
        name: 'tpl',
        properties: { machineType: 'e2-small', scheduling: { provisioningModel: 'SPOT' } },
      },
      { properties: { scheduling: { preemptible: true, instanceTerminationAction: 'STOP' } } },
    ],
  ])('into %s fills in what the provider reads back', async (path, body, expected) => {
    const api = new Api()
    const operation = await api.call('POST', path, body)
    expect(operation.body).toMatchObject({ kind: 'compute#operation', operationType: 'insert' })
    const resource = await api.get(`${path}/${body.name}`)
    expect(resource).toMatchObject(expected)
    expect(resource.selfLink).toBe(
      `http://127.0.0.1:1/compute/v1/projects/demo${path}/${body.name}`
    )
    expect(resource.id).toMatch(/^\d+$/)
    expect((await api.get(path)).items).toEqual([resource])
  })

  it.each(['', 'Upper', '1st', 'under_score', 'ends-', 'x'.repeat(64)])(
    'refuses the name %p',
    async (name) => {
      const { status, body } = await new Api().call('POST', '/global/networks', { name })
      expect(status).toBe(400)
      expect(body.error.message).toBe(
        `Invalid value for field 'resource.name': '${name}'. Must be a match of regex '(?:[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?)'`
      )
    }
  )

  it('refuses a name that is taken', async () => {
    const api = new Api()
    await api.call('POST', '/global/networks', { name: 'net' })
    expect(await api.call('POST', '/global/networks', { name: 'net' })).toMatchObject({
      status: 409,
      body: {
        error: {
          message: "The resource 'projects/demo/global/networks/net' already exists",
          errors: [{ reason: 'alreadyExists' }],
        },
      },
    })
  })

  it('gives a repeated request id the same operation', async () => {
    const api = new Api()
    const path = '/global/networks?requestId=5f0c'
    const first = await api.call('POST', path, { name: 'net' })
    const again = await api.call('POST', path, { name: 'net' })
    expect(again).toMatchObject({ status: 200, body: { name: first.body.name } })
  })

  it('of a template asks whether the member may act as its service account', async () => {
    const api = new Api({ mayActAs: () => false })
    const serviceAccounts = [{ email: 'vm@demo.iam.gserviceaccount.com', scopes: [] }]
    const { status, body } = await api.template('r1', 'healthy', { serviceAccounts })
    expect(status).toBe(400)
    expect(body.error.message).toContain('grant you the iam.serviceAccountUser role')
    expect(body.error.errors[0].reason).toBe('SERVICE_ACCOUNT_ACCESS_DENIED')
  })

  it('into a foreign project finds nothing', async () => {
    const response = await new Api().compute.routes.request('/projects/other/global/networks')
    expect(response.status).toBe(404)
  })
})

describe('change', () => {
  it('merges a patch, replaces lists, removes nulls', async () => {
    const api = new Api()
    const body = {
      name: 'fw',
      description: 'old',
      sourceRanges: ['10.0.0.0/8'],
      targetTags: ['a', 'b'],
    }
    await api.call('POST', '/global/firewalls', body)
    await api.call('PATCH', '/global/firewalls/fw', { description: null, targetTags: ['c'] })
    const firewall = await api.get('/global/firewalls/fw')
    expect(firewall).toMatchObject({ sourceRanges: ['10.0.0.0/8'], targetTags: ['c'] })
    expect(firewall).not.toHaveProperty('description')
  })

  it('of a subnetwork goes through its verbs and changes the fingerprint', async () => {
    const api = new Api()
    const path = `${REGION}/subnetworks`
    await api.call('POST', path, { name: 'sub', ipCidrRange: '10.0.0.0/24' })
    const before = await api.get(`${path}/sub`)
    await api.call('POST', `${path}/sub/setPrivateIpGoogleAccess`, { privateIpGoogleAccess: true })
    await api.call('POST', `${path}/sub/expandIpCidrRange`, { ipCidrRange: '10.0.0.0/20' })
    const after = await api.get(`${path}/sub`)
    expect(after).toMatchObject({ privateIpGoogleAccess: true, ipCidrRange: '10.0.0.0/20' })
    expect(after.fingerprint).not.toBe(before.fingerprint)
    const stale = { fingerprint: before.fingerprint, privateIpGoogleAccess: false }
    expect((await api.call('PATCH', `${path}/sub`, stale)).status).toBe(412)
  })

  it('is not possible for an instance template', async () => {
    const api = new Api()
    await api.template('r1')
    const response = await api.compute.routes.request(`/projects/demo${TEMPLATES}/r1`, {
      method: 'PATCH',
    })
    expect(response.status).toBe(404)
  })
})

describe('delete', () => {
  it('is refused while something uses the resource', async () => {
    const api = new Api()
    await api.call('POST', '/global/networks', { name: 'net' })
    await api.call('POST', `${REGION}/subnetworks`, { name: 'sub', network: 'global/networks/net' })
    const { status, body } = await api.call('DELETE', '/global/networks/net')
    expect(status).toBe(400)
    expect(body.error.message).toBe(
      "The network resource 'projects/demo/global/networks/net' is already being used by 'projects/demo/regions/europe-west3/subnetworks/sub'"
    )
    await api.call('DELETE', `${REGION}/subnetworks/sub`)
    expect((await api.call('DELETE', '/global/networks/net')).status).toBe(200)
    expect((await api.call('GET', '/global/networks/net')).status).toBe(404)
  })
})

describe('list', () => {
  it('filters by name and by label', async () => {
    const api = new Api()
    await api.template('app-1', 'healthy', { labels: { app: 'mervis' } })
    await api.template('app-2')
    const names = async (filter: string) => {
      const { items } = await api.get(`${TEMPLATES}?filter=${encodeURIComponent(filter)}`)
      return items.map((one: { name: string }) => one.name)
    }
    expect(await names('name = app-2')).toEqual(['app-2'])
    expect(await names('name eq app-.*')).toEqual(['app-1', 'app-2'])
    expect(await names('properties.labels.app = "mervis"')).toEqual(['app-1'])
    expect((await api.call('GET', `${TEMPLATES}?filter=nonsense`)).status).toBe(400)
  })

  it('comes in pages', async () => {
    const api = new Api()
    for (const name of ['a1', 'b1', 'c1']) await api.template(name)
    const first = await api.get(`${TEMPLATES}?maxResults=2`)
    expect(first.items).toHaveLength(2)
    const rest = await api.get(`${TEMPLATES}?maxResults=2&pageToken=${first.nextPageToken}`)
    expect(rest.items.map((one: { name: string }) => one.name)).toEqual(['c1'])
  })
})

describe('operations', () => {
  it('go PENDING, RUNNING, DONE; wait answers when they are done', async () => {
    const api = new Api()
    const { body: operation } = await api.call('POST', '/global/networks', { name: 'net' })
    expect(operation.status).toBe('PENDING')
    const path = `/global/operations/${operation.name}`
    api.run(0.2)
    expect((await api.get(path)).status).toBe('RUNNING')
    const waiting = api.call('POST', `${path}/wait`)
    await new Promise((resolve) => setImmediate(resolve))
    api.run(1)
    expect((await waiting).body).toMatchObject({ status: 'DONE', progress: 100 })
    expect((await api.call('POST', `${path}/wait`)).body.status).toBe('DONE')
  })

  it('wait gives up after two minutes and says how far things are', async () => {
    const clock = new VirtualClock()
    const project = { id: 'demo', number: '1' }
    const operations = new Operations(clock, new Links(project, () => 'http://127.0.0.1:1'))
    const scope = zoneScope(project, 'europe-west3-a')
    const start = { type: 'delete', targetPath: 'x', targetId: '1', member: 'user:a@b.c' }
    const { name } = operations.start(scope, { ...start, until: () => {} })
    const waiting = operations.wait(scope, String(name))
    clock.advance(121_000)
    expect(await waiting).toMatchObject({ status: 'RUNNING', progress: 0, user: 'user:a@b.c' })
  })

  it('are unknown elsewhere', async () => {
    expect((await new Api().call('GET', `${REGION}/operations/operation-1`)).status).toBe(404)
  })
})

describe('the catalogue', () => {
  it.each([
    ['europe-west3', 'abc'],
    ['europe-west1', 'bcd'],
    ['us-east1', 'bcd'],
    ['us-central1', 'abcf'],
  ])('knows the zones of %s', async (region, letters) => {
    const { zones, quotas } = await new Api().get(`/regions/${region}`)
    expect(zones.map((url: string) => url.at(-1)).join('')).toBe(letters)
    expect(quotas).toContainEqual({ metric: 'CPUS', limit: 24, usage: 0 })
  })

  it('knows machine types and images', async () => {
    const api = new Api()
    const types = '/zones/europe-west3-a/machineTypes'
    expect(await api.get(`${types}/e2-small`)).toMatchObject({ guestCpus: 2, memoryMb: 2048 })
    expect(await api.get(`${types}/n2-standard-8`)).toMatchObject({ guestCpus: 8, memoryMb: 32768 })
    expect((await api.call('GET', `${types}/n2-huge`)).status).toBe(404)
    const family = '/projects/cos-cloud/global/images/family/cos-stable'
    const image = await (await api.compute.routes.request(family)).json()
    expect(image).toMatchObject({ family: 'cos-stable', status: 'READY' })
    expect((await api.get('/zones?filter=name=europe-west1-b')).items).toHaveLength(3)
  })
})
