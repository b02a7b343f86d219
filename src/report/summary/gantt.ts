import { oneLine } from '../markdown.ts'

/** `crit` is drawn in red, `done` in grey, the others in two tones of one colour. */
export type BarKind = 'plain' | 'active' | 'done' | 'crit'

export interface Bar {
  readonly label: string
  readonly kind: BarKind
  readonly startedAtMs: number
  readonly endedAtMs: number
}

/** One line of the picture; its bars do not overlap. */
export interface Row {
  readonly name: string
  readonly bars: readonly Bar[]
}

/** A word of Mermaid's own at the beginning of a line is obeyed. */
const KEYWORD =
  /^(?:gantt|title|section|dateFormat|axisFormat|tickInterval|inclusiveEndDates|topAxis|includes|excludes|weekday|weekend|todayMarker|click|href|call|acc)/i
const LONGEST_NAME = 48
/** What a character of a label takes of the whole width; a label without room would lie on the next bar. */
const SHARE_PER_CHARACTER = 0.0075
const WIDTH_PER_CHARACTER = 7
const MOST_TICKS = 9
const SECOND_MS = 1_000
const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
const TICKS: readonly (readonly [number, string])[] = [
  ...[1, 2, 5, 10, 15, 30].map((n) => [n * SECOND_MS, `${n}second`] as const),
  ...[1, 2, 5, 10, 15, 30].map((n) => [n * MINUTE_MS, `${n}minute`] as const),
  ...[1, 2, 6].map((n) => [n * HOUR_MS, `${n}hour`] as const),
]

/** A Mermaid gantt with one line for each row, the times being those of the reader's clock. */
export function renderGantt(rows: readonly Row[]): string {
  const bars = rows.flatMap((row) => row.bars)
  if (bars.length === 0) return ''
  const from = Math.min(...bars.map(({ startedAtMs }) => startedAtMs))
  const until = Math.max(...bars.map(({ endedAtMs }) => endedAtMs))
  const names = rows.map(({ name }) => ganttText(name))
  const padding = 20 + WIDTH_PER_CHARACTER * Math.max(...names.map(({ length }) => length))
  const lines = rows.flatMap((row, index) => [
    `section ${names[index]}`,
    ...row.bars.map((bar) => renderBar(bar, row.bars.length === 1, until - from)),
  ])
  return [
    '```mermaid',
    '---',
    'displayMode: compact',
    'config:',
    '  gantt:',
    `    leftPadding: ${padding}`,
    '---',
    'gantt',
    'dateFormat x',
    'axisFormat %H:%M:%S',
    `tickInterval ${tickFor(until - from)}`,
    ...lines,
    '```',
  ].join('\n')
}

function renderBar({ label, kind, ...bar }: Bar, isAlone: boolean, wholeMs: number): string {
  // Nothing at all is no bar, and Mermaid reads whole milliseconds only.
  const durationMs = Math.max(1, Math.round(bar.endedAtMs - bar.startedAtMs))
  const hasRoom = isAlone || durationMs >= wholeMs * SHARE_PER_CHARACTER * label.length
  const tag = kind === 'plain' ? '' : `${kind}, `
  return `${hasRoom ? ganttText(label) : '·'} :${tag}${Math.round(bar.startedAtMs)}, ${durationMs}ms`
}

function tickFor(wholeMs: number): string {
  return TICKS.find(([ms]) => wholeMs / ms <= MOST_TICKS)?.[1] ?? '1day'
}

/** Letters of any language, digits and harmless signs; never empty, never a word that is obeyed. */
export function ganttText(text: string): string {
  const safe = oneLine(text)
    .replace(/[^\p{L}\p{N} .,_()+/…·-]/gu, '_')
    .trim()
  const short =
    [...safe].length > LONGEST_NAME ? `${[...safe].slice(0, LONGEST_NAME - 1).join('')}…` : safe
  if (short === '') return '·'
  return KEYWORD.test(short) ? `· ${short}` : short
}
