import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { ActionRun } from '../../../emulator/runner/action.ts'
import { errorOf, PER_PUSH_MS, Stage } from '../deploy/push.ts'
import { killAction } from '../deploy/tools.ts'
import { inventory } from './inventory.ts'

/** One request of each step: where it fails, the run ends. */
const STEPS: readonly (readonly [step: string, method: string, path: string])[] = [
  ['looking for the releases', 'GET', '/instanceTemplates$'],
  ['the autoscaler', 'PATCH', '/autoscalers$'],
  ['the resize', 'POST', '/resize$'],
  ['the wait for the VMs', 'POST', '/listManagedInstances$'],
  ['the way off the release', 'PATCH', '/instanceGroupManagers/web$'],
  ['a tag', 'DELETE', '/tags/release-'],
  ['a template', 'DELETE', '/instanceTemplates/web-[0-9a-f]{12}$'],
  ["terraform's group", 'DELETE', '/instanceGroupManagers/web$'],
  ["terraform's last deletion", 'DELETE', '/networks/'],
  ['a secret', 'DELETE', '/secrets/web-password$'],
  ['the history', 'DELETE', '/o/web(/|%2F)releases.json$'],
]

const AUTOSCALING = { terraform_variables: 'autoscaling={"min":2,"max":3,"cpu_target":0.6}' }
const DESTROY = { ...AUTOSCALING, command: 'destroy', confirm: 'web', delete_history: 'true' }

describe('a destroy that ends in the middle', () => {
  let stage: Stage
  let before: Awaited<ReturnType<typeof inventory>>

  function destroy(): Promise<ActionRun> {
    return stage.push({ inputs: DESTROY })
  }

  async function deploy(): Promise<void> {
    const run = await stage.push({ inputs: AUTOSCALING })
    expect([errorOf(run), run.exitCode]).toEqual(['', 0])
    const labels = { app: 'web', 'managed-by': 'deploy-spot-mig' }
    stage.emulator.cloud.secrets.create('web-password', { replication: { automatic: {} }, labels })
  }

  async function fault(body: Readonly<Record<string, unknown>>): Promise<void> {
    const answer = await fetch(`${stage.emulator.url}/emulator/faults`, {
      method: 'POST',
      body: JSON.stringify(body),
    })
    expect(answer.status).toBeLessThan(300)
  }

  async function clearFaults(): Promise<void> {
    await fetch(`${stage.emulator.url}/emulator/faults`, { method: 'DELETE' })
  }

  beforeAll(async () => {
    stage = await Stage.open()
    before = await inventory(stage)
  }, PER_PUSH_MS)

  afterAll(() => stage.close())

  // One service, and one run after the other that ends one step later than the last.
  it(
    'goes on with the next run, wherever that was, to the end',
    async () => {
      await deploy()
      for (const [step, method, path] of STEPS) {
        await fault({ method, path, status: 400, message: 'Injected.', count: 1000 })
        const failed = await destroy()
        await clearFaults()
        const said = errorOf(failed)
        expect([step, failed.exitCode, said]).toEqual([
          step,
          1,
          expect.stringContaining('Injected.'),
        ])
        expect(said).toMatch(/Gone already: .+\nStill there: /s)
        expect(said).toContain('run this job again')
      }
      const last = await destroy()
      expect([errorOf(last), last.exitCode]).toEqual(['', 0])
      expect(await inventory(stage)).toEqual(before)
    },
    6 * PER_PUSH_MS
  )

  it(
    'by a cancel frees both locks, says what is gone, and goes on with the next run',
    async () => {
      await deploy()
      const cancel = new AbortController()
      const stopped = await stage.push({
        inputs: DESTROY,
        signal: cancel.signal,
        onLine: (line) => {
          if ('text' in line && line.text.endsWith(': destroying')) cancel.abort()
        },
      })
      expect(stopped.outputs.get('failure_code')).toBe('CANCELLED')
      expect(errorOf(stopped)).toContain('Gone already: 2 VMs; 1 release.')
      const names = stage.emulator.cloud.store.list('mervis-demo-tfstate').map(({ name }) => name)
      expect(names).toEqual(['web/default.tfstate', 'web/releases.json'])
      const again = await destroy()
      expect([errorOf(again), again.exitCode]).toEqual(['', 0])
      expect(await inventory(stage)).toEqual(before)
    },
    3 * PER_PUSH_MS
  )

  it(
    'by SIGKILL at any moment goes on with the next run, to the end',
    async () => {
      const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000)
      process.stdout.write(`seed ${seed}\n`)
      for (let round = 0; round < 2; round++) {
        await deploy()
        const from = stage.emulator.requests.length
        const after = (seed * (round + 7)) % 90
        const run = destroy()
        const isOver = run.then(() => true)
        const tick = (): Promise<boolean> => new Promise((done) => setTimeout(done, 10, false))
        while (stage.emulator.requests.length - from < after) {
          if (await Promise.race([isOver, tick()])) break
        }
        await killAction(stage.workspace)
        await run
        const again = await destroy()
        expect([round, errorOf(again), again.exitCode]).toEqual([round, '', 0])
        expect(await inventory(stage)).toEqual(before)
      }
    },
    4 * PER_PUSH_MS
  )
})
