import type { Gantt, GanttSection, GanttTask } from './gantt.ts'
import { type Html, html } from './html.ts'

const ROW_HEIGHT = 24
const BAR_HEIGHT = 16
/** A bar that is too short to be seen would look like a step that never ran. */
const LEAST_WIDTH_PERCENT = 0.6
/** From here on a bar has room for what it is called. */
const NAMED_WIDTH_PERCENT = 7

interface Span {
  readonly startMs: number
  readonly lengthMs: number
}

/** One line of the picture. */
interface Row {
  readonly label: string
  readonly tasks: readonly GanttTask[]
  /** Whether each bar says what it is: where several share the line. */
  readonly isNamed: boolean
}

/** A chart of rows: the label as text, its bars as SVG in per cent of the width, how long it took. */
export function renderGantt({ title, isCompact, sections }: Gantt): Html {
  const tasks = sections.flatMap((section) => section.tasks)
  const startMs = Math.min(...tasks.map((task) => task.startMs))
  const endMs = Math.max(...tasks.map((task) => task.endMs))
  const span = { startMs, lengthMs: Math.max(1, endMs - startMs) }
  const ticks = ticksOf(span.lengthMs)
  const draw = (row: Row): Html => renderRow(row, span, ticks)
  return html`<div class="gantt" role="figure" aria-label="${title || 'Timeline'}">
${title !== '' && html`<p class="gantt-title">${title}</p>`}
<div class="gantt-row gantt-axis"><span></span><svg height="14" aria-hidden="true">${ticks.map((ms) => renderTick(ms, span))}</svg><span></span></div>
${sections.map((section) => (isCompact ? draw(rowOf(section)) : renderSection(section, draw)))}</div>`
}

function rowOf({ title, tasks }: GanttSection): Row {
  return { label: title, tasks, isNamed: tasks.length > 1 }
}

function renderSection({ title, tasks }: GanttSection, draw: (row: Row) => Html): Html {
  const rows = tasks.map((task) => draw({ label: task.label, tasks: [task], isNamed: false }))
  return html`${title !== '' && html`<p class="gantt-section">${title}</p>`}${rows}`
}

function renderRow({ label, tasks, isNamed }: Row, span: Span, ticks: readonly number[]): Html {
  const startMs = Math.min(...tasks.map((task) => task.startMs))
  const took = renderSeconds(Math.max(...tasks.map((task) => task.endMs)) - startMs)
  const said = tasks.map((task) => `${task.label} ${renderSeconds(task.endMs - task.startMs)}`)
  return html`<div class="gantt-row"><span class="gantt-label" title="${label}">${label}</span><svg height="${ROW_HEIGHT}" ${
    isNamed ? html`role="img" aria-label="${said.join(', ')}"` : html`aria-hidden="true"`
  }>${ticks.map(
    (ms) =>
      html`<line class="grid" x1="${percent(ms, span)}" x2="${percent(ms, span)}" y1="0" y2="${ROW_HEIGHT}"/>`
  )}${tasks.map((task) => renderBar(task, span, isNamed))}</svg><span class="gantt-time">${took}</span></div>`
}

function renderBar(task: GanttTask, span: Span, isNamed: boolean): Html {
  const x = percent(task.startMs - span.startMs, span)
  const middle = ROW_HEIGHT / 2
  if (task.tone === 'milestone')
    return html`<circle class="bar-milestone" cx="${x}" cy="${middle}" r="5"/>`
  const share = ((task.endMs - task.startMs) / span.lengthMs) * 100
  const width = `${Math.max(LEAST_WIDTH_PERCENT, share).toFixed(2)}%`
  const place = html`x="${x}" y="${middle - BAR_HEIGHT / 2}" width="${width}" height="${BAR_HEIGHT}"`
  const bar = html`<rect class="bar-${task.tone}" ${place} rx="3"><title>${task.label}</title></rect>`
  if (!isNamed || share < NAMED_WIDTH_PERCENT) return bar
  // A picture of its own ends at its edges, and the name with it.
  return html`${bar}<svg ${place}><text class="bar-name" x="5" y="12">${task.label}</text></svg>`
}

function renderTick(ms: number, span: Span): Html {
  const at = ms / span.lengthMs
  const anchor = at < 0.04 ? 'start' : at > 0.96 ? 'end' : 'middle'
  return html`<text x="${percent(ms, span)}" y="11" text-anchor="${anchor}">${ms / 1000} s</text>`
}

function percent(ms: number, span: Span): string {
  return `${((ms / span.lengthMs) * 100).toFixed(2)}%`
}

const STEPS = [1, 2, 5]

/** Round distances, four to seven of them; the first tick is 0. */
function ticksOf(lengthMs: number): readonly number[] {
  const wanted = lengthMs / 6
  const power = 10 ** Math.floor(Math.log10(wanted))
  const step = STEPS.map((one) => one * power).find((one) => one >= wanted) ?? 10 * power
  return Array.from({ length: Math.floor(lengthMs / step) + 1 }, (_, index) =>
    Number((index * step).toPrecision(12))
  )
}

function renderSeconds(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`
  return ms < 60_000
    ? `${(ms / 1000).toFixed(1)} s`
    : `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`
}
