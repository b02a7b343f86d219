import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { ActionRun } from '../../../emulator/runner/action.ts'
import { errorOf, PER_PUSH_MS, Stage } from '../deploy/push.ts'
import { inventory } from './inventory.ts'

const TEMPLATES = '/compute/v1/projects/mervis-demo/regions/asia-northeast3/instanceTemplates'

describe('destroy', () => {
  let stage: Stage

  function destroy(inputs: Readonly<Record<string, string>> = {}): Promise<ActionRun> {
    return stage.push({ inputs: { command: 'destroy', confirm: 'web', ...inputs } })
  }

  async function push(inputs: Readonly<Record<string, string>> = {}): Promise<string> {
    const run = await stage.push({ inputs })
    expect([errorOf(run), run.exitCode]).toEqual(['', 0])
    return run.outputs.get('release') ?? ''
  }

  /** As the command `secrets` makes it. */
  function makeSecret(id: string, app: string): void {
    stage.emulator.cloud.secrets.create(id, {
      replication: { automatic: {} },
      labels: { app, 'managed-by': 'deploy-spot-mig' },
    })
  }

  beforeAll(async () => {
    stage = await Stage.open()
  }, PER_PUSH_MS)

  afterAll(() => stage.close())

  it('has nothing to do where nothing was ever deployed', async () => {
    const run = await destroy()
    expect([errorOf(run), run.exitCode]).toEqual(['', 0])
    expect(run.summary).toContain('There was nothing of `web` to destroy')
    expect(stage.emulator.requests.some(({ path }) => path.includes('tflock'))).toBe(false)
  })

  it.each([
    ['nothing', {}],
    ['another name', { confirm: 'web-2' }],
  ])('refuses where confirm is %s', async (_, given) => {
    const from = stage.emulator.requests.length
    const run = await stage.push({ inputs: { command: 'destroy', ...given } })
    expect(run.exitCode).toBe(1)
    expect(errorOf(run)).toContain('web')
    expect(stage.requestsSince(from)).toEqual([])
  })

  it(
    'leaves nothing that the action or terraform made, and all of the service beside it',
    async () => {
      const neighbours = { name: 'web-2' }
      await push(neighbours)
      makeSecret('web-2-password', 'web-2')
      // What destroy leaves by design, made before: the lock of the first run here.
      const before = await inventory(stage)

      makeSecret('web-password', 'web')
      const { secrets } = stage.emulator.cloud
      secrets.addVersion(secrets.get('web-password'), Buffer.from('hunter2'))
      // The VMs' right to read it is terraform's, the secret itself is not.
      const inputs = { size: '2', secrets: 'PASSWORD=web-password' }
      await push(inputs)
      await stage.write('content', 'second')
      await push(inputs)
      const between = await inventory(stage)
      expect(between.compute.length).toBeGreaterThan(before.compute.length)

      const run = await destroy({ ...inputs, delete_history: 'true' })
      expect([errorOf(run), run.exitCode]).toEqual(['', 0])
      const { objects, ...after } = await inventory(stage)
      const { objects: objectsBefore, ...wanted } = before
      expect(after).toEqual(wanted)
      expect(objects).toEqual(objectsBefore.filter((name) => name.startsWith('web-2/')))
      for (const words of ['2 VMs', '2 releases', '1 secret', '19 resources', 'ledger and state'])
        expect(run.summary).toContain(words)
      expect(run.outputs.get('outcome')).toBe('destroyed')
    },
    4 * PER_PUSH_MS
  )

  it(
    'can be followed by a deploy, and by a destroy that keeps the history',
    async () => {
      const release = await push()
      const run = await destroy()
      expect([errorOf(run), run.exitCode]).toEqual(['', 0])
      const kept = (await stage.ledger()).map((entry) => [entry.release, entry.outcome])
      expect(kept).toEqual([[release, 'verified']])
      expect(run.summary).toContain('delete\\_history: true removes them')
      const names = stage.emulator.cloud.store.list('mervis-demo-tfstate').map(({ name }) => name)
      expect(names.filter((name) => name.startsWith('web/'))).toEqual([
        'web/default.tfstate',
        'web/releases.json',
      ])
      // The same content is the same release, with a history of its own.
      expect(await push()).not.toBe('')
    },
    3 * PER_PUSH_MS
  )

  it(
    'switches an autoscaler off, which would else make the VMs anew',
    async () => {
      const autoscaling = { terraform_variables: 'autoscaling={"min":2,"max":3,"cpu_target":0.6}' }
      await push(autoscaling)
      const from = stage.emulator.requests.length
      const run = await destroy(autoscaling)
      expect([errorOf(run), run.exitCode]).toEqual(['', 0])
      const changes = stage.requestsSince(from).filter((line) => line.startsWith('PATCH'))
      expect(changes[0]).toMatch(/autoscalers$/)
      expect(run.summary).toContain('2 VMs')
    },
    2 * PER_PUSH_MS
  )

  it(
    'does not touch templates that only look like releases, and says so',
    async () => {
      const foreign = 'web-0123456789ab'
      await push()
      const token = stage.emulator.accessToken('user:owner@example.com')
      await fetch(`${stage.emulator.url}${TEMPLATES}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ name: foreign, properties: { machineType: 'e2-small' } }),
      })
      const run = await destroy()
      expect([errorOf(run), run.exitCode]).toEqual(['', 0])
      expect(run.summary).toContain(foreign)
      expect((await stage.read(`${TEMPLATES}/${foreign}`))['name']).toBe(foreign)
    },
    2 * PER_PUSH_MS
  )
})

describe('destroy without terraform knowing the group', () => {
  let stage: Stage

  beforeAll(async () => {
    stage = await Stage.open()
  }, PER_PUSH_MS)

  afterAll(() => stage.close())

  it(
    'refuses with the region of another deploy, in which no release of this one would be found',
    async () => {
      expect((await stage.push()).exitCode).toBe(0)
      const before = await inventory(stage)
      const inputs = { command: 'destroy', confirm: 'web', region: 'europe-west1' }
      const run = await stage.push({ inputs })
      expect(run.outputs.get('failure_code')).toBe('DESTROY_FAILED')
      expect(errorOf(run)).toMatch(/asia-northeast3[\s\S]*Nothing was changed/)
      expect((await inventory(stage)).compute).toEqual(before.compute)
    },
    2 * PER_PUSH_MS
  )

  it(
    'refuses before anything is touched, and says how to go on',
    async () => {
      expect((await stage.push()).exitCode).toBe(0)
      stage.emulator.cloud.store.delete('mervis-demo-tfstate', 'web/default.tfstate', {})
      const before = await inventory(stage)
      const run = await stage.push({ inputs: { command: 'destroy', confirm: 'web' } })
      expect(run.outputs.get('failure_code')).toBe('DESTROY_FAILED')
      expect(errorOf(run)).toContain('instance-groups managed delete web')
      expect((await inventory(stage)).compute).toEqual(before.compute)
    },
    2 * PER_PUSH_MS
  )
})
