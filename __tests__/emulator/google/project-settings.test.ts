import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { call, enable, type Harness, OWNER, startHarness } from '../harness.ts'

// What stands around a deploy: who pays, what the organisation forbids, what Google allows.

let harness: Harness
const ask = (
  path: string,
  body?: unknown,
  method?: string,
  token = harness.emulator.accessToken(OWNER)
) =>
  call(`${harness.emulator.url}${path}`, {
    token,
    ...(body !== undefined && { body }),
    ...(method && { method }),
  })

beforeAll(async () => {
  harness = await startHarness()
  await enable(harness, 'compute', 'cloudbilling', 'secretmanager')
})
afterAll(() => harness.stop())

describe('billing of the project', () => {
  const path = '/cloudbilling/v1/projects/mervis-demo/billingInfo'

  it('is told to whoever may see the project', async () => {
    const answer = await ask(path, undefined, 'GET', harness.emulator.accessToken())
    expect(answer.json).toEqual({
      name: 'projects/mervis-demo/billingInfo',
      projectId: 'mervis-demo',
      billingAccountName: expect.stringMatching(/^billingAccounts\//),
      billingEnabled: true,
    })
  })

  it('is not for the deployer to change', async () => {
    const body = { billingAccountName: '' }
    const { status } = await ask(path, body, 'PUT', harness.emulator.accessToken())
    expect(status).toBe(403)
  })

  it('stops what costs money, and nothing else, when it is off', async () => {
    const { json } = await ask(path)
    await ask(path, { billingAccountName: '' }, 'PUT')
    const refused = await ask('/compute/v1/projects/mervis-demo/regions/europe-west1')
    expect(refused.status).toBe(403)
    expect(refused.json.error.message).toMatch(/^This API method requires billing to be enabled/)
    expect(refused.json.error.details[0].reason).toBe('BILLING_DISABLED')
    expect((await ask('/storage/v1/b/mervis-demo-tfstate')).status).toBe(200)
    await ask(path, { billingAccountName: json.billingAccountName }, 'PUT')
    expect((await ask('/compute/v1/projects/mervis-demo/regions/europe-west1')).status).toBe(200)
  })

  it.each(['mine', 'billingAccounts/1'])('refuses the account %s', async (billingAccountName) => {
    expect((await ask(path, { billingAccountName }, 'PUT')).status).toBe(400)
  })
})

describe('organisation policies', () => {
  const project = '/cloudresourcemanager/v1/projects/mervis-demo'
  const constraint = 'constraints/gcp.resourceLocations'
  const effective = async (name = constraint) =>
    (await ask(`${project}:getEffectiveOrgPolicy`, { constraint: name })).json

  it('allow everything and enforce nothing until somebody sets them', async () => {
    expect(await effective()).toEqual({ constraint, listPolicy: { allValues: 'ALLOW' } })
    const boolean = 'constraints/compute.requireOsLogin'
    expect(await effective(boolean)).toEqual({ constraint: boolean, booleanPolicy: {} })
  })

  it('come from above, are widened in the project, and fall back when that is cleared', async () => {
    const inherited = { listPolicy: { allowedValues: ['us-east1'] } }
    await ask('/emulator/org-policy', { constraint, policy: inherited })
    expect(await effective()).toEqual({ constraint, ...inherited })
    const listPolicy = { allowedValues: ['europe-west1'], inheritFromParent: true }
    await ask(`${project}:setOrgPolicy`, { policy: { constraint, listPolicy } })
    expect((await effective()).listPolicy).toEqual({ allowedValues: ['us-east1', 'europe-west1'] })
    const own = { policy: { constraint, listPolicy: { allowedValues: ['europe-west1'] } } }
    await ask(`${project}:setOrgPolicy`, own)
    expect((await effective()).listPolicy).toEqual({ allowedValues: ['europe-west1'] })
    await ask(`${project}:clearOrgPolicy`, { constraint })
    expect(await effective()).toEqual({ constraint, ...inherited })
    await ask('/emulator/org-policy', { constraint })
    expect((await effective()).listPolicy).toEqual({ allValues: 'ALLOW' })
  })

  it.each([
    ['a constraint that there is not', { constraint: 'constraints/compute.nothing' }],
    ['no constraint', {}],
  ])('refuse %s', async (_, body) => {
    expect((await ask(`${project}:getEffectiveOrgPolicy`, body)).status).toBe(400)
  })

  it('refuse a policy of the wrong kind', async () => {
    const policy = { constraint, booleanPolicy: { enforced: true } }
    expect((await ask(`${project}:setOrgPolicy`, { policy })).status).toBe(400)
  })

  it('are set by nobody without the permission', async () => {
    const policy = { constraint, listPolicy: {} }
    const token = harness.emulator.accessToken()
    const { status } = await ask(`${project}:setOrgPolicy`, { policy }, 'POST', token)
    expect(status).toBe(403)
  })
})

describe('what Google has', () => {
  const compute = '/compute/v1/projects/mervis-demo'
  const quota = async (metric: string, path = `${compute}/regions/europe-west1`) =>
    (await ask(path)).json.quotas.find((one: { metric: string }) => one.metric === metric)

  it('allows less of a quota where an operator says so, there and nowhere else', async () => {
    const limit = { metric: 'CPUS', region: 'europe-west1', limit: 2 }
    await ask('/emulator/quota-limit', limit)
    expect(await quota('CPUS')).toEqual({ metric: 'CPUS', limit: 2, usage: 0 })
    expect((await quota('CPUS', `${compute}/regions/us-east1`)).limit).toBe(24)
    await ask('/emulator/quota-limit', { metric: 'CPUS', region: 'europe-west1' })
    expect((await quota('CPUS')).limit).toBe(24)
    await ask('/emulator/quota-limit', { metric: 'NETWORKS', limit: 0 })
    expect(await quota('NETWORKS', compute)).toEqual({ metric: 'NETWORKS', limit: 0, usage: 0 })
    await ask('/emulator/quota-limit', { metric: 'NETWORKS' })
  })

  it('counts what the VMs of a group use, of the quota that Spot VMs take', async () => {
    const region = `${compute}/regions/europe-west1`
    const instanceTemplate = 'projects/mervis-demo/regions/europe-west1/instanceTemplates/spot'
    await ask(`${region}/instanceTemplates`, {
      name: 'spot',
      properties: {
        machineType: 'e2-medium',
        scheduling: { preemptible: true },
        disks: [{ boot: true, initializeParams: { diskSizeGb: '20', diskType: 'pd-balanced' } }],
        networkInterfaces: [{ network: 'global/networks/default', accessConfigs: [{}] }],
      },
    })
    await ask(`${region}/instanceGroupManagers`, {
      name: 'spot',
      targetSize: 2,
      versions: [{ instanceTemplate }],
      distributionPolicy: { targetShape: 'BALANCED' },
      updatePolicy: { instanceRedistributionType: 'NONE' },
    })
    const usage = async (metric: string) => (await quota(metric)).usage
    expect(await usage('PREEMPTIBLE_CPUS')).toBe(4)
    expect(await usage('CPUS')).toBe(0)
    expect(await usage('INSTANCES')).toBe(2)
    expect(await usage('IN_USE_ADDRESSES')).toBe(2)
    expect(await usage('SSD_TOTAL_GB')).toBe(40)
    expect(await usage('REGIONAL_INSTANCE_GROUP_MANAGERS')).toBe(1)
    expect((await quota('INSTANCE_TEMPLATES', compute)).usage).toBe(1)
    expect((await quota('CPUS_ALL_REGIONS', compute)).usage).toBe(4)
    await ask('/emulator/quota-limit', {
      metric: 'PREEMPTIBLE_CPUS',
      region: 'europe-west1',
      limit: 0,
    })
    expect(await usage('CPUS')).toBe(4)
  })

  it('lacks a zone, a machine type and an image while an operator says so', async () => {
    const zone = 'europe-west1-b'
    const type = `${compute}/zones/${zone}/machineTypes/e2-small`
    const image = '/compute/v1/projects/cos-cloud/global/images/family/cos-stable'
    const look = async () => [
      (await ask(`${compute}/zones/${zone}`)).json.status,
      (await ask(type)).status,
      (await ask(image)).status,
    ]
    expect(await look()).toEqual(['UP', 200, 200])
    await ask('/emulator/zone', { zone, up: false })
    await ask('/emulator/machine-type', { zone, machineType: 'e2-small', offered: false })
    await ask('/emulator/image-family', { family: 'cos-stable', offered: false })
    expect(await look()).toEqual(['DOWN', 404, 404])
    await ask('/emulator/zone', { zone, up: true })
    await ask('/emulator/machine-type', { zone, machineType: 'e2-small', offered: true })
    await ask('/emulator/image-family', { family: 'cos-stable', offered: true })
    expect(await look()).toEqual(['UP', 200, 200])
  })

  it.each([
    ['/emulator/zone', { zone: 'europe-west1-z' }],
    ['/emulator/zone', {}],
    ['/emulator/quota-limit', { metric: 'CPUS', region: 'nowhere' }],
    ['/emulator/quota-limit', { metric: 'CPUS', limit: 'many' }],
    ['/emulator/machine-type', { zone: 'europe-west1-b' }],
  ])('%s refuses %j', async (path, body) => {
    expect((await ask(path, body)).status).toBe(400)
  })
})

describe('testIamPermissions', () => {
  const asked = { permissions: ['secretmanager.versions.get', 'secretmanager.versions.nothing'] }
  const denied = { permission: 'secretmanager.versions.get' }
  const secret = '/secretmanager/v1/projects/mervis-demo/secrets/api-key'

  it.each([
    ['the project', '/cloudresourcemanager/v1/projects/mervis-demo'],
    ['a secret', secret],
  ])('of %s answers what the asker holds', async (_, path) => {
    await ask('/secretmanager/v1/projects/mervis-demo/secrets?secretId=api-key', {
      replication: { automatic: {} },
    })
    const token = harness.emulator.accessToken('user:stranger@example.com')
    const all = await ask(`${path}:testIamPermissions`, asked)
    expect(all.json).toEqual({ permissions: asked.permissions })
    expect((await ask(`${path}:testIamPermissions`, asked, 'POST', token)).json).toEqual({})
    await ask('/emulator/deny', denied)
    const less = await ask(`${path}:testIamPermissions`, asked)
    expect(less.json).toEqual({ permissions: ['secretmanager.versions.nothing'] })
    await ask('/emulator/deny', denied, 'DELETE')
  })
})

describe('settings of a bucket', () => {
  it('are patched one by one, and null takes one away', async () => {
    const path = '/storage/v1/b/mervis-demo-tfstate'
    await ask(path, { iamConfiguration: { publicAccessPrevention: 'inherited' } }, 'PATCH')
    const { json } = await ask(path)
    expect(json.iamConfiguration).toEqual({
      publicAccessPrevention: 'inherited',
      uniformBucketLevelAccess: { enabled: true },
    })
    await ask(path, { retentionPolicy: { retentionPeriod: '60' } }, 'PATCH')
    expect((await ask(path)).json.retentionPolicy).toEqual({ retentionPeriod: '60' })
    await ask(path, { retentionPolicy: null }, 'PATCH')
    expect((await ask(path)).json).not.toHaveProperty('retentionPolicy')
  })
})
