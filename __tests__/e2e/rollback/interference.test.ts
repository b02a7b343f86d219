import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { ActionRun } from '../../../emulator/runner/action.ts'
import type { LogLine } from '../../../emulator/runner/log-lines.ts'
import { killAction } from '../deploy/tools.ts'
import { type Deployed, errorOf, PER_PUSH_MS, Service } from './service.ts'

/** Calls `work` at the first log line that holds `words`. */
function once(words: string, work: () => void): (line: LogLine) => void {
  let isDone = false
  return (line) => {
    if (isDone || !('text' in line) || !line.text.includes(words)) return
    isDone = true
    work()
  }
}

/** What the log says of a VM as soon as the group has been moved. */
const ON_ITS_WAY = 'creating  '

describe('dist/ on a rollback that is disturbed', () => {
  let service: Service
  const past: Deployed[] = []

  const at = (index: number): string => past[index]?.release ?? ''

  /** At rest on that release: nothing open, nothing locked, all VMs serve. */
  async function expectAtRest(release: string): Promise<void> {
    expect(await service.releaseOfGroup()).toBe(release)
    expect(service.objects()).toEqual(['web/default.tfstate', 'web/releases.json'])
    const open = (await service.ledger()).filter(({ outcome }) => outcome === null)
    expect(open).toEqual([])
  }

  beforeAll(async () => {
    service = await Service.open()
    for (const content of ['apple', 'banana', 'cherry']) past.push(await service.deploy(content))
  }, 3 * PER_PUSH_MS)

  afterAll(() => service.close(), PER_PUSH_MS)

  it(
    'puts the group back when it is cancelled in the middle',
    async () => {
      const cancel = new AbortController()
      const run = await service.rollBack('', {
        signal: cancel.signal,
        onLine: once(ON_ITS_WAY, () => cancel.abort()),
      })
      expect(run.exitCode).toBe(1)
      expect(run.outputs.get('failure_code')).toBe('CANCELLED')
      await expectAtRest(at(2))
      expect((await service.ledger()).at(-1)).toMatchObject({
        kind: 'rollback',
        release: at(1),
        outcome: 'interrupted',
        rolled_back_to: at(2),
      })
    },
    PER_PUSH_MS
  )

  it(
    'leaves the rest to the post step when it is killed',
    async () => {
      const run = await service.rollBack('', {
        onLine: once(ON_ITS_WAY, () => void killAction(service.stage.workspace)),
      })
      expect(run.exitCode).not.toBe(0)
      await expectAtRest(at(2))
      expect((await service.ledger()).at(-1)).toMatchObject({ outcome: 'interrupted' })
    },
    PER_PUSH_MS
  )

  it(
    'works afterwards as if nothing had been',
    async () => {
      const run = await service.rollBack('')
      expect(errorOf(run)).toBe('')
      await expectAtRest(at(1))
      expect(service.machines()).toEqual([{ version: at(1), health: 'HEALTHY' }])
    },
    PER_PUSH_MS
  )

  it(
    'waits for a deploy that is under way, and goes back from what that brings',
    async () => {
      let rolling: Promise<ActionRun> | undefined
      const deploy = await service.deploy('damson', {
        // Long enough for the other run to find the lock.
        inputs: { min_ready: '5s' },
        onLine: once(ON_ITS_WAY, () => {
          const tempDirectory = join(service.stage.directory, 'runner-of-rollback')
          rolling = service.rollBack('', { tempDirectory })
        }),
      })
      const run = await rolling
      expect(run && errorOf(run)).toBe('')
      expect(service.stage.log.join('\n')).toContain('Waiting for the deploy lock')
      expect(run?.outputs.get('previous_release')).toBe(deploy.release)
      await expectAtRest(at(1))
      const last = (await service.ledger()).slice(-2)
      expect(last).toMatchObject([
        { kind: 'deploy', release: deploy.release, outcome: 'verified' },
        { kind: 'rollback', release: at(1), previous: deploy.release, outcome: 'verified' },
      ])
    },
    2 * PER_PUSH_MS
  )
})
