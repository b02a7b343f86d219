import { describe, expect, it } from '@jest/globals'
import { alongside } from '../../../src/lib/alongside.ts'
import { Timeline } from '../../fakes/timeline.ts'

function setUp() {
  const clock = new Timeline()
  const startedAtMs = clock.now()
  const cancel = new AbortController()
  const told: string[] = []
  const say = (what: string): unknown => told.push(`${clock.now() - startedAtMs} ${what}`)
  const lasting =
    (durationMs: number) =>
    async (signal: AbortSignal): Promise<void> =>
      clock.sleep(durationMs, signal).then(
        () => void say('side task done'),
        () => void say('side task stopped')
      )
  const options = { clock, patienceMs: 20_000, signal: cancel.signal }
  const work = async (): Promise<string> => {
    await clock.sleep(60_000, cancel.signal)
    return 'result'
  }
  return { clock, cancel, told, say, lasting, options, work, startedAtMs }
}

describe('alongside', () => {
  it.each([
    ['is done before the work', 10_000, ['10000 side task done'], 60_000],
    ['is done soon after it', 70_000, ['70000 side task done'], 70_000],
    ['takes too long', 600_000, ['80000 side task stopped'], 80_000],
  ])('returns the result when the side task %s', async (_, durationMs, told, endMs) => {
    const scene = setUp()
    const running = alongside(scene.work, scene.lasting(durationMs), scene.options)
    expect(await scene.clock.play(running)).toBe('result')
    expect(scene.told).toEqual(told)
    expect(scene.clock.now() - scene.startedAtMs).toBe(endMs)
    expect(scene.clock.sleeperCount).toBe(0)
  })

  it('stops the side task at once when the work fails, and waits for it', async () => {
    const scene = setUp()
    const failing = async (): Promise<never> => {
      await scene.clock.sleep(5_000, scene.options.signal)
      throw new Error('no')
    }
    const running = alongside(failing, scene.lasting(600_000), scene.options)
    await expect(scene.clock.play(running)).rejects.toThrow('no')
    expect(scene.told).toEqual(['5000 side task stopped'])
  })

  it('stops both on a cancel, with its reason', async () => {
    const scene = setUp()
    scene.clock.sleep(1_000, new AbortController().signal).then(
      () => scene.cancel.abort(new Error('cancelled')),
      () => undefined
    )
    const running = alongside(scene.work, scene.lasting(600_000), scene.options)
    await expect(scene.clock.play(running)).rejects.toThrow('cancelled')
    expect(scene.told).toEqual(['1000 side task stopped'])
  })
})
