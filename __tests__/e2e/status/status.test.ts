import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { ActionRun } from '../../../emulator/runner/action.ts'
import { errorOf, PER_PUSH_MS, Stage } from '../deploy/push.ts'

const BUCKET = 'mervis-demo-tfstate'
const GROUP = '/compute/v1/projects/mervis-demo/regions/asia-northeast3/instanceGroupManagers/web'
/** All that reading takes, on the project; of the bucket's objects besides. */
const PERMISSIONS = [
  'compute.instanceGroupManagers.get',
  'compute.instanceGroupManagers.list',
  'compute.instanceTemplates.get',
  'compute.instanceTemplates.list',
  'compute.instances.getGuestAttributes',
  'compute.instances.list',
]

interface Status {
  readonly state: string
  readonly healthy: boolean
  readonly release: { readonly id: string; readonly [field: string]: unknown } | null
  readonly vms: readonly {
    readonly name: string
    readonly verified: boolean
    readonly boot: string
    readonly address: string
  }[]
  readonly base_is_ahead: boolean
  readonly drift: readonly { readonly what: string }[]
  readonly attempts: readonly { readonly outcome: string | null; readonly reason: string | null }[]
  readonly open_attempts: readonly number[]
  readonly locks: {
    readonly deploy: { readonly run_url: string; readonly stale: boolean } | null
    readonly terraform: { readonly who: string } | null
  }
  readonly problems: readonly string[]
}

function statusOf(run: ActionRun): Status {
  return JSON.parse(run.outputs.get('status') ?? '{}')
}

describe('status', () => {
  let stage: Stage

  function look(inputs: Readonly<Record<string, string>> = {}): Promise<ActionRun> {
    return stage.push({
      inputs: { command: 'status', ...inputs },
      // Neither terraform nor docker is asked for.
      environment: { PATH: '/nowhere' },
    })
  }

  async function lookGreen(inputs: Readonly<Record<string, string>> = {}): Promise<ActionRun> {
    const run = await look(inputs)
    expect([errorOf(run), run.exitCode]).toEqual(['', 0])
    return run
  }

  async function asOwner(method: string, path: string, body: unknown = {}): Promise<void> {
    const token = stage.emulator.accessToken('user:owner@example.com')
    const answer = await fetch(`${stage.emulator.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(method !== 'GET' && { body: JSON.stringify(body) }),
    })
    expect(answer.status).toBeLessThan(300)
  }

  function put(name: string, text: string): void {
    const object = { data: Buffer.from(text), contentType: 'application/json', fields: {} }
    stage.emulator.cloud.store.put(BUCKET, name, object)
  }

  /** An account of its own that may only read, as the planner of terraform/bootstrap. */
  function makeReader(): string {
    const { cloud, identities } = stage.emulator
    const { email, name } = cloud.serviceAccounts.create('reader', {})
    const member = `serviceAccount:${email}`
    cloud.access.defineRole('projects/mervis-demo/roles/reader', PERMISSIONS)
    cloud.policies.grant('projects/mervis-demo', 'projects/mervis-demo/roles/reader', member)
    cloud.policies.grant(`b/${BUCKET}`, 'roles/storage.objectViewer', member)
    const pool = identities.workloadIdentityProvider.replace(/\/providers\/.*$/, '')
    const anyJob = `principalSet://iam.googleapis.com/${pool}/attribute.repository_id/817263544`
    cloud.policies.grant(name, 'roles/iam.workloadIdentityUser', anyJob)
    return email
  }

  beforeAll(async () => {
    stage = await Stage.open()
  }, PER_PUSH_MS)

  afterAll(() => stage.close())

  it('says that nothing is deployed, in a project where not even the API is on', async () => {
    const run = await lookGreen()
    expect(statusOf(run)).toMatchObject({ state: 'none', healthy: false, vms: [], problems: [] })
    expect(run.summary).toContain('is not deployed')
  })

  it(
    'tells in under 2 s what runs, since when, and that it is verified, with rights to read only',
    async () => {
      const deployed = await stage.push({ inputs: { size: '2' } })
      expect([errorOf(deployed), deployed.exitCode]).toEqual(['', 0])
      const from = stage.emulator.requests.length
      const run = await lookGreen({ service_account: makeReader() })
      expect(run.durationMs).toBeLessThan(2_000)
      const status = statusOf(run)
      expect(status).toMatchObject({
        state: 'running',
        healthy: true,
        release: { id: deployed.outputs.get('release'), verified: true, is_newest_verified: true },
        base_is_ahead: false,
        drift: [],
        locks: { deploy: null, terraform: null },
      })
      expect(status.vms.map(({ verified, boot }) => [verified, boot])).toEqual([
        [true, 'ready'],
        [true, 'ready'],
      ])
      const asked = stage.requestsSince(from).filter((line) => line.endsWith('/getGuestAttributes'))
      expect(asked).toHaveLength(2)
      expect(new Set(asked).size).toBe(2)
      for (const { name, address } of status.vms) {
        expect(run.summary).toContain(name)
        expect(run.summary).toContain(address)
      }
    },
    2 * PER_PUSH_MS
  )

  it.each(PERMISSIONS.filter((it) => !it.endsWith('.list') || !it.includes('Group')))(
    'shows the rest where %s is denied, and fails with that',
    async (permission) => {
      const body = JSON.stringify({ permission })
      const url = `${stage.emulator.url}/emulator/deny`
      await fetch(url, { method: 'POST', body })
      const run = await look({ size: '2' })
      await fetch(url, { method: 'DELETE', body })
      expect([run.exitCode, run.outputs.get('failure_code')]).toEqual([1, 'GCP_REQUEST_FAILED'])
      expect(errorOf(run)).toContain(permission)
      expect(statusOf(run).attempts).toHaveLength(1)
      expect(run.summary).toContain('Could not be read')
    }
  )

  it('tells drift without terraform', async () => {
    await asOwner('POST', `${GROUP}/resize?size=1`)
    await asOwner('PATCH', GROUP, { updatePolicy: { type: 'OPPORTUNISTIC' } })
    const run = await lookGreen()
    expect(statusOf(run).drift.map(({ what }) => what)).toEqual([
      'target size',
      'update policy: type',
    ])
    expect(run.summary).toContain('command: plan')
    await asOwner('PATCH', GROUP, { updatePolicy: { type: 'PROACTIVE' } })
    await asOwner('POST', `${GROUP}/resize?size=2`)
  })

  it('knows who holds the locks, and which attempts are open', async () => {
    const { store } = stage.emulator.cloud
    put(
      'web/default.tflock',
      JSON.stringify({ Who: 'runner@host', Operation: 'OperationTypeApply' })
    )
    put(
      'web/deploy.lock',
      JSON.stringify({ holder: 'x', run_url: 'https://github.com/m/m/actions/runs/7' })
    )
    const { locks } = statusOf(await lookGreen())
    expect(locks.terraform).toMatchObject({ who: 'runner@host' })
    expect(locks.deploy).toMatchObject({
      run_url: 'https://github.com/m/m/actions/runs/7',
      stale: false,
    })
    store.delete(BUCKET, 'web/default.tflock', {})
    store.delete(BUCKET, 'web/deploy.lock', {})
  })

  it(
    'tells why a release failed, what runs instead, and where the base is ahead',
    async () => {
      const failed = await stage.push({ inputs: { size: '2', env: 'EMULATED_APP=crash' } })
      expect(failed.outputs.get('outcome')).toBe('rolled_back')
      const run = await lookGreen()
      const status = statusOf(run)
      expect(status).toMatchObject({ state: 'running', base_is_ahead: true })
      expect(status.attempts.map(({ outcome }) => outcome)).toEqual(['rolled_back', 'verified'])
      expect(status.attempts[0]?.reason).not.toBe('')
      expect(run.summary).toContain('the next deploy rolls even if the image is the same')
    },
    PER_PUSH_MS
  )

  it('shows the rest where the ledger is damaged, and fails with that', async () => {
    put('web/releases.json', '{"version": 1, "entries": [{}]}')
    const run = await look()
    expect(run.outputs.get('failure_code')).toBe('LEDGER_UNREADABLE')
    expect(statusOf(run)).toMatchObject({ state: 'running', attempts: [] })
    expect(statusOf(run).vms).toHaveLength(2)
    expect(run.summary).toContain('is damaged')
  })

  it('says so where the group is gone that terraform made', async () => {
    stage.emulator.cloud.store.delete(BUCKET, 'web/releases.json', {})
    await asOwner('DELETE', GROUP)
    const gone = async (): Promise<boolean> => 'error' in (await stage.read(GROUP))
    while (!(await gone())) await new Promise((resolve) => setTimeout(resolve, 50))
    const run = await lookGreen()
    expect(statusOf(run)).toMatchObject({
      state: 'none',
      drift: [{ what: 'instance group', recorded: 'web', found: 'nothing' }],
    })
  })
})
