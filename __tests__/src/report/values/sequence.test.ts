import { describe, expect, it } from '@jest/globals'
import { compareSequences, type Run } from '../../../../src/report/values/sequence.ts'
import { randomFrom, seedOfRun } from '../../release/random.ts'

const seed = seedOfRun()

describe('compareSequences', () => {
  it.each<readonly [before: string, after: string, runs: string]>([
    ['', '', ''],
    ['abc', 'abc', '=abc'],
    ['', 'ab', '+ab'],
    ['ab', '', '-ab'],
    ['abc', 'adc', '=a -b +d =c'],
    ['abcd', 'bcde', '-a =bcd +e'],
    ['abcabba', 'cbabac', ''],
  ])('turns %j into %j', (before, after, runs) => {
    const found = compareSequences([...before], [...after])
    if (runs !== '') expect(shown(found, before, after)).toBe(runs)
    expect(editsOf(found)).toBe(fewestEdits(before, after))
  })

  it(`finds the fewest edits of any two (SEED=${seed})`, () => {
    const random = randomFrom(seed)
    const word = (): string =>
      Array.from(
        { length: Math.floor(random() * 12) },
        () => 'abcd'[Math.floor(random() * 4)]
      ).join('')
    for (let round = 0; round < 3000; round++) {
      const [before, after] = [word(), word()]
      const runs = compareSequences([...before], [...after])
      expect({ before, after, edits: editsOf(runs), whole: rebuilt(runs, before, after) }).toEqual({
        before,
        after,
        edits: fewestEdits(before, after),
        whole: [before, after],
      })
    }
  })

  it('replaces all between what is alike where the two have little in common', () => {
    const before = ['start', ...Array.from({ length: 500 }, (_, index) => `b${index}`), 'end']
    const after = ['start', ...Array.from({ length: 400 }, (_, index) => `a${index}`), 'end']
    expect(compareSequences(before, after)).toEqual([
      { isSame: true, before: [0, 1], after: [0, 1] },
      { isSame: false, before: [1, 501], after: [1, 401] },
      { isSame: true, before: [501, 502], after: [401, 402] },
    ])
  })
})

function shown(runs: readonly Run[], before: string, after: string): string {
  const parts = runs.flatMap(({ isSame, before: b, after: a }) => {
    if (isSame) return [`=${before.slice(...b)}`]
    return [`-${before.slice(...b)}`, `+${after.slice(...a)}`].filter((part) => part.length > 1)
  })
  return parts.join(' ')
}

/** Both sides as the runs have them; what is called the same has to be. */
function rebuilt(runs: readonly Run[], before: string, after: string): readonly string[] {
  const sides = runs.map(({ isSame, before: b, after: a }) => {
    const [from, to] = [before.slice(...b), after.slice(...a)]
    return isSame && from !== to ? ['?', '?'] : [from, to]
  })
  return [0, 1].map((side) => sides.map((pair) => pair[side] ?? '').join(''))
}

function editsOf(runs: readonly Run[]): number {
  const changed = runs.filter(({ isSame }) => !isSame)
  return changed.reduce(
    (sum, { before, after }) => sum + before[1] - before[0] + after[1] - after[0],
    0
  )
}

/** By the textbook: what is not in the longest common subsequence. */
function fewestEdits(before: string, after: string): number {
  let previous = Array.from({ length: after.length + 1 }, () => 0)
  for (const sign of before) {
    const row = [0]
    for (let index = 0; index < after.length; index++) {
      const best = Math.max(row[index] ?? 0, previous[index + 1] ?? 0)
      row.push(sign === after[index] ? (previous[index] ?? 0) + 1 : best)
    }
    previous = row
  }
  return before.length + after.length - 2 * (previous.at(-1) ?? 0)
}
