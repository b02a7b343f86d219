import { readFile, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { parse } from 'yaml'
import { OWNER } from '../../emulator/harness.ts'
import { MINUTE_MS } from '../terraform/checkout.ts'
import { openSetUp, PROVIDER, type SetUp, succeeded } from './set-up.ts'

jest.setTimeout(3 * MINUTE_MS)

// The set-up through the whole of terraform, as the owner of the project would run it.

const MACHINE = 'mervis-machine@mervis-demo.iam.gserviceaccount.com'

let setUp: SetUp

const expectNoChange = async (changes = {}): Promise<void> => {
  const { exitCode, output } = await setUp.bootstrap('plan', changes, '-detailed-exitcode')
  expect({ exitCode, output }).toMatchObject({
    exitCode: 0,
    output: expect.stringContaining('No changes.'),
  })
}
const owner = (...argv: readonly string[]) =>
  setUp.terraform(setUp.emulator.accessToken(OWNER), '-chdir=bootstrap', ...argv)
const output = (name: string) => succeeded(owner('output', '-raw', name))

beforeAll(async () => {
  setUp = await openSetUp()
  setUp.emulator.cloud.serviceAccounts.create('mervis-machine')
  await succeeded(owner('init', '-input=false'))
})

afterAll(() => setUp.stop())

// One story, told in order: each step stands on the one before.
describe('terraform/bootstrap', () => {
  it('leaves nothing to plan straight after an apply, which says what docs/setup.md says', async () => {
    const said = await succeeded(setUp.bootstrap('apply', {}, '-auto-approve'))
    const guide = await readFile(resolve(import.meta.dirname, '../../../docs/setup.md'), 'utf8')
    const [told] = /Apply complete! Resources: .*/.exec(guide) ?? []
    expect(said).toContain(told)
    await expectNoChange()
  })

  it('makes a bucket that keeps old versions and lets no outsider in', () => {
    const { fields } = setUp.emulator.cloud.store.bucket('mervis-demo-states')
    expect(fields).toMatchObject({
      versioning: { enabled: true },
      iamConfiguration: {
        publicAccessPrevention: 'enforced',
        uniformBucketLevelAccess: { enabled: true },
      },
      lifecycle: { rule: [{ action: { type: 'Delete' }, condition: { numNewerVersions: 50 } }] },
    })
  })

  it('holds no basic role and no key', async () => {
    const state = await succeeded(owner('show', '-json'))
    expect(state).not.toMatch(/roles\/(owner|editor|viewer)"|service_account_key|private_key/)
  })

  it('prints what is to be pasted', async () => {
    expect((await output('repository_variables')).split('\n')).toEqual([
      'gh variable set GCP_DEPLOYER --repo mervis/mervis --body ci-deployer@mervis-demo.iam.gserviceaccount.com',
      'gh variable set GCP_PLANNER --repo mervis/mervis --body ci-planner@mervis-demo.iam.gserviceaccount.com',
      'gh variable set GCP_PROJECT_ID --repo mervis/mervis --body mervis-demo',
      'gh variable set GCP_REGION --repo mervis/mervis --body europe-west1',
      'gh variable set GCP_STATE_BUCKET --repo mervis/mervis --body mervis-demo-states',
      `gh variable set GCP_WORKLOAD_IDENTITY_PROVIDER --repo mervis/mervis --body ${PROVIDER}`,
    ])
    for (const name of ['deploy', 'plan', 'rollback', 'drift']) {
      const workflow = parse(await output(`workflow_${name}`))
      expect(workflow.jobs[name].uses).toBe(`./.github/workflows/${name}.yml`)
    }
  })

  it.each([
    ['another branch', { deployer_ref: 'refs/heads/release' }],
    ['an environment', { deployer_environment: 'production' }],
    ['releases only', { deployer_scope: 'rollout', vm_service_accounts: [MACHINE] }],
  ])('changes to %s in place', async (_, changes) => {
    await succeeded(setUp.bootstrap('apply', changes, '-auto-approve'))
    await expectNoChange(changes)
  })

  it('takes over what exists, when the state is lost', async () => {
    await succeeded(setUp.bootstrap('apply', {}, '-auto-approve'))
    await rm(join(setUp.checkout.directory, 'bootstrap/terraform.tfstate'))
    const blind = await setUp.bootstrap('apply', {}, '-auto-approve')
    expect(blind).toMatchObject({
      exitCode: 1,
      output: expect.stringMatching(/deploySpotMigReader already exists and must be imported/),
    })
    const adopt = ['state_bucket', 'pool', 'provider', 'deployer', 'planner', 'roles']
    const applied = await succeeded(setUp.bootstrap('apply', { adopt }, '-auto-approve'))
    expect(applied).toMatch(/Resources: 8 imported, \d+ added, \d+ changed, 0 destroyed/)
    await expectNoChange({ adopt })
    await expectNoChange({})
  })

  it('moves its own state into the bucket', async () => {
    const backend = join(setUp.checkout.directory, 'bootstrap/backend.tf')
    await writeFile(backend, await output('backend'))
    await succeeded(owner('init', '-input=false', '-migrate-state', '-force-copy'))
    const names = setUp.emulator.cloud.store.list('mervis-demo-states').map(({ name }) => name)
    expect(names).toEqual(['bootstrap/default.tfstate'])
    await expectNoChange()
    await rm(backend)
    await succeeded(owner('init', '-input=false', '-migrate-state', '-force-copy'))
    await expectNoChange()
  })

  it('does not destroy a bucket that holds a state', async () => {
    const { exitCode, output: said } = await setUp.bootstrap(
      'destroy',
      {},
      '-auto-approve',
      '-target=google_storage_bucket.state'
    )
    expect(exitCode).toBe(1)
    expect(said).toMatch(/not empty|force_destroy/)
  })

  it('takes everything away again, once the bucket is empty', async () => {
    const { store, serviceAccounts } = setUp.emulator.cloud
    for (const { name, generation } of store.list('mervis-demo-states', true)) {
      store.delete('mervis-demo-states', name, { generation })
    }
    expect(await succeeded(setUp.bootstrap('destroy', {}, '-auto-approve'))).toContain(
      'Destroy complete!'
    )
    expect(store.buckets().map(({ name }) => name)).toEqual(['mervis-demo-tfstate'])
    expect(serviceAccounts.find('ci-deployer@mervis-demo.iam.gserviceaccount.com')).toBeUndefined()
    const { bindings = [] } = setUp.emulator.cloud.policies.get('projects/mervis-demo')
    expect(JSON.stringify(bindings)).not.toContain('ci-')
  })

  it('comes back: roles by themselves, the pool once it is undeleted', async () => {
    const applied = await setUp.bootstrap('apply', {}, '-auto-approve')
    expect(applied).toMatchObject({
      exitCode: 1,
      output: expect.stringContaining(
        'Error creating WorkloadIdentityPool: googleapi: Error 409: Requested entity already exists'
      ),
    })
    const { identityPools } = setUp.emulator.cloud
    identityPools.setDeleted(identityPools.nameOf('actions'), false)
    identityPools.setDeleted(PROVIDER, false)
    const changes = { adopt: ['pool', 'provider'] }
    await succeeded(setUp.bootstrap('apply', changes, '-auto-approve'))
    await expectNoChange(changes)
  })
})
