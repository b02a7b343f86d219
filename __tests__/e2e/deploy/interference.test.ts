import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { ActionRun } from '../../../emulator/runner/action.ts'
import type { LogLine } from '../../../emulator/runner/log-lines.ts'
import { errorOf, PER_PUSH_MS, Stage, vmsOf } from './push.ts'
import { killAction } from './tools.ts'

/** Calls `work` at the first log line that holds `words`. */
function once(words: string, work: (line: string) => void): (line: LogLine) => void {
  let done = false
  return (line) => {
    const text = 'text' in line ? line.text : line.kind === 'group' ? line.title : ''
    if (done || !text.includes(words)) return
    done = true
    work(text)
  }
}

const isUp = (stage: Stage, run: ActionRun): boolean =>
  stage.emulator.compute.control
    .machines()
    .every(({ version, health }) => version === run.outputs.get('release') && health === 'HEALTHY')

describe('dist/ when a release does not come up at first', () => {
  let stage: Stage
  let silentStage: Stage
  let silent: Promise<ActionRun>

  beforeAll(async () => {
    stage = await Stage.open()
    silentStage = await Stage.open()
    // Half a minute is the shortest deadline: it passes while the other tests run.
    silent = silentStage.push({ inputs: { env: 'EMULATED_APP=silent', progress_deadline: '30s' } })
  })

  afterAll(async () => {
    await silent
    await Promise.all([stage.close(), silentStage.close()])
  }, PER_PUSH_MS)

  it(
    'takes a changed setting although no release ever ran',
    async () => {
      const bad = await stage.push({ inputs: { env: 'EMULATED_APP=crash' } })
      expect(bad.outputs.get('failure_code')).toBe('ROLLOUT_FAILED')
      expect(bad.annotations).toHaveLength(1)
      expect(errorOf(bad)).toContain('container exited')

      await stage.write('content', 'good')
      const good = await stage.push({ inputs: { machine_type: 'e2-medium' } })
      expect(errorOf(good)).toBe('')
      expect(good.outputs.get('outcome')).toBe('deployed')
      expect(isUp(stage, good)).toBe(true)
    },
    PER_PUSH_MS
  )

  it(
    'takes another machine type together with another image',
    async () => {
      await stage.write('content', 'better')
      const run = await stage.push({ inputs: { machine_type: 'e2-standard-2' } })
      expect(errorOf(run)).toBe('')
      expect(run.outputs.get('outcome')).toBe('deployed')
      expect(isUp(stage, run)).toBe(true)
      const template = await stage.templateOf(run.outputs.get('release') ?? '')
      expect(template.properties?.machineType).toBe('e2-standard-2')

      const again = await stage.push({ inputs: { machine_type: 'e2-standard-2' } })
      expect(again.outputs.get('outcome')).toBe('unchanged')
    },
    PER_PUSH_MS
  )

  it(
    'goes on when the new VM is preempted in the middle',
    async () => {
      await stage.write('content', 'preempted')
      const { control } = stage.emulator.compute
      const before = new Set(control.machines().map(({ name }) => name))
      let preempted = ''
      const run = await stage.push({
        inputs: { machine_type: 'e2-standard-2' },
        onLine: () => {
          const added = control.machines().find(({ name, status }) => {
            return status === 'RUNNING' && !before.has(name)
          })
          if (preempted !== '' || !added) return
          preempted = String(added['name'])
          control.preempt(preempted)
        },
      })
      expect(preempted).not.toBe('')
      expect(errorOf(run)).toBe('')
      expect(run.outputs.get('outcome')).toBe('deployed')
      expect(vmsOf(run)).toMatchObject([{ health: 'HEALTHY', release: run.outputs.get('release') }])
    },
    PER_PUSH_MS
  )

  it(
    'takes up a rollout whose job was killed',
    async () => {
      await stage.write('content', 'killed')
      const inputs = { machine_type: 'e2-standard-2' }
      const killed = await stage.push({
        inputs,
        onLine: once('creating  ', () => void killAction(stage.workspace)),
      })
      expect(killed.exitCode).not.toBe(0)
      expect(killed.outputs.get('outcome')).toBeUndefined()
      const run = await stage.push({ inputs })
      expect(errorOf(run)).toBe('')
      expect(isUp(stage, run)).toBe(true)
      expect(vmsOf(run)).toMatchObject([{ health: 'HEALTHY', release: run.outputs.get('release') }])
    },
    PER_PUSH_MS
  )

  it(
    'says what each VM was last waiting for when the deadline passes',
    async () => {
      const run = await silent
      expect(run.exitCode).toBe(1)
      expect(run.outputs.get('failure_code')).toBe('ROLLOUT_TIMED_OUT')
      expect(run.annotations).toHaveLength(1)
      expect(errorOf(run)).toMatch(/made no progress on web for 30(\.0)? s/)
      expect(errorOf(run)).toMatch(/web-\w+ is \w+/)
      expect(errorOf(run)).toMatch(/web-\w+.* the health check said TIMEOUT: nothing answered/)
    },
    PER_PUSH_MS
  )
})

describe('dist/ when two pushes are deployed at the same instant', () => {
  let stage: Stage

  beforeAll(async () => {
    stage = await Stage.open()
    await stage.write('Dockerfile', 'FROM scratch\nARG WHO\nLABEL who=$WHO\nCOPY content /\n')
    expect((await stage.push()).outputs.get('outcome')).toBe('deployed')
  }, PER_PUSH_MS)

  afterAll(() => stage.close(), PER_PUSH_MS)

  it(
    'rolls one after the other: the second waits for the lock that the first one holds',
    async () => {
      const patience = AbortSignal.timeout(80_000)
      const runs = await Promise.all(
        ['first', 'second'].map((who) =>
          stage.push({
            // Terraform has nothing to change, and neither is verified before the other asks for the lock.
            inputs: { build_args: `WHO=${who}`, min_ready: '15s' },
            tempDirectory: join(stage.directory, `runner-${who}`),
            signal: patience,
          })
        )
      )
      expect(runs.map(errorOf)).toEqual(['', ''])
      expect(runs.map((run) => run.outputs.get('outcome'))).toEqual(['deployed', 'deployed'])
      const waiting = stage.log.filter((text) => text.includes('Waiting for the deploy lock'))
      expect(waiting).toHaveLength(1)
      const entries = await stage.ledger()
      expect(entries.map(({ outcome }) => outcome)).toEqual(['verified', 'verified', 'verified'])
      const last = runs.find((run) => run.outputs.get('release') === entries.at(-1)?.release)
      expect(last && isUp(stage, last)).toBe(true)
    },
    PER_PUSH_MS
  )
})
