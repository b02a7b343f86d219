import { describe, expect, it } from '@jest/globals'
import { parseGantt } from '../../../emulator/console/markup/gantt.ts'
import { renderGantt } from '../../../emulator/console/markup/gantt-picture.ts'

const EMPTY = { title: '', isCompact: false, sections: [] }

function chart(...lines: readonly string[]): string {
  return ['gantt', '  title Deploy', '  dateFormat x', '  axisFormat %M:%S', ...lines].join('\n')
}

describe('parseGantt', () => {
  it('reads sections and tasks', () => {
    const source = chart('  section Image', '  build :done, 1000, 4000', '  push :4000, 5500')
    expect(parseGantt(source)).toEqual({
      title: 'Deploy',
      isCompact: false,
      sections: [
        {
          title: 'Image',
          tasks: [
            { label: 'build', startMs: 1000, endMs: 4000, tone: 'done' },
            { label: 'push', startMs: 4000, endMs: 5500, tone: 'plain' },
          ],
        },
      ],
    })
  })

  it.each([
    ['an id', 'a :done, t1, 100, 200', { startMs: 100, endMs: 200, tone: 'done' }],
    ['a duration', 'a :100, 2s', { startMs: 100, endMs: 2100, tone: 'plain' }],
    ['several tags', 'a :crit, done, 1, 2', { startMs: 1, endMs: 2, tone: 'crit' }],
    ['a milestone', 'a :milestone, 7, 7', { startMs: 7, endMs: 7, tone: 'milestone' }],
    ['signs written as numbers', 'a#58; b#quot; :1, 2', { label: 'a: b"' }],
    ['a colon in the label', 'gate: context :1, 2', { label: 'gate: context' }],
    ['an end before its start', 'a :5, 2', { startMs: 5, endMs: 5 }],
  ])('reads %s', (_, line, task) => {
    expect(parseGantt(chart(line))?.sections[0]?.tasks[0]).toMatchObject(task)
  })

  it('lets a task follow another one', () => {
    const [first, second] =
      parseGantt(chart('a :t1, 0, 300', 'b :after t1, 200ms'))?.sections[0]?.tasks ?? []
    expect(first?.endMs).toBe(300)
    expect(second).toMatchObject({ startMs: 300, endMs: 500 })
  })

  it.each([
    ['another diagram', 'flowchart LR\n a --> b'],
    ['a chart without a task', chart('section Empty')],
    ['times that are none', chart('a :yesterday, 5z')],
    ['nothing', ''],
  ])('leaves %s alone', (_, source) => {
    expect(parseGantt(source)).toBeUndefined()
  })
})

describe('renderGantt', () => {
  const gantt = parseGantt(chart('section A', 'one :0, 5000', 'two :crit, 5000, 10000'))

  it('draws bars in per cent of the whole, and says how long each took', () => {
    const { text } = renderGantt(gantt ?? EMPTY)
    expect(text).toContain('<rect class="bar-plain" x="0.00%" y="4" width="50.00%"')
    expect(text).toContain('<rect class="bar-crit" x="50.00%" y="4" width="50.00%"')
    expect(text.match(/5\.0 s/g)).toHaveLength(2)
    expect(text).toContain('>10 s</text>')
  })

  it('gives each section of a compact chart one line, on which every bar has its name', () => {
    const source = `---\ndisplayMode: compact\nconfig:\n  gantt:\n    leftPadding: 132\n---\n${chart(
      'section web-1',
      'creating :1000, 4s',
      'failed :crit, 5000, 5s',
      'section plan',
      '2.0 s :active, 1000, 2s'
    )}`
    const { text } = renderGantt(parseGantt(source) ?? EMPTY)
    expect(text.match(/class="gantt-label"/g)).toHaveLength(2)
    expect(text).toContain('aria-label="creating 4.0 s, failed 5.0 s"')
    expect(text).toContain('<text class="bar-name" x="5" y="12">failed</text>')
    expect(text).not.toContain('>2.0 s</text>')
  })

  it('draws even what took no time at all', () => {
    const instant = parseGantt(chart('a :5, 5'))
    expect(renderGantt(instant ?? EMPTY).text).not.toContain('NaN')
  })
})
