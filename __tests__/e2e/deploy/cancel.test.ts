import { existsSync, readdirSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { randomFrom, seedOfRun } from '../../src/release/random.ts'
import { errorOf, PER_PUSH_MS, Stage } from './push.ts'

const SEED = seedOfRun()
const CANCELS = 10
const GROUP = '/compute/v1/projects/mervis-demo/regions/asia-northeast3/instanceGroupManagers/web'

describe('dist/ when it is cancelled at any time', () => {
  const random = randomFrom(SEED)
  let stage: Stage
  let turn = 0
  let undisturbedMs = 0

  /** A push with another image and another machine type: terraform and the group both move. */
  async function pushAnother(signal?: AbortSignal) {
    turn += 1
    await stage.write('content', `version ${turn}`)
    const inputs = { size: '2', machine_type: turn % 2 === 0 ? 'e2-medium' : 'e2-small' }
    return stage.push({ inputs, ...(signal && { signal }) })
  }

  async function releaseOfGroup(): Promise<string> {
    const { versions } = await stage.read(GROUP)
    return Array.isArray(versions) && versions.length === 1 ? versions[0].name : ''
  }

  beforeAll(async () => {
    stage = await Stage.open()
    await pushAnother()
    const startedAt = performance.now()
    expect(errorOf(await pushAnother())).toBe('')
    undisturbedMs = performance.now() - startedAt
  }, PER_PUSH_MS)

  afterAll(() => stage.close(), PER_PUSH_MS)

  it.each(Array.from({ length: CANCELS }, (_, index) => index))(
    `leaves no lock, and the group on a verified release (SEED=${SEED}, cancel %d)`,
    async () => {
      const afterMs = random() * undisturbedMs
      const cancel = new AbortController()
      const pushing = pushAnother(cancel.signal)
      await sleep(afterMs)
      cancel.abort()
      const run = await pushing

      const names = stage.emulator.cloud.store.list('mervis-demo-tfstate').map(({ name }) => name)
      expect({ afterMs, names }).toEqual({
        afterMs,
        names: ['web/default.tfstate', 'web/releases.json'],
      })
      const ledger = await stage.ledger()
      expect(ledger.filter(({ outcome }) => outcome === null)).toEqual([])
      const verified = ledger.filter(({ outcome }) => outcome === 'verified')
      expect({ afterMs, release: await releaseOfGroup() }).toEqual({
        afterMs,
        release: verified.at(-1)?.release,
      })
      expect(readdirSync(stage.tempDirectory).filter((it) => it.startsWith('deploy-spot'))).toEqual(
        []
      )
      expect(existsSync(`${stage.workspace}/.terraform`)).toBe(false)
      expect(['CANCELLED', '', undefined]).toContain(run.outputs.get('failure_code'))
    },
    PER_PUSH_MS
  )

  it(
    'deploys afterwards as if nothing had been',
    async () => {
      const run = await pushAnother()
      expect(errorOf(run)).toBe('')
      expect(run.outputs.get('outcome')).toBe('deployed')
      const machines = stage.emulator.compute.control.machines()
      expect(machines.map(({ version, health }) => ({ version, health }))).toEqual(
        Array(2).fill({ version: run.outputs.get('release'), health: 'HEALTHY' })
      )
    },
    PER_PUSH_MS
  )
})
