import { describe, expect, it } from '@jest/globals'
import { runBounded } from '../../../../src/image/context/pool.ts'

const { signal } = new AbortController()

describe('runBounded', () => {
  it('does everything, so many at once and no more', async () => {
    const items = Array.from({ length: 20 }, (_, index) => index)
    const done: number[] = []
    let running = 0
    let most = 0
    await runBounded(items, { atOnce: 3, signal }, async (item, index) => {
      running += 1
      most = Math.max(most, running)
      await Promise.resolve()
      running -= 1
      expect(item).toBe(index)
      done.push(item)
    })
    expect(done.sort((a, b) => a - b)).toEqual(items)
    expect(most).toBe(3)
  })

  it('begins nothing new after a failure, and throws when the rest has ended', async () => {
    const begun: number[] = []
    const ended: number[] = []
    const work = runBounded([0, 1, 2, 3, 4], { atOnce: 2, signal }, async (item) => {
      begun.push(item)
      if (item === 0) throw new Error('broken')
      await new Promise(setImmediate)
      ended.push(item)
    })
    await expect(work).rejects.toThrow('broken')
    expect({ begun, ended }).toEqual({ begun: [0, 1], ended: [1] })
  })

  it('has nothing to do for no items', async () => {
    await expect(
      runBounded([], { atOnce: 3, signal }, async () => undefined)
    ).resolves.toBeUndefined()
  })

  it('throws the reason of an abort', async () => {
    const reason = new Error('enough')
    const stopped = { atOnce: 3, signal: AbortSignal.abort(reason) }
    await expect(runBounded([1], stopped, async () => undefined)).rejects.toBe(reason)
  })
})
