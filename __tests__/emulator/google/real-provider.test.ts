import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { call, enable, type Harness, OWNER, PROJECT, startHarness } from '../harness.ts'

// What the real google provider sends and reads back where the stand-in does not: each of these
// once made it fail, or plan a change for ever.

let harness: Harness
let url: string
let token: string

beforeAll(async () => {
  harness = await startHarness({ speed: 1000 })
  url = harness.emulator.url
  token = harness.emulator.accessToken(OWNER)
  await enable(harness, 'compute')
})
afterAll(() => harness.stop())

const ask = (path: string, body?: object) =>
  call(`${url}/${path}`, { token, ...(body && { body }) })
const compute = (path: string, body?: object) => ask(`compute/v1/projects/${PROJECT}/${path}`, body)

const TEMPLATES = 'regions/europe-west1/instanceTemplates'
const TEMPLATE = {
  name: 'base',
  properties: {
    machineType: 'e2-small',
    scheduling: { hostErrorTimeoutSeconds: null, nodeAffinities: [null], preemptible: true },
  },
}

describe('a template with nulls in it', () => {
  it('comes back without them', async () => {
    expect((await compute(TEMPLATES, TEMPLATE)).status).toBe(200)
    const { scheduling } = (await compute(`${TEMPLATES}/base`)).json.properties
    expect(scheduling).toMatchObject({ nodeAffinities: [], preemptible: true })
    expect(scheduling).not.toHaveProperty('hostErrorTimeoutSeconds')
  })
})

describe('a group with empty policies', () => {
  it('comes back without them', async () => {
    const groups = 'regions/europe-west1/instanceGroupManagers'
    const inserted = await compute(groups, {
      name: 'app',
      targetSize: 0,
      instanceFlexibilityPolicy: {},
      resourcePolicies: { workloadPolicy: null },
      versions: [{ instanceTemplate: `projects/${PROJECT}/${TEMPLATES}/base`, targetSize: {} }],
    })
    expect(inserted.status).toBe(200)
    const group = (await compute(`${groups}/app`)).json
    expect(group).not.toHaveProperty('resourcePolicies')
    expect(group).not.toHaveProperty('instanceFlexibilityPolicy')
  })
})

describe('a backend without a utilization', () => {
  it('comes back without one', async () => {
    const services = 'global/backendServices'
    const group = `projects/${PROJECT}/regions/europe-west1/instanceGroups/app`
    await compute('global/healthChecks', { name: 'hc', tcpHealthCheck: { port: 80 } })
    const healthChecks = [`projects/${PROJECT}/global/healthChecks/hc`]
    const body = { name: 'web', backends: [{ group }], healthChecks }
    expect((await compute(services, body)).status).toBe(200)
    const [backend] = (await compute(`${services}/web`)).json.backends
    expect(backend).toMatchObject({ balancingMode: 'UTILIZATION', capacityScaler: 1 })
    expect(backend).not.toHaveProperty('maxUtilization')
  })
})

describe('a bucket', () => {
  it.each([
    ['europe-west1', { location: 'EUROPE-WEST1', locationType: 'region' }],
    ['eu', { location: 'EU', locationType: 'multi-region' }],
  ])('in %s names its location in capitals', async (location, expected) => {
    const made = await ask(`storage/v1/b?project=${PROJECT}`, { name: `in-${location}`, location })
    expect(made.json).toMatchObject(expected)
  })
})

describe('a pool of identities', () => {
  it('has no rules of attestation, and says so', async () => {
    const pool = `iam/v1/projects/${PROJECT}/locations/global/workloadIdentityPools`
    expect(await ask(`${pool}/github:listAttestationRules`)).toMatchObject({
      status: 200,
      json: {},
    })
    expect((await ask(`${pool}/nowhere:listAttestationRules`)).status).toBe(404)
  })
})

describe('an address whose version the provider has added a second time', () => {
  const paths = [
    `serviceusage/v1/projects/${PROJECT}/services`,
    `cloudresourcemanager/v1/projects/${PROJECT}`,
    `iam/v1/projects/${PROJECT}/serviceAccounts/deployer@${PROJECT}.iam.gserviceaccount.com`,
  ]

  it.each(paths)('is that of %s', async (path) => {
    const doubled = await ask(path.replace('/v1/', '/v1/v1/'))
    expect(doubled.status).toBe(200)
    expect(doubled.json).toEqual((await ask(path)).json)
  })

  it('asks for the same permission', async () => {
    const stranger = harness.emulator.accessToken('user:stranger@example.com')
    const [path = ''] = paths
    const refused = await call(`${url}/${path.replace('/v1/', '/v1/v1/')}`, { token: stranger })
    expect(refused.status).toBe(403)
  })
})
