import { cp } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { call, type Harness, PROJECT, startHarness } from '../../emulator/harness.ts'
import { Workspace } from './workspace.ts'

const MODULES = fileURLToPath(new URL('../../../terraform', import.meta.url))
const GROUP = `/compute/v1/projects/${PROJECT}/regions/europe-west1/instanceGroupManagers/mervis`

const GROUP_ADDRESS = 'module.compute.google_compute_region_instance_group_manager.main'
const TEMPLATES = `/compute/v1/projects/${PROJECT}/regions/europe-west1/instanceTemplates`

const VARIABLES = {
  project_id: PROJECT,
  region: 'europe-west1',
  zones: [],
  name: 'mervis',
  machine_type: 'e2-small',
  size: 2,
  port: 8080,
  health_path: '/',
  strategy: 'surge',
  provisioning: 'spot',
  env: { LOG_LEVEL: 'debug' },
  secrets: {},
}

// What the action will do, with the identity of a workflow run (no key, no ready-made token), with the modules that ship, against the emulator, told in order.
describe('the Terraform that ships, against the emulator', () => {
  let harness: Harness
  let workspace: Workspace
  let token: string

  beforeAll(async () => {
    harness = await startHarness({ speed: 60 })
    const { emulator } = harness
    token = emulator.accessToken()
    workspace = await Workspace.open(emulator.environment, (directory) => ({
      GOOGLE_APPLICATION_CREDENTIALS: `${directory}/credentials.json`,
    }))
    await workspace.write('credentials.json', JSON.stringify(federation(harness)))
    await cp(MODULES, workspace.directory, { recursive: true })
    await vary({})
    const bucket = `-backend-config=bucket=${PROJECT}-tfstate`
    await workspace.must('init', bucket, '-backend-config=prefix=mervis')
  }, 30_000)
  afterAll(async () => {
    await workspace.close()
    await harness.stop()
  })

  async function vary(variables: object): Promise<void> {
    const text = JSON.stringify({ ...VARIABLES, ...variables })
    await workspace.write('settings.auto.tfvars.json', text)
  }

  async function plan(): Promise<string> {
    const { code, stdout, stderr } = await workspace.run(['plan', '-detailed-exitcode'])
    const [, changes = stdout] = stdout.split('perform the following actions:')
    return `${code}: ${stderr}${changes}`
  }

  it('is created in one go', async () => {
    expect(await workspace.must('apply', '-auto-approve')).toMatch(/Apply complete! .* 0 changed/)
    const outputs = JSON.parse(await workspace.must('output', '-json'))
    expect(outputs.group_name.value).toBe('mervis')
  }, 60_000)

  it('is created by the deployer that the workflow may act as', () => {
    const { requests, identities } = harness.emulator
    const compute = requests.filter(({ path }) => path.startsWith('/compute/'))
    expect(new Set(compute.map(({ member }) => member))).toEqual(
      new Set([`serviceAccount:${identities.deployerEmail}`])
    )
  })

  it('is left alone by the next plan', async () => {
    expect(await plan()).toMatch(/^0: /)
  })

  // A release is a copy of the base template; from then on the group no longer holds the base.
  it('is left alone after a release', async () => {
    await release('mervis-r1')
    expect(await plan()).toMatch(/^0: /)
  })

  async function release(name: string): Promise<void> {
    const { url } = harness.emulator
    const group = await call(url + GROUP, { token })
    const base = await call(group.json.versions[0].instanceTemplate, { token })
    const { properties } = base.json
    const inserted = await call(url + TEMPLATES, { token, body: { name, properties } })
    expect(inserted.status).toBe(200)
    await call(`${inserted.json.selfLink}/wait`, { method: 'POST', token })
    const versions = [{ name, instanceTemplate: `${url}${TEMPLATES}/${name}` }]
    const body = { fingerprint: group.json.fingerprint, versions }
    const patched = await call(url + GROUP, { method: 'PATCH', token, body })
    expect(patched.status).toBe(200)
  }

  it.each([
    ['a bigger machine', { machine_type: 'e2-medium' }],
    ['more of them', { size: 3 }],
    ['the other strategy', { strategy: 'recreate' }],
    ['no external address', { external_ip: false }],
    ['no Spot', { provisioning: 'standard' }],
    ['another health check', { health_path: '/healthz', health_check: { interval_sec: 10 } }],
    ['an open port', { ingress_ranges: ['0.0.0.0/0'], labels: { team: 'blue' } }],
    ['no port', { port: null }],
    ['a wider subnet', { subnet_range: '10.10.0.0/19' }],
  ])(
    'takes on %s and is then left alone',
    async (_, variables) => {
      await vary(variables)
      expect(await workspace.must('apply', '-auto-approve')).toContain('Apply complete!')
      expect(await plan()).toMatch(/^0: /)
    },
    60_000
  )

  it('is gone after destroy', async () => {
    // The release's template is Terraform's no more than the release is: it goes once the group has.
    await workspace.must('destroy', '-auto-approve', `-target=${GROUP_ADDRESS}`)
    const release = `${harness.emulator.url}${TEMPLATES}/mervis-r1`
    expect((await call(release, { method: 'DELETE', token })).status).toBe(200)
    expect(await workspace.must('destroy', '-auto-approve')).toContain('Destroy complete!')
    expect(await workspace.must('state', 'list')).toBe('')
    expect((await call(harness.emulator.url + GROUP, { token })).status).toBe(404)
  }, 60_000)
})

// What google-github-actions/auth and this action write for terraform.
function federation({ emulator }: Harness): unknown {
  const { environment, identities, url } = emulator
  const { deployerEmail, workloadIdentityProvider } = identities
  const audience = `//iam.googleapis.com/${workloadIdentityProvider}`
  const requested = encodeURIComponent(`https:${audience}`)
  return {
    type: 'external_account',
    audience,
    subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
    token_url: `${environment['GOOGLE_STS_CUSTOM_ENDPOINT']}token`,
    service_account_impersonation_url: `${url}/iamcredentials/v1/projects/-/serviceAccounts/${deployerEmail}:generateAccessToken`,
    credential_source: {
      url: `${environment['ACTIONS_ID_TOKEN_REQUEST_URL']}&audience=${requested}`,
      headers: { Authorization: `Bearer ${environment['ACTIONS_ID_TOKEN_REQUEST_TOKEN']}` },
      format: { type: 'json', subject_token_field_name: 'value' },
    },
  }
}
