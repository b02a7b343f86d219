import { describe, expect, it } from '@jest/globals'
import { Stopwatch } from '../../../src/lib/stopwatch.ts'
import { FakeClock } from '../../fakes/fake-clock.ts'

describe('Stopwatch.time', () => {
  it('keeps how long each piece of work took, in the order in which they ended', async () => {
    const clock = new FakeClock()
    const watch = new Stopwatch(clock)
    const work = async (): Promise<string> => {
      clock.advance(40)
      return 'planned'
    }
    expect(await watch.time('plan', work)).toBe('planned')
    await watch.time('build', async () => clock.advance(2))
    expect(watch.laps).toEqual([
      { name: 'plan', ms: 40 },
      { name: 'build', ms: 2 },
    ])
  })

  it('keeps the time of work that fails, and lets its error through', async () => {
    const clock = new FakeClock()
    const watch = new Stopwatch(clock)
    const work = async (): Promise<never> => {
      clock.advance(7)
      throw new Error('no')
    }
    await expect(watch.time('push', work)).rejects.toThrow('no')
    expect(watch.laps).toEqual([{ name: 'push', ms: 7 }])
  })

  it('keeps when everything was begun and ended, also what still goes on', async () => {
    const clock = new FakeClock(1000)
    const watch = new Stopwatch(clock)
    const endless = new Promise<never>(() => undefined)
    void watch.time('roll', () => endless)
    clock.advance(5)
    await watch.time('push', async () => clock.advance(2))
    const failing = watch.time('prune', async () => {
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect(watch.spans).toEqual([
      { name: 'roll', startedAtMs: 1000, endedAtMs: undefined, hasFailed: false },
      { name: 'push', startedAtMs: 1005, endedAtMs: 1007, hasFailed: false },
      { name: 'prune', startedAtMs: 1007, endedAtMs: 1007, hasFailed: true },
    ])
  })
})
