import { describe, expect, it } from '@jest/globals'
import { together } from '../../../src/lib/together.ts'

const never = new AbortController().signal

/** Ends only when it is aborted, and even then not at once; notes both. */
function stubborn(events: string[]) {
  return async (signal: AbortSignal): Promise<never> => {
    const aborted = Promise.withResolvers<void>()
    signal.addEventListener('abort', () => aborted.resolve(), { once: true })
    await aborted.promise
    events.push('aborted')
    await new Promise((resolve) => setImmediate(resolve))
    events.push('cleaned up')
    throw signal.reason
  }
}

describe('together', () => {
  it('gives both results', async () => {
    expect(
      await together(
        never,
        async () => 1,
        async () => 'two'
      )
    ).toEqual([1, 'two'])
  })

  it('runs both at the same time', async () => {
    const events: string[] = []
    const task = (name: string) => async () => {
      events.push(`${name} begins`)
      await new Promise((resolve) => setImmediate(resolve))
      events.push(`${name} ends`)
    }
    await together(never, task('a'), task('b'))
    expect(events).toEqual(['a begins', 'b begins', 'a ends', 'b ends'])
  })

  it.each(['first', 'second'])(
    'aborts the other one when the %s fails, and waits for it',
    async (which) => {
      const events: string[] = []
      const failing = async (): Promise<never> => {
        throw new Error('plan failed')
      }
      const running =
        which === 'first'
          ? together(never, failing, stubborn(events))
          : together(never, stubborn(events), failing)
      await expect(running).rejects.toThrow('plan failed')
      expect(events).toEqual(['aborted', 'cleaned up'])
    }
  )

  it('throws the first failure, not what the other one says when it is stopped', async () => {
    const other = async (signal: AbortSignal): Promise<never> => {
      await stubborn([])(signal).catch(() => undefined)
      throw new Error('and the other one broke on the way')
    }
    const failing = async (): Promise<never> => {
      throw new Error('the cause')
    }
    await expect(together(never, other, failing)).rejects.toThrow('the cause')
  })

  it('throws a failure that is undefined, too', async () => {
    const failing = async (): Promise<never> => {
      throw undefined
    }
    await expect(together(never, failing, async () => 1)).rejects.toBeUndefined()
  })

  it('passes an abort from outside on to both, and waits for both', async () => {
    const events: string[] = []
    const cancel = new AbortController()
    const running = together(cancel.signal, stubborn(events), stubborn(events))
    cancel.abort(new Error('cancelled'))
    await expect(running).rejects.toThrow('cancelled')
    expect(events).toEqual(['aborted', 'aborted', 'cleaned up', 'cleaned up'])
  })

  it('leaves the signal of a pair that succeeded alone', async () => {
    const seen: AbortSignal[] = []
    const keep = async (signal: AbortSignal): Promise<void> => {
      seen.push(signal)
    }
    await together(never, keep, keep)
    expect(seen.map((signal) => signal.aborted)).toEqual([false, false])
  })

  it('still cancels what goes on with the signal afterwards', async () => {
    const cancel = new AbortController()
    const [signal] = await together(
      cancel.signal,
      async (either) => either,
      async () => 1
    )
    cancel.abort(new Error('cancelled'))
    expect(signal.reason).toEqual(new Error('cancelled'))
  })

  it('gives the stop as the reason where something broke because of it', async () => {
    const cancel = new AbortController()
    const pair = together(
      cancel.signal,
      async (signal) => {
        cancel.abort(new Error('cancelled'))
        if (signal.aborted) throw new Error('the push broke off')
      },
      async () => 1
    )
    await expect(pair).rejects.toThrow('cancelled')
  })
})
