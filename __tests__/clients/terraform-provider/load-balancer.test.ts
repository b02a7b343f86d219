import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { call, enable, type Harness, PROJECT, startHarness } from '../../emulator/harness.ts'
import { BALANCER } from './balancer-fixture.ts'
import { Workspace } from './workspace.ts'

const COMPUTE = `/compute/v1/projects/${PROJECT}`
const CHANGED = {
  draining: 60,
  label: 'two',
  ports: 9090,
  least: 2,
  domains: ['app.example.com', 'www.example.com'],
}

// One story, told in order: each step stands on the one before.
describe('terraform with a load balancer, against the emulator', () => {
  let harness: Harness
  let workspace: Workspace
  let token: string

  beforeAll(async () => {
    harness = await startHarness({ speed: 60 })
    await enable(harness, 'compute', 'secretmanager')
    token = harness.emulator.accessToken()
    workspace = await Workspace.open({
      ...harness.emulator.environment,
      GOOGLE_OAUTH_ACCESS_TOKEN: token,
    })
    await workspace.write('main.tf', BALANCER)
    await workspace.must('init')
  }, 30_000)
  afterAll(async () => {
    await workspace.close()
    await harness.stop()
  })

  async function plan(): Promise<string> {
    const { code, stdout, stderr } = await workspace.run(['plan', '-detailed-exitcode'])
    return `${code}: ${stderr}${stdout.split('perform the following actions:').at(-1)}`
  }

  function changes(): string[] {
    const { requests } = harness.emulator
    return requests
      .filter(({ method }) => method !== 'GET')
      .map(({ method, path }) => `${method} ${path.replace(`/projects/${PROJECT}`, '')}`)
  }

  it('is created in one go, and then left alone', async () => {
    expect(await workspace.must('apply', '-auto-approve')).toContain('17 added, 0 changed')
    expect(await plan()).toMatch(/^0: /)
  }, 60_000)

  it('labels the forwarding rules, but not as made by terraform', async () => {
    const get = async (name: string) =>
      (await call(`${harness.emulator.url}${COMPUTE}/global/${name}`, { token })).json
    const labels = { team: 'blue' }
    expect((await get('forwardingRules/app-https')).labels).toEqual(labels)
    expect((await get('addresses/app')).labels).toEqual({
      ...labels,
      stage: 'one',
      'goog-terraform-provisioned': 'true',
    })
  })

  it('is changed in place by the calls that are made for it', async () => {
    await workspace.write('settings.auto.tfvars.json', JSON.stringify(CHANGED))
    const before = changes().length
    const applied = await workspace.must('apply', '-auto-approve')
    expect(applied).toContain('1 added, 8 changed, 1 destroyed')
    const made = changes().slice(before)
    expect(made.filter((line) => !line.includes('sslCertificates')).sort()).toEqual([
      'PATCH /secretmanager/v1/secrets/token',
      'POST /compute/v1/global/addresses/app/setLabels',
      'POST /compute/v1/regions/europe-west1/instanceGroups/app/setNamedPorts',
      'POST /compute/v1/targetHttpsProxies/app/setSslCertificates',
      'POST /compute/v1/zones/europe-west1-b/instanceGroups/zonal/setNamedPorts',
      'PUT /compute/v1/global/backendServices/app',
      'PUT /compute/v1/regions/europe-west1/autoscalers',
      'PUT /compute/v1/zones/europe-west1-b/autoscalers',
    ])
    expect(await plan()).toMatch(/^0: /)
  }, 60_000)

  it.each([
    ['google_compute_backend_service.main', 'app'],
    ['google_compute_url_map.main', `${PROJECT}/app`],
    ['google_compute_url_map.redirect', `projects/${PROJECT}/global/urlMaps/app-redirect`],
    ['google_compute_target_https_proxy.main', 'app'],
    ['google_compute_target_http_proxy.main', 'app'],
    ['google_compute_region_autoscaler.main', 'europe-west1/app'],
    ['google_compute_autoscaler.zonal', 'europe-west1-b/zonal'],
    ['google_compute_region_instance_group_manager.main', 'europe-west1/app'],
  ])(
    'is imported without a difference: %s',
    async (address, id) => {
      await workspace.must('state', 'rm', address)
      expect(await workspace.run(['import', address, id])).toMatchObject({ code: 0 })
      expect(await plan()).toMatch(/^0: /)
    },
    30_000
  )

  // As in the real provider, only the labels of the configuration are new to the state.
  it.each([
    ['google_compute_global_address.main', 'app'],
    ['google_compute_global_forwarding_rule.https', 'app-https'],
    ['google_secret_manager_secret.main', 'token'],
  ])(
    'is imported without its labels: %s',
    async (address, id) => {
      await workspace.must('state', 'rm', address)
      expect(await workspace.run(['import', address, id])).toMatchObject({ code: 0 })
      const stdout = await plan()
      expect(stdout).toContain('Plan: 0 to add, 1 to change, 0 to destroy.')
      expect(stdout.match(/^ +[~+-] \w+/gm)?.map((line) => line.trim())).not.toContain('~ name')
      await workspace.must('apply', '-auto-approve')
      expect(await plan()).toMatch(/^0: /)
    },
    30_000
  )

  it('is gone after destroy', async () => {
    expect(await workspace.must('destroy', '-auto-approve')).toContain('Destroy complete!')
    const { url } = harness.emulator
    for (const collection of ['addresses', 'backendServices', 'forwardingRules', 'urlMaps']) {
      const { json } = await call(`${url}${COMPUTE}/global/${collection}`, { token })
      expect([collection, json.items]).toEqual([collection, []])
    }
  }, 60_000)
})
