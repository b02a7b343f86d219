import { describe, expect, it } from '@jest/globals'
import { once } from '../../../src/lib/once.ts'

describe('once', () => {
  it('does nothing until it is asked, and then everything one time', async () => {
    let count = 0
    const reading = once(async () => ++count)
    expect(count).toBe(0)
    expect(await Promise.all([reading(), reading()])).toEqual([1, 1])
    expect(await reading()).toBe(1)
  })

  it('gives everybody the same failure', async () => {
    let count = 0
    const reading = once(async () => {
      count += 1
      throw new Error(`failure ${count}`)
    })
    await expect(reading()).rejects.toThrow('failure 1')
    await expect(reading()).rejects.toThrow('failure 1')
  })
})
