import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { call, OWNER } from '../../emulator/harness.ts'
import { MINUTE_MS } from '../terraform/checkout.ts'
import { DEPLOYER, openSetUp, PLANNER, type SetUp, succeeded } from './set-up.ts'

jest.setTimeout(3 * MINUTE_MS)

// What the two identities may do, tried out with the bundled Terraform and with Google's APIs.

const SERVICE = { project_id: 'mervis-demo', region: 'europe-west1', name: 'mervis', port: 8080 }
const BACKEND = ['-backend-config=bucket=mervis-demo-states', '-backend-config=prefix=mervis']
const PULL_REQUEST = {
  sub: 'repo:mervis@10293847/mervis@817263544:pull_request',
  event_name: 'pull_request',
  ref: 'refs/pull/7/merge',
  head_ref: 'topic',
  base_ref: 'main',
}
const VM_ACCOUNT = 'mervis-machine@mervis-demo.iam.gserviceaccount.com'

let setUp: SetUp
let deployer: string
let planner: string

const google = (token: string, path: string, body?: object, method?: string) =>
  call(`${setUp.emulator.url}/${path}`, { token, ...(body && { body }), ...(method && { method }) })

async function withService(token: string, verb: string, changes: object, ...more: string[]) {
  const file = join(setUp.checkout.directory, 'service.tfvars.json')
  await writeFile(file, JSON.stringify({ ...SERVICE, ...changes }))
  return setUp.terraform(token, verb, '-input=false', `-var-file=${file}`, ...more)
}
const plan = (token: string, changes = {}, ...more: string[]) =>
  withService(token, 'plan', changes, '-detailed-exitcode', ...more)
const applied = (changes = {}) =>
  succeeded(withService(deployer, 'apply', changes, '-auto-approve'))

/** The project is furnished for the demonstration; what the set-up makes has to do without. */
function takeAwayWhatIsThere(): void {
  const { policies } = setUp.emulator.cloud
  const { bindings = [] } = policies.get('projects/mervis-demo')
  const others = bindings.map(({ role, members }) => ({
    role,
    members: members.filter((member) => !member.includes(':deployer@')),
  }))
  policies.set('projects/mervis-demo', { bindings: others })
  policies.delete('b/mervis-demo-tfstate')
}

beforeAll(async () => {
  setUp = await openSetUp()
  takeAwayWhatIsThere()
  const owner = setUp.emulator.accessToken(OWNER)
  await succeeded(setUp.terraform(owner, '-chdir=bootstrap', 'init', '-input=false'))
  await succeeded(setUp.bootstrap('apply', {}, '-auto-approve'))
  deployer = await setUp.jobToken(DEPLOYER)
  planner = await setUp.jobToken(PLANNER, PULL_REQUEST)
  await succeeded(setUp.terraform(deployer, 'init', '-input=false', ...BACKEND))
})

afterAll(() => setUp.stop())

describe('becoming the deployer', () => {
  it.each([
    ['a push to the default branch', {}],
    ['a run by hand on it', { event_name: 'workflow_dispatch' }],
    ['its schedule', { event_name: 'schedule' }],
    ['a run in an environment, on the default branch', { environment: 'production' }],
  ])('is for %s', async (_, claims) => {
    expect(await setUp.jobToken(DEPLOYER, claims)).toEqual(expect.any(String))
  })

  it.each([
    ['a pull request', PULL_REQUEST],
    ['a pull request that names an environment', { ...PULL_REQUEST, environment: 'production' }],
    ['a pull request that calls itself a push', { ...PULL_REQUEST, event_name: 'push' }],
    ['pull_request_target, whose ref is the default branch', { event_name: 'pull_request_target' }],
    ['a comment on an issue', { event_name: 'issue_comment' }],
    ['another branch', { ref: 'refs/heads/topic' }],
    ['a branch whose name begins the same', { ref: 'refs/heads/main2' }],
    ['a tag named like the branch', { ref: 'refs/tags/main' }],
    ['a branch with a long name', { ref: `refs/heads/${'x'.repeat(240)}` }],
  ])('is not for %s', async (_, claims) => {
    await expect(setUp.jobToken(DEPLOYER, claims)).rejects.toThrow(
      /Permission 'iam.serviceAccounts.getAccessToken' denied/
    )
  })

  it.each([
    ['another repository', { repository_id: '1', repository: 'mervis/mervis' }],
    ['another owner of that name', { repository_owner_id: '1' }],
  ])('is not even offered to %s', async (_, claims) => {
    for (const account of [DEPLOYER, PLANNER]) {
      await expect(setUp.jobToken(account, claims)).rejects.toThrow(
        /rejected by the attribute condition/
      )
    }
  })
})

describe('becoming the planner', () => {
  it.each([
    ['a pull request', PULL_REQUEST],
    ['a branch with a long name', { ref: `refs/heads/${'x'.repeat(240)}` }],
  ])('is for %s', async (_, claims) => {
    expect(await setUp.jobToken(PLANNER, claims)).toEqual(expect.any(String))
  })
})

describe('the planner, before the first deploy', () => {
  it('plans everything', async () => {
    const planning = await plan(planner, {}, '-lock=false')
    expect(planning).toMatchObject({ exitCode: 2, output: expect.stringMatching(/ 0 to destroy/) })
  })

  // Terraform's GCS backend begins with writing an empty state. run.sh has done that.
  it('cannot begin a state', async () => {
    const argv = ['init', '-input=false', '-reconfigure', ...BACKEND]
    const elsewhere = await setUp.terraform(planner, ...argv, '-backend-config=prefix=other')
    expect(elsewhere).toMatchObject({
      exitCode: 1,
      output: expect.stringMatching(/Error loading state: writing "gs:\/\/[^"]+tflock" failed/),
    })
    await succeeded(setUp.terraform(planner, ...argv))
  })
})

// One story, told in order: each step stands on the one before.
describe('the deployer', () => {
  it('makes the infrastructure, and then has nothing to plan', async () => {
    await applied()
    expect(await plan(deployer)).toMatchObject({ exitCode: 0 })
  })

  it('changes it, without external addresses and with a secret', async () => {
    const { cloud } = setUp.emulator
    cloud.secrets.create('api-key', {})
    cloud.secrets.addVersion(cloud.secrets.get('api-key'), Buffer.from('value'))
    const changes = { external_ip: false, secrets: { API_KEY: 'api-key' } }
    await applied(changes)
    expect(await plan(deployer, changes)).toMatchObject({ exitCode: 0 })
    await applied()
  })

  it('changes it to a load balancer, an autoscaler and secrets of its own, and back', async () => {
    const changes = {
      load_balancer: { domains: ['mervis.example.com'] },
      autoscaling: { min: 1, max: 2, cpu_target: 0.6 },
      create_secrets: ['made-by-terraform'],
    }
    await applied(changes)
    expect(await plan(deployer, changes)).toMatchObject({ exitCode: 0 })
    await applied()
    expect(await plan(deployer)).toMatchObject({ exitCode: 0 })
  })

  it('may not read the value of a secret', async () => {
    const path = 'secretmanager/v1/projects/mervis-demo/secrets/api-key/versions/1'
    expect((await google(deployer, path)).status).toBe(200)
    expect((await google(deployer, `${path}:access`)).status).toBe(403)
  })

  it.each(['roles/owner', 'roles/editor', 'roles/iam.serviceAccountTokenCreator'])(
    'may not grant %s',
    async (role) => {
      const project = 'cloudresourcemanager/v1/projects/mervis-demo'
      const policy = await google(deployer, `${project}:getIamPolicy`, {})
      const members = [`serviceAccount:${DEPLOYER}`]
      const bindings = [...policy.json.bindings, { role, members }]
      const refused = await google(deployer, `${project}:setIamPolicy`, { policy: { bindings } })
      expect(refused.json.error).toMatchObject({ code: 403, status: 'PERMISSION_DENIED' })
    }
  )

  it('may not open its own door wider', async () => {
    const pool = 'iam/v1/projects/mervis-demo/locations/global/workloadIdentityPools/actions'
    const changes = [
      google(deployer, `${pool}/providers/github-com?updateMask=attributeCondition`, {}, 'PATCH'),
      google(deployer, `iam/v1/projects/-/serviceAccounts/${DEPLOYER}:setIamPolicy`, {}),
      google(deployer, 'iam/v1/projects/mervis-demo/roles/deploySpotMigRollout', {}, 'PATCH'),
      google(deployer, 'storage/v1/b/mervis-demo-states', {}, 'PATCH'),
      google(deployer, 'storage/v1/b/mervis-demo-states/iam', {}, 'PUT'),
    ]
    const statuses = (await Promise.all(changes)).map(({ status }) => status)
    expect(statuses).toEqual([403, 403, 403, 403, 403])
  })

  it("reads the bucket's settings and what the organisation forbids, which the planner does not", async () => {
    const constraint = 'constraints/compute.vmExternalIpAccess'
    const policy = 'cloudresourcemanager/v1/projects/mervis-demo:getEffectiveOrgPolicy'
    for (const [token, status] of [
      [deployer, 200],
      [planner, 403],
    ] as const) {
      expect((await google(token, 'storage/v1/b/mervis-demo-states')).status).toBe(status)
      expect((await google(token, policy, { constraint })).status).toBe(status)
    }
  })

  it('acts as the VMs alone, once their account is named', async () => {
    const { cloud } = setUp.emulator
    cloud.serviceAccounts.create('powerful')
    const mayActAs = (account: string): boolean =>
      cloud.access.holds(
        `serviceAccount:${DEPLOYER}`,
        'iam.serviceAccounts.actAs',
        `projects/mervis-demo/serviceAccounts/${account}`
      )
    const powerful = 'powerful@mervis-demo.iam.gserviceaccount.com'
    expect([mayActAs(VM_ACCOUNT), mayActAs(powerful)]).toEqual([true, true])
    const changes = { vm_service_accounts: [VM_ACCOUNT] }
    const said = await succeeded(setUp.bootstrap('apply', changes, '-auto-approve'))
    expect(said).toContain('Apply complete! Resources: 1 added, 0 changed, 1 destroyed.')
    expect([mayActAs(VM_ACCOUNT), mayActAs(powerful)]).toEqual([true, false])
    await applied({ machine_type: 'e2-medium' })
    expect(await plan(deployer, { machine_type: 'e2-medium' })).toMatchObject({ exitCode: 0 })
  })
})

describe('the planner', () => {
  const deployed = { machine_type: 'e2-medium' }

  it('plans what the deployer has made, without a lock', async () => {
    expect(await plan(planner, deployed, '-lock=false')).toMatchObject({ exitCode: 0 })
    const changed = await plan(planner, { size: 2 }, '-lock=false')
    expect(changed).toMatchObject({ exitCode: 2, output: expect.stringContaining('1 to add') })
  })

  it('writes nothing into the state bucket, a lock neither', async () => {
    const { exitCode, output } = await plan(planner, deployed)
    expect({ exitCode, output }).toMatchObject({
      exitCode: 1,
      output: expect.stringMatching(
        /Error acquiring the state lock[\s\S]*storage\.objects\.create/
      ),
    })
  })

  it('applies nothing at all', async () => {
    const before = await plan(deployer, deployed)
    const { exitCode, output } = await withService(
      planner,
      'apply',
      { size: 3, port: 9090, external_ip: false },
      '-auto-approve',
      '-lock=false'
    )
    expect(exitCode).toBe(1)
    expect(output).toMatch(/Error 403|permission/)
    const written = setUp.emulator.requests.filter(
      ({ member, method, path, status }) =>
        member === `serviceAccount:${PLANNER}` &&
        !/:(getIamPolicy|testIamPermissions)$/.test(path) &&
        method !== 'GET' &&
        status < 400
    )
    expect(written).toEqual([])
    expect(await plan(deployer, deployed)).toMatchObject({ exitCode: before.exitCode })
  })

  it('may not read the value of a secret', async () => {
    const path = 'secretmanager/v1/projects/mervis-demo/secrets/api-key/versions/1:access'
    expect((await google(planner, path)).status).toBe(403)
  })
})

describe('becoming the deployer by an environment', () => {
  const topic = { ref: 'refs/heads/topic' }
  const production = { environment: 'production' }
  const refused = /Permission 'iam.serviceAccounts.getAccessToken' denied/
  const become = (claims: object) => setUp.jobToken(DEPLOYER, claims)

  it('takes the branch as well, when both are named', async () => {
    const changes = { deployer_environment: 'production' }
    await succeeded(setUp.bootstrap('apply', changes, '-auto-approve'))
    expect(await become(production)).toEqual(expect.any(String))
    await expect(become({})).rejects.toThrow(refused)
    await expect(become({ environment: 'staging' })).rejects.toThrow(refused)
    await expect(become({ ...topic, ...production })).rejects.toThrow(refused)
  })

  it('takes any branch, when it alone is named, and still no pull request', async () => {
    const changes = { deployer_environment: 'production', deployer_ref: null }
    await succeeded(setUp.bootstrap('apply', changes, '-auto-approve'))
    expect(await become({ ...topic, ...production })).toEqual(expect.any(String))
    await expect(become({})).rejects.toThrow(refused)
    await expect(become({ ...PULL_REQUEST, ...production })).rejects.toThrow(refused)
  })
})

describe('a deployer of releases only', () => {
  const narrow = { deployer_scope: 'rollout', vm_service_accounts: [VM_ACCOUNT] }
  const region = 'compute/v1/projects/mervis-demo/regions/europe-west1'

  it('makes a template and rolls the group onto it', async () => {
    await succeeded(setUp.bootstrap('apply', narrow, '-auto-approve'))
    const base = await succeeded(setUp.terraform(deployer, 'output', '-raw', 'base_template_name'))
    const { properties } = (await google(deployer, `${region}/instanceTemplates/${base}`)).json
    const name = 'mervis-a1b2c3d4e5f6'
    const inserted = await google(deployer, `${region}/instanceTemplates`, { name, properties })
    expect(inserted.status).toBe(200)
    const group = `${region}/instanceGroupManagers/mervis`
    const { fingerprint } = (await google(deployer, group)).json
    const versions = [{ name: 'a1b2c3d4e5f6', instanceTemplate: inserted.json.targetLink }]
    const patched = await google(deployer, group, { fingerprint, versions }, 'PATCH')
    expect(patched.status).toBe(200)
  })

  it('plans the infrastructure, and may not change it', async () => {
    const deployed = { machine_type: 'e2-medium' }
    expect(await plan(deployer, deployed)).toMatchObject({ exitCode: 0 })
    const { exitCode, output } = await withService(
      deployer,
      'apply',
      { ...deployed, external_ip: false },
      '-auto-approve'
    )
    expect({ exitCode, output }).toMatchObject({
      exitCode: 1,
      output: expect.stringContaining("Required 'compute.routers.create' permission"),
    })
  })
})
