import { describe, expect, it } from '@jest/globals'
import { systemClock } from '../../../src/adapters/clock.ts'

describe('systemClock.sleep', () => {
  it('sleeps', async () => {
    const before = systemClock.now()
    await systemClock.sleep(20, new AbortController().signal)
    expect(systemClock.now() - before).toBeGreaterThanOrEqual(18)
  })

  it.each(['before', 'during'])('ends with the reason of an abort %s the sleep', async (when) => {
    const cancel = new AbortController()
    if (when === 'before') cancel.abort(new Error('cancelled by a person'))
    const sleeping = systemClock.sleep(60_000, cancel.signal)
    cancel.abort(new Error('cancelled by a person'))
    await expect(sleeping).rejects.toThrow('cancelled by a person')
  })
})
