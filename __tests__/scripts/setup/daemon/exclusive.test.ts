import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { exclusively } from '../../../../scripts/setup/daemon/exclusive.ts'

const quiet = (): void => undefined

describe('exclusively', () => {
  it('runs work of one name one after the other and work of other names beside it', async () => {
    const name = randomUUID()
    const events: string[] = []
    const work = (label: string) => async (): Promise<void> => {
      events.push(`${label} begins`)
      await new Promise(setImmediate)
      events.push(`${label} ends`)
    }
    const labels = ['a', 'b', 'c', 'd', 'e']
    const waited: string[] = []
    const log = (line: string): unknown => waited.push(line)
    await Promise.all(labels.map((label) => exclusively(name, log, work(label))))
    const order = events.filter((_, index) => index % 2 === 0).map((event) => event.charAt(0))
    expect(order.toSorted()).toEqual(labels)
    expect(events).toEqual(order.flatMap((label) => [`${label} begins`, `${label} ends`]))
    expect(waited).toHaveLength(4)
  })

  it('lets go when the work fails, and passes the failure on', async () => {
    const name = randomUUID()
    const failing = exclusively(name, quiet, () => Promise.reject(new Error('no')))
    await expect(failing).rejects.toThrow('no')
    expect(await exclusively(name, quiet, async () => 'free again')).toBe('free again')
  })

  it('gets what a killed process held', async () => {
    const name = randomUUID()
    const module = join(import.meta.dirname, '../../../../scripts/setup/daemon/exclusive.ts')
    const script = `import { exclusively } from ${JSON.stringify(module)}
      await exclusively(${JSON.stringify(name)}, () => {}, () => { console.log('held'); setInterval(() => {}, 1e6); return new Promise(() => {}) })`
    const holder = spawn(process.execPath, ['--input-type=module', '-e', script])
    await once(holder.stdout, 'data')
    const onWait = (): unknown => holder.kill('SIGKILL')
    expect(await exclusively(name, onWait, async () => 'mine')).toBe('mine')
  })
})
