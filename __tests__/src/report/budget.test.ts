import { describe, expect, it } from '@jest/globals'
import { fitGroups, type Group, LAST_TO_GO, type Level } from '../../../src/report/budget.ts'

/** Pieces that show their level as often as it is long: 50, 40, 20, 10 and no characters. */
const LENGTHS = [50, 40, 20, 10]

function group(title: string, importance: number, count: number): Group {
  const piece = { render: (level: Level): string => `${level}`.repeat(LENGTHS[level] ?? 0) }
  return { title, importance, pieces: Array.from({ length: count }, () => piece) }
}

function levelsWith(limit: number, ...groups: readonly Group[]): readonly string[] {
  const fitted = fitGroups(groups, { limit, measure: ({ length }) => length })
  return fitted.map(({ texts }) => texts.map((text) => text[0] ?? '-').join(''))
}

describe('fitGroups', () => {
  const groups = [
    group('delete', LAST_TO_GO, 2),
    group('update', 20, 2),
    group('create', 13, 2),
    group('drift', 1, 2),
  ]

  it.each<readonly [limit: number, levels: readonly string[]]>([
    [400, ['00', '00', '00', '00']],
    [390, ['00', '00', '00', '01']],
    [360, ['00', '00', '11', '11']],
    [340, ['00', '11', '11', '11']],
    [320, ['11', '11', '11', '11']],
    [280, ['11', '11', '11', '22']],
    [260, ['11', '11', '11', '33']],
    [220, ['11', '11', '22', '33']],
    [180, ['11', '22', '22', '33']],
    [160, ['11', '22', '22', '--']],
    [140, ['11', '22', '33', '--']],
    [120, ['11', '33', '33', '--']],
    [100, ['11', '33', '--', '--']],
    [80, ['11', '--', '--', '--']],
    [60, ['12', '--', '--', '--']],
    [20, ['33', '--', '--', '--']],
    [10, ['3-', '--', '--', '--']],
    [9, ['--', '--', '--', '--']],
    [-1, ['--', '--', '--', '--']],
  ])('cuts the least important first, for %d characters', (limit, levels) => {
    expect(levelsWith(limit, ...groups)).toEqual(levels)
  })

  it('counts what it has shown of each group', () => {
    const [fitted] = fitGroups([group('delete', 1, 5)], {
      limit: 35,
      measure: ({ length }) => length,
    })
    expect(fitted?.counts).toEqual([0, 0, 0, 3, 2])
  })

  it('measures as it is told to', () => {
    const umlaut = { title: 'a', importance: 1, pieces: [{ render: () => 'ä' }] }
    expect(fitGroups([umlaut], { limit: 1, measure: Buffer.byteLength })).toMatchObject([
      { texts: [''] },
    ])
  })

  it('renders about as much as there is room for, however much there is', () => {
    let calls = 0
    const piece = {
      render(): string {
        calls++
        return 'x'.repeat(100)
      },
    }
    const many = { title: 'a', importance: 1, pieces: Array.from({ length: 100_000 }, () => piece) }
    fitGroups([many], { limit: 1000, measure: ({ length }) => length })
    expect(calls).toBeLessThan(500)
  })
})
