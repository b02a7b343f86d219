import { describe, expect, it } from '@jest/globals'
import { type Api, GROUPS, stable } from '../api.ts'
import { balanced, GROUP_LINK } from './load-balancer.ts'

const GLOBAL = 'http://127.0.0.1:1/compute/v1/projects/demo/global'

describe('insert', () => {
  it('fills in what the server fills in', async () => {
    const api = await balanced()
    expect(await api.get('/global/backendServices/app')).toMatchObject({
      kind: 'compute#backendService',
      protocol: 'HTTP',
      portName: 'http',
      timeoutSec: 30,
      sessionAffinity: 'NONE',
      healthChecks: [`${GLOBAL}/healthChecks/hc`],
      backends: [
        {
          balancingMode: 'UTILIZATION',
          capacityScaler: 1,
          group: expect.stringContaining(GROUP_LINK),
        },
      ],
      fingerprint: expect.stringMatching(/^[\w+/]+=*$/),
    })
    expect(await api.get('/global/targetHttpsProxies/app')).toMatchObject({
      quicOverride: 'NONE',
      urlMap: `${GLOBAL}/urlMaps/app`,
      sslCertificates: [`${GLOBAL}/sslCertificates/app`],
    })
    expect(await api.get('/global/forwardingRules/https')).toMatchObject({
      IPProtocol: 'TCP',
      portRange: '443-443',
      IPAddress: '203.0.113.1',
      target: `${GLOBAL}/targetHttpsProxies/app`,
    })
  })

  it('gives every address a number of its own, and one to a rule without', async () => {
    const api = await balanced()
    await api.call('POST', '/global/addresses', { name: 'other' })
    expect((await api.get('/global/addresses/other')).address).toBe('203.0.113.2')
    const rule = { name: 'plain', target: 'global/targetHttpProxies/app', portRange: '80' }
    await api.call('POST', '/global/forwardingRules', {
      ...rule,
      loadBalancingScheme: 'EXTERNAL_MANAGED',
    })
    expect((await api.get('/global/forwardingRules/plain')).IPAddress).toBe('203.0.113.3')
  })

  it.each([
    [
      'a service without its health check',
      'backendServices',
      { healthChecks: ['global/healthChecks/none'] },
      404,
      "The resource 'projects/demo/global/healthChecks/none' was not found",
    ],
    [
      'a service of a group that is not there',
      'backendServices',
      { backends: [{ group: 'regions/europe-west3/instanceGroups/none' }] },
      404,
      "The resource 'projects/demo/regions/europe-west3/instanceGroups/none' was not found",
    ],
    [
      'a service of the manager instead of its group',
      'backendServices',
      { backends: [{ group: 'regions/europe-west3/instanceGroupManagers/app' }] },
      400,
      'refers to another type of resource',
    ],
    ['a map that leads nowhere', 'urlMaps', {}, 400, "'resource.defaultService': ''"],
    [
      'a proxy without a certificate',
      'targetHttpsProxies',
      { urlMap: 'global/urlMaps/app' },
      400,
      'At least one SSL certificate',
    ],
    [
      'a certificate without a domain',
      'sslCertificates',
      { managed: {} },
      400,
      'At least one domain',
    ],
    [
      'a rule for a range of ports',
      'forwardingRules',
      { target: 'global/targetHttpProxies/app', portRange: '80-90' },
      400,
      'A single port',
    ],
    [
      'a rule at an address that is taken',
      'forwardingRules',
      {
        target: 'global/targetHttpsProxies/app',
        portRange: '443',
        loadBalancingScheme: 'EXTERNAL_MANAGED',
        IPAddress: 'global/addresses/app',
      },
      400,
      'Specified IP address is in-use and would result in a conflict.',
    ],
    [
      'a classic rule before a service of the newer kind',
      'forwardingRules',
      { target: 'global/targetHttpsProxies/app', portRange: '443' },
      400,
      "Invalid value for field 'resource.loadBalancingScheme': 'EXTERNAL'.",
    ],
  ])('refuses %s', async (_, collection, body, status, message) => {
    const api = await balanced()
    const answer = await api.call('POST', `/global/${collection}`, { name: 'new', ...body })
    expect(answer.status).toBe(status)
    expect(answer.body.error.message).toContain(message)
  })

  it.each([
    [
      'compute.healthChecks.useReadOnly',
      'backendServices',
      { healthChecks: ['global/healthChecks/hc'] },
    ],
    ['compute.instanceGroups.use', 'backendServices', { backends: [{ group: GROUP_LINK }] }],
    ['compute.backendServices.use', 'urlMaps', { defaultService: 'global/backendServices/app' }],
    ['compute.urlMaps.use', 'targetHttpProxies', { urlMap: 'global/urlMaps/app' }],
    [
      'compute.targetHttpProxies.use',
      'forwardingRules',
      {
        target: 'global/targetHttpProxies/app',
        portRange: '80',
        loadBalancingScheme: 'EXTERNAL_MANAGED',
      },
    ],
    [
      'compute.globalAddresses.use',
      'forwardingRules',
      {
        target: 'global/targetHttpProxies/app',
        portRange: '80',
        IPAddress: 'global/addresses/app',
        loadBalancingScheme: 'EXTERNAL_MANAGED',
      },
    ],
  ])('asks for %s', async (permission, collection, body) => {
    let denied = ''
    const api = await balanced({ may: (_member, asked) => asked !== denied })
    denied = permission
    const answer = await api.call('POST', `/global/${collection}`, { name: 'new', ...body })
    expect(answer.status).toBe(403)
    expect(answer.body.error.message).toContain(
      `Required '${permission}' permission for 'projects/`
    )
    denied = ''
    expect((await api.call('POST', `/global/${collection}`, { name: 'new', ...body })).status).toBe(
      200
    )
  })
})

describe('change', () => {
  it.each([
    [
      '/targetHttpProxies/app/setUrlMap',
      { urlMap: 'global/urlMaps/other' },
      '/targetHttpProxies/app',
    ],
    ['/global/targetHttpsProxies/app/setQuicOverride', { quicOverride: 'DISABLE' }, undefined],
    ['/global/forwardingRules/https/setLabels', { labels: { a: 'b' } }, undefined],
    ['/global/addresses/app/setLabels', { labels: { a: 'b' } }, undefined],
  ])('obeys %s', async (path, body, resource) => {
    const api = await balanced()
    await api.call('POST', '/global/urlMaps', {
      name: 'other',
      defaultService: 'global/backendServices/app',
    })
    expect((await api.call('POST', path, body)).status).toBe(200)
    const changed = await api.get(resource ? `/global${resource}` : path.replace(/\/\w+$/, ''))
    const [[field, value] = []] = Object.entries(body)
    const expected = typeof value === 'string' ? value.replace('global', GLOBAL) : value
    expect(changed[field ?? '']).toEqual(expected)
  })

  it('refuses labels that were read too early', async () => {
    const api = await balanced()
    const { labelFingerprint } = await api.get('/global/addresses/app')
    const path = '/global/addresses/app/setLabels'
    expect((await api.call('POST', path, { labels: { a: '1' }, labelFingerprint })).status).toBe(
      200
    )
    const late = await api.call('POST', path, { labels: { a: '2' }, labelFingerprint })
    expect([late.status, late.body.error.errors[0].reason]).toEqual([412, 'conditionNotMet'])
  })

  it('refuses a backend service that was read too early', async () => {
    const api = await balanced()
    const { fingerprint } = await api.get('/global/backendServices/app')
    const path = '/global/backendServices/app'
    expect((await api.call('PATCH', path, { fingerprint, timeoutSec: 10 })).status).toBe(200)
    expect((await api.call('PATCH', path, { fingerprint, timeoutSec: 20 })).status).toBe(412)
    expect((await api.get(path)).timeoutSec).toBe(10)
  })
})

describe('delete', () => {
  it.each([
    ['/global/healthChecks/hc', 'health_check', 'backendServices/app'],
    [`${GROUPS}/app`, 'instance_group', 'backendServices/app'],
    ['/global/backendServices/app', 'backend_service', 'urlMaps/app'],
    ['/global/urlMaps/app', 'url_map', 'targetHttpProxies/app'],
    ['/global/sslCertificates/app', 'ssl_certificate', 'targetHttpsProxies/app'],
    ['/global/targetHttpsProxies/app', 'target_https_proxy', 'forwardingRules/https'],
    ['/global/addresses/app', 'address', 'forwardingRules/https'],
  ])('refuses %s while it is used', async (path, kind, user) => {
    const api = await balanced()
    const { status, body } = await api.call('DELETE', path)
    expect(status).toBe(400)
    expect(body.error.errors[0].reason).toBe('resourceInUseByAnotherResource')
    expect(body.error.message).toMatch(
      new RegExp(`^The ${kind} resource '.*' is already being used`)
    )
    if (!path.startsWith('/global/healthChecks')) expect(body.error.message).toContain(user)
  })

  it('takes a load balancer down from the front', async () => {
    const api = await balanced()
    for (const path of [
      'forwardingRules/https',
      'targetHttpsProxies/app',
      'targetHttpProxies/app',
      'urlMaps/app',
      'backendServices/app',
      'sslCertificates/app',
      'addresses/app',
    ]) {
      expect([path, (await api.call('DELETE', `/global/${path}`)).status]).toEqual([path, 200])
    }
    expect((await api.call('DELETE', `${GROUPS}/app`)).status).toBe(200)
  })

  it('refuses a group that has an autoscaler', async () => {
    const api = await stable()
    const target = 'regions/europe-west3/instanceGroupManagers/app'
    await api.call('POST', '/regions/europe-west3/autoscalers', {
      name: 'app',
      target,
      autoscalingPolicy: { minNumReplicas: 2, maxNumReplicas: 4 },
    })
    expect((await api.call('DELETE', `${GROUPS}/app`)).status).toBe(400)
    await api.call('DELETE', '/regions/europe-west3/autoscalers/app')
    expect((await api.call('DELETE', `${GROUPS}/app`)).status).toBe(200)
  })
})

describe('an address', () => {
  it('says who uses it', async () => {
    const api = await balanced()
    expect(await api.get('/global/addresses/app')).toMatchObject({
      status: 'IN_USE',
      users: [`${GLOBAL}/forwardingRules/https`],
    })
    await api.call('DELETE', '/global/forwardingRules/https')
    expect((await api.get('/global/addresses/app')).status).toBe('RESERVED')
  })
})

describe('a managed certificate', () => {
  const stateOf = async (api: Api) => (await api.get('/global/sslCertificates/app')).managed

  it('is issued some time after a forwarding rule serves it, and not before', async () => {
    const api = await balanced({}, { rule: false })
    expect((await stateOf(api.run(7200))).status).toBe('PROVISIONING')
    await api.rule()
    expect((await stateOf(api.run(60))).domainStatus).toEqual({ 'app.example.com': 'PROVISIONING' })
    expect(await stateOf(api.run(900))).toMatchObject({
      status: 'ACTIVE',
      domainStatus: { 'app.example.com': 'ACTIVE' },
    })
    expect(await api.get('/global/sslCertificates/app')).toMatchObject({
      subjectAlternativeNames: ['app.example.com'],
      expireTime: expect.stringMatching(/^\d{4}-/),
    })
  })

  it('waits for a name that leads elsewhere', async () => {
    const api = await balanced()
    api.compute.control.domainVisible('app.example.com', false)
    expect(await stateOf(api.run(1200))).toMatchObject({
      status: 'PROVISIONING_FAILED',
      domainStatus: { 'app.example.com': 'FAILED_NOT_VISIBLE' },
    })
    api.compute.control.domainVisible('app.example.com', true)
    expect((await stateOf(api)).domainStatus).toEqual({ 'app.example.com': 'PROVISIONING' })
    expect((await stateOf(api.run(960))).status).toBe('ACTIVE')
  })
})

describe('POST /domain', () => {
  it('says whether a name leads to the load balancer', async () => {
    const api = await balanced()
    const init = { method: 'POST', body: '{"domain":"app.example.com","visible":false}' }
    expect((await api.compute.controlRoutes.request('/domain', init)).status).toBe(200)
    const { managed } = await api.run(1200).get('/global/sslCertificates/app')
    expect(managed.domainStatus).toEqual({ 'app.example.com': 'FAILED_NOT_VISIBLE' })
  })
})

describe('getHealth', () => {
  const health = async (api: Api) => {
    const path = '/global/backendServices/app/getHealth'
    return (await api.call('POST', path, { group: GROUP_LINK })).body.healthStatus
  }

  it('shows the VMs as the health check finds them', async () => {
    const api = await balanced()
    const states = await health(api)
    expect(states).toHaveLength(2)
    expect(states[0]).toMatchObject({ healthState: 'HEALTHY', port: 8080 })
    expect(states[0].instance).toMatch(/\/zones\/europe-west3-\w\/instances\/app-\w{4}$/)
  })

  it('shows nothing before a VM runs, and refuses a group that is no backend', async () => {
    const api = await balanced({}, { size: 0 })
    expect(await health(api)).toBeUndefined()
    const path = '/global/backendServices/app/getHealth'
    expect((await api.call('POST', path, { group: 'zones/a/instanceGroups/x' })).status).toBe(400)
  })
})
