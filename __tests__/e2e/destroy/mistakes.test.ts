import { appendFile, cp } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { ActionRun } from '../../../emulator/runner/action.ts'
import { errorOf, PER_PUSH_MS, Stage } from '../deploy/push.ts'
import { killAction } from '../deploy/tools.ts'
import { inventory } from './inventory.ts'

const BUNDLED = resolve(import.meta.dirname, '../../../terraform')
const BUCKET = 'mervis-demo-tfstate'
const LONG_AGO_MS = 60 * 60_000

describe('destroy where something else has gone wrong before', () => {
  let stage: Stage

  beforeEach(async () => {
    stage = await Stage.open()
  }, PER_PUSH_MS)

  afterEach(() => stage.close())

  function destroy(inputs: Readonly<Record<string, string>> = {}): Promise<ActionRun> {
    return stage.push({ inputs: { command: 'destroy', confirm: 'web', ...inputs } })
  }

  it(
    'touches nothing where the configuration protects something, and says what to change',
    async () => {
      const own = join(stage.workspace, 'infra')
      await cp(BUNDLED, own, { recursive: true })
      const kept =
        'resource "google_compute_network" "kept" {\n  name = "kept"\n  project = var.project_id\n  auto_create_subnetworks = false\n  depends_on = [google_project_service.main]\n  lifecycle {\n    prevent_destroy = true\n  }\n}\n'
      await appendFile(join(own, 'main.tf'), kept)
      const inputs = { terraform_directory: 'infra' }
      const deployed = await stage.push({ inputs })
      expect([errorOf(deployed), deployed.exitCode]).toEqual(['', 0])
      const { objects: _, ...before } = await inventory(stage)
      const run = await destroy({ ...inputs, delete_history: 'true' })
      expect(run.outputs.get('failure_code')).toBe('TERRAFORM_FAILED')
      expect(errorOf(run)).toContain('take prevent_destroy out of its lifecycle')
      expect(stage.log.join('\n')).toContain('Gone already: nothing.')
      const { objects, ...after } = await inventory(stage)
      expect(after).toEqual(before)
      expect(objects).toEqual(expect.arrayContaining(['web/default.tfstate', 'web/releases.json']))
    },
    2 * PER_PUSH_MS
  )

  it(
    'ends what a deploy left that died on its way, and keeps secrets that somebody made',
    async () => {
      const { secrets, store } = stage.emulator.cloud
      secrets.create('theirs', { replication: { automatic: {} } })
      secrets.addVersion(secrets.get('theirs'), Buffer.from('value'))
      const before = await inventory(stage)
      const inputs = { secrets: 'PASSWORD=theirs' }
      const first = await stage.push({ inputs })
      expect([errorOf(first), first.exitCode]).toEqual(['', 0])
      await stage.write('content', 'second')
      const from = stage.emulator.requests.length
      const isRolling = (): boolean =>
        stage.requestsSince(from).some((line) => /^PATCH .*instanceGroupManagers\/web$/.test(line))
      const dead = stage.push({ inputs, environment: { GITHUB_RUN_ID: '2' } })
      while (!isRolling()) await new Promise((done) => setTimeout(done, 5))
      await killAction(stage.workspace)
      expect((await dead).exitCode).not.toBe(0)
      if (store.list(BUCKET).some(({ name }) => name === 'web/deploy.lock'))
        store.backdate(BUCKET, 'web/deploy.lock', LONG_AGO_MS)

      const run = await destroy(inputs)
      expect([errorOf(run), run.exitCode]).toEqual(['', 0])
      const { objects, ...after } = await inventory(stage)
      const { objects: _, ...wanted } = before
      expect(after).toEqual(wanted)
      const twice = await destroy(inputs)
      expect([errorOf(twice), twice.exitCode]).toEqual(['', 0])
      expect(twice.summary).toContain('There was nothing of `web` to destroy')

      const again = await stage.push({ inputs })
      expect([errorOf(again), again.outputs.get('outcome')]).toEqual(['', 'deployed'])
      expect((await stage.ledger()).map(({ outcome }) => outcome)).toEqual([
        'verified',
        'interrupted',
        'verified',
      ])
    },
    4 * PER_PUSH_MS
  )
})
