import { describe, expect, it } from '@jest/globals'
import { guarded } from '../../../src/lib/guarded.ts'
import { FakeClock } from '../../fakes/fake-clock.ts'
import { untroubled } from '../../fakes/guards.ts'

const { signal } = new AbortController()
const options = { patienceMs: 10_000, clock: new FakeClock() }

/** Work that ends only when it is told to, with what it was told. */
function endless(either: AbortSignal): Promise<string> {
  return untroubled(either)
}

const failing = async (): Promise<never> => {
  throw new Error('the backend does not answer')
}

describe('guarded', () => {
  it('gives what the work gives', async () => {
    const work = async (): Promise<string> => 'done'
    expect(await guarded(signal, { work, guard: untroubled, ...options })).toBe('done')
  })

  it('throws what the work throws while the guard has nothing to object to', async () => {
    const work = async (): Promise<never> => {
      throw new Error('plan failed')
    }
    const running = guarded(signal, { work, guard: untroubled, ...options })
    await expect(running).rejects.toThrow('plan failed')
  })

  it("ends the work when the guard fails, and throws the guard's error", async () => {
    let told: unknown
    const work = async (either: AbortSignal): Promise<string> => {
      await endless(either).catch((reason: unknown) => {
        told = reason
      })
      throw new Error('interrupted')
    }
    const running = guarded(signal, { work, guard: failing, ...options })
    await expect(running).rejects.toThrow('the backend does not answer')
    expect(told).toEqual(new Error('the backend does not answer'))
  })

  it('does not wait for ever for a work that will not end', async () => {
    const clock = new FakeClock()
    const work = (): Promise<string> => new Promise(() => undefined)
    const running = guarded(signal, { work, guard: failing, patienceMs: 10_000, clock })
    await expect(running).rejects.toThrow('the backend does not answer')
    expect(clock.sleepsMs).toEqual([10_000])
  })

  it("gives the work's own outcome when the run is cancelled", async () => {
    const cancel = new AbortController()
    const running = guarded(cancel.signal, { work: endless, guard: untroubled, ...options })
    cancel.abort(new Error('cancelled'))
    await expect(running).rejects.toThrow('cancelled')
  })
})
