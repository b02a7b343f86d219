import { describe, expect, it } from '@jest/globals'
import { abortable } from '../../../src/lib/abortable.ts'

const never = (): Promise<string> => new Promise(() => undefined)

describe('abortable', () => {
  it('gives what the work gives', async () => {
    const { signal } = new AbortController()
    expect(await abortable(signal, async () => 'done')).toBe('done')
  })

  it('throws what the work throws', async () => {
    const { signal } = new AbortController()
    const work = async (): Promise<never> => {
      throw new Error('no network')
    }
    await expect(abortable(signal, work)).rejects.toThrow('no network')
  })

  it('does not wait for the work once the signal aborts, and throws its reason', async () => {
    const cancel = new AbortController()
    const running = abortable(cancel.signal, never)
    cancel.abort(new Error('cancelled'))
    await expect(running).rejects.toThrow('cancelled')
  })

  it('does not start the work when the signal has aborted before', async () => {
    let started = false
    const work = async (): Promise<void> => {
      started = true
    }
    await expect(abortable(AbortSignal.abort(new Error('late')), work)).rejects.toThrow('late')
    expect(started).toBe(false)
  })
})
