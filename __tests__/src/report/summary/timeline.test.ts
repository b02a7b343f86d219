import { describe, expect, it } from '@jest/globals'
import { renderTimeline } from '../../../../src/report/summary/timeline.ts'
import { aStory, at } from './stories.ts'

const bodyOf = (gantt: string): readonly string[] =>
  gantt.split('\n').slice(gantt.split('\n').indexOf('gantt') + 1, -1)

describe('renderTimeline', () => {
  it('has a line for each step and each VM, in the order in which they began', () => {
    expect(bodyOf(renderTimeline(aStory()))).toEqual([
      'dateFormat x',
      'axisFormat %H:%M:%S',
      'tickInterval 10second',
      'section plan',
      `6 s :active, ${at(0)}, 6000ms`,
      'section build',
      `20 s :active, ${at(0)}, 20000ms`,
      'section roll',
      `1 min :active, ${at(20)}, 60000ms`,
      'section mervis-x7k2',
      `creating :${at(21)}, 14000ms`,
      `pulling :active, ${at(35)}, 25000ms`,
      `ready :done, ${at(60)}, 20000ms`,
      'section mervis-old',
      `earlier release :done, ${at(20)}, 40000ms`,
      // Too narrow for a label.
      `leaving :done, ${at(60)}, 10000ms`,
    ])
  })

  it('shows in red what failed, and what was cut short', () => {
    const rows = bodyOf(
      renderTimeline({
        spans: [
          { name: 'build', startedAtMs: at(0), endedAtMs: at(5), hasFailed: true },
          { name: 'roll', startedAtMs: at(5), endedAtMs: undefined, hasFailed: false },
        ],
        watches: [
          {
            direction: 'forth',
            release: 'r',
            endedAtMs: at(9),
            entries: [{ vm: 'a', phase: 'failed', atMs: at(6) }],
          },
        ],
        endedAtMs: at(10),
      })
    )
    expect(rows.filter((row) => row.includes(':crit'))).toEqual([
      `5 s :crit, ${at(0)}, 5000ms`,
      `5 s :crit, ${at(5)}, 5000ms`,
      `failed :crit, ${at(6)}, 3000ms`,
    ])
  })

  it('puts the way forth and the way back of a VM on one line', () => {
    const watch = { release: 'r', endedAtMs: at(20) }
    const rows = bodyOf(
      renderTimeline({
        spans: [],
        watches: [
          { ...watch, direction: 'forth', entries: [{ vm: 'a', phase: 'failed', atMs: at(10) }] },
          {
            ...watch,
            direction: 'back',
            endedAtMs: at(40),
            entries: [
              { vm: 'a', phase: 'earlier release', atMs: at(20) },
              { vm: 'a', phase: 'leaving', atMs: at(30) },
            ],
          },
        ],
        endedAtMs: at(40),
      })
    )
    expect(rows.slice(3)).toEqual([
      'section a',
      `failed :crit, ${at(10)}, 10000ms`,
      `failed release :done, ${at(20)}, 10000ms`,
      `leaving :done, ${at(30)}, 10000ms`,
    ])
  })

  it('keeps the twenty VMs that took the longest', () => {
    const entries = Array.from({ length: 25 }, (_, n) => [
      { vm: `vm-${n}`, phase: 'creating', atMs: at(0) },
      { vm: `vm-${n}`, phase: 'ready', atMs: at(n + 1) },
    ]).flat()
    const text = renderTimeline({
      spans: [],
      watches: [{ direction: 'forth', release: 'r', endedAtMs: at(30), entries }],
      endedAtMs: at(30),
    })
    expect(text.match(/^section /gm)).toHaveLength(20)
    expect(text).not.toContain('section vm-4\n')
    expect(text).toContain('section vm-5\n')
    expect(text).toContain('5 more VMs not shown')
  })

  it('is empty where nothing was begun', () => {
    expect(renderTimeline({ spans: [], watches: [], endedAtMs: at(0) })).toBe('')
  })

  it.each([
    [900, '1second'],
    [84_000, '10second'],
    [700_000, '2minute'],
    [3_600_000, '10minute'],
    [400 * 3_600_000, '1day'],
  ])('has few ticks for %d ms', (durationMs, tick) => {
    const span = { name: 'roll', startedAtMs: 0, endedAtMs: durationMs, hasFailed: false }
    expect(renderTimeline({ spans: [span], watches: [], endedAtMs: 0 })).toContain(
      `tickInterval ${tick}\n`
    )
  })
})
