import { describe, expect, it } from '@jest/globals'
import { interleave, median } from '../../bench/interleave.ts'

describe('median', () => {
  it.each([
    [[3, 1, 2], 2],
    [[4, 1, 3, 2], 2.5],
    [[7], 7],
  ])('of %j is %d', (samples, expected) => {
    expect(median(samples)).toBe(expected)
  })
})

describe('interleave', () => {
  it('runs each candidate in each round, leaves the warm-ups out, and compares with the first', () => {
    const runs = { base: 0, other: 0 }
    const measured = interleave(
      [
        { name: 'base', run: () => (runs.base++ < 1 ? 1000 : 10) },
        { name: 'other', run: () => (runs.other++ < 1 ? 1000 : 15) },
      ],
      { rounds: 4, warmUps: 1 }
    )
    expect(runs).toEqual({ base: 5, other: 5 })
    expect(measured).toEqual([
      { name: 'base', minMs: 10, medianMs: 10, maxMs: 10, ratio: 1 },
      { name: 'other', minMs: 15, medianMs: 15, maxMs: 15, ratio: 1.5 },
    ])
  })
})
