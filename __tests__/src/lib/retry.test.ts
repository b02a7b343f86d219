import { describe, expect, it } from '@jest/globals'
import { type Attempt, retry } from '../../../src/lib/retry.ts'
import { FakeClock } from '../../fakes/fake-clock.ts'

const POLICY = { totalMs: 30_000, firstDelayMs: 250, maxDelayMs: 8_000 }

interface Case {
  readonly attempts: readonly (Attempt<string> & { readonly takesMs?: number })[]
  readonly random?: number
  readonly signal?: AbortSignal
}

/** Plays the attempts (the last one for ever) and tells what came of it. */
async function play({ attempts, random = 1, signal = new AbortController().signal }: Case) {
  const clock = new FakeClock()
  const said: string[] = []
  let count = 0
  const result = await retry(
    async () => {
      const attempt = attempts[Math.min(count, attempts.length - 1)]
      count += 1
      if (!attempt) throw new Error('no attempt')
      clock.advance(attempt.takesMs ?? 0)
      return attempt
    },
    POLICY,
    {
      clock,
      signal,
      random: () => random,
      onRetry: (why, delayMs) => said.push(`${why} ${delayMs}`),
    }
  )
  return { result, count, sleepsMs: clock.sleepsMs, said }
}

const again = (more: { notBeforeMs?: number; takesMs?: number } = {}) => ({
  again: 'busy',
  giveUp: () => 'gave up',
  ...more,
})

describe('retry', () => {
  it('waits for nothing when the first attempt is done', async () => {
    expect(await play({ attempts: [{ done: 'yes' }] })).toEqual({
      result: 'yes',
      count: 1,
      sleepsMs: [],
      said: [],
    })
  })

  it('takes a result that is undefined or false for done', async () => {
    const { signal } = new AbortController()
    const tools = { clock: new FakeClock(), signal, random: () => 1 }
    expect(await retry(async () => ({ done: undefined }), POLICY, tools)).toBeUndefined()
    expect(await retry(async () => ({ done: false }), POLICY, tools)).toBe(false)
  })

  it('doubles its delays up to the longest, and gives up without a last wait', async () => {
    const { result, count, sleepsMs } = await play({ attempts: [again()] })
    expect(result).toBe('gave up')
    expect(sleepsMs).toEqual([250, 500, 1_000, 2_000, 4_000, 8_000, 8_000])
    expect(count).toBe(sleepsMs.length + 1)
  })

  it('takes at least half of each delay', async () => {
    const { sleepsMs } = await play({ attempts: [again(), again(), { done: 'yes' }], random: 0 })
    expect(sleepsMs).toEqual([125, 250])
  })

  it('never starts an attempt later than the budget, whatever the jitter', async () => {
    for (const random of [0, 0.2, 0.4, 0.6, 0.8, 1]) {
      const { sleepsMs } = await play({ attempts: [again()], random })
      expect(sleepsMs.reduce((sum, ms) => sum + ms, 0)).toBeLessThanOrEqual(POLICY.totalMs)
    }
  })

  it('counts the time of the attempts themselves', async () => {
    const { sleepsMs } = await play({ attempts: [again({ takesMs: 14_900 })] })
    expect(sleepsMs).toEqual([250])
  })

  it('waits as long as the server asks, and no shorter than its own delay', async () => {
    const { sleepsMs } = await play({
      attempts: [again({ notBeforeMs: 3_000 }), again({ notBeforeMs: 1 }), { done: 'yes' }],
    })
    expect(sleepsMs).toEqual([3_000, 500])
  })

  it('gives up at once when the server asks for more than the budget', async () => {
    const { result, sleepsMs } = await play({ attempts: [again({ notBeforeMs: 30_001 })] })
    expect({ result, sleepsMs }).toEqual({ result: 'gave up', sleepsMs: [] })
  })

  it('tells why and how long before each wait', async () => {
    const { said } = await play({ attempts: [again(), { done: 'yes' }] })
    expect(said).toEqual(['busy 250'])
  })

  it('lets what the last attempt throws through', async () => {
    const attempt = {
      again: 'busy',
      notBeforeMs: 60_000,
      giveUp: () => {
        throw new Error('the last word')
      },
    }
    await expect(play({ attempts: [attempt] })).rejects.toThrow('the last word')
  })

  it('never repeats an attempt that throws', async () => {
    let count = 0
    const attempt = async (): Promise<Attempt<string>> => {
      count += 1
      throw new Error('denied')
    }
    const tools = { clock: new FakeClock(), signal: new AbortController().signal, random: () => 1 }
    await expect(retry(attempt, POLICY, tools)).rejects.toThrow('denied')
    expect(count).toBe(1)
  })

  it('ends with the reason of an abort instead of waiting', async () => {
    const cancel = new AbortController()
    cancel.abort(new Error('cancelled'))
    await expect(play({ attempts: [again()], signal: cancel.signal })).rejects.toThrow('cancelled')
  })
})
