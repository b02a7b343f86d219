import { renderDuration } from '../../lib/duration.ts'
import type { Span } from '../../lib/stopwatch.ts'
import type { TimelineEntry } from '../../release/watch/timeline.ts'
import { counted } from '../markdown.ts'
import { type Bar, type BarKind, type Row, renderGantt } from './gantt.ts'
import type { RolloutStory, WatchStory } from './rollout-story.ts'

/** Beyond this many VMs the picture is looked at by nobody. */
const MOST_VMS = 20

/** What each step of the stopwatch is called here. */
const STEPS: Readonly<Record<string, string>> = {
  terraform: 'set up terraform',
  init: 'terraform init',
  plan: 'plan',
  image: 'look up image',
  build: 'build',
  scan: 'secret gate',
  apply: 'apply',
  push: 'push',
  release: 'release',
  roll: 'roll',
  prune: 'prune',
}

type Part = Pick<RolloutStory, 'spans' | 'watches' | 'endedAtMs'>

/** When what was done, and what each VM was in the middle of; empty where nothing was begun. */
export function renderTimeline({ spans, watches, endedAtMs }: Part): string {
  const lives = [...livesOf(watches)].sort((a, b) => durationOf(b) - durationOf(a))
  const shown = new Set(lives.slice(0, MOST_VMS).map(({ vm }) => vm))
  const rows = [
    ...spans.map((span) => rowOfStep(span, endedAtMs)),
    // In the order in which they came; the slowest decided only who is shown.
    ...livesOf(watches)
      .filter(({ vm }) => shown.has(vm))
      .map(({ vm, bars }) => ({ name: vm, bars })),
  ].filter(({ bars }) => bars.length > 0)
  const gantt = renderGantt(rows)
  const hidden = lives.length - shown.size
  if (gantt === '' || hidden === 0) return gantt
  return `${gantt}\n\n<sub>The ${MOST_VMS} VMs that took the longest; ${counted(hidden, 'more VM')} not shown.</sub>`
}

function rowOfStep({ name, startedAtMs, hasFailed, ...span }: Span, nowMs: number): Row {
  const endedAtMs = span.endedAtMs ?? nowMs
  const kind = hasFailed || span.endedAtMs === undefined ? 'crit' : 'active'
  const label = renderDuration(endedAtMs - startedAtMs)
  return { name: STEPS[name] ?? name, bars: [{ label, kind, startedAtMs, endedAtMs }] }
}

interface Life {
  readonly vm: string
  readonly bars: readonly Bar[]
}

/** A VM that is watched on the way forth and on the way back has one line. */
function livesOf(watches: readonly WatchStory[]): readonly Life[] {
  const lives = new Map<string, Bar[]>()
  for (const { direction, entries, endedAtMs } of watches) {
    const open = new Map<string, TimelineEntry>()
    const close = (vm: string, untilMs: number): void => {
      const entry = open.get(vm)
      if (entry === undefined || entry.phase === 'gone') return
      const { atMs } = entry
      const phase = direction === 'back' && entry.phase === EARLIER ? FAILED : entry.phase
      const bar = { label: phase, kind: kindOf(phase), startedAtMs: atMs, endedAtMs: untilMs }
      lives.set(vm, [...(lives.get(vm) ?? []), bar])
    }
    for (const entry of entries) {
      close(entry.vm, entry.atMs)
      open.set(entry.vm, entry)
    }
    for (const vm of open.keys()) close(vm, endedAtMs)
  }
  return [...lives].map(([vm, bars]) => ({ vm, bars }))
}

/** Until it was ready or gone; waiting for the others is not counted. */
function durationOf({ bars }: Life): number {
  return bars
    .filter(({ label }) => !IDLE.has(label))
    .reduce((sum, { startedAtMs, endedAtMs }) => sum + endedAtMs - startedAtMs, 0)
}

const EARLIER = 'earlier release'
/** On the way back it is the other way round. */
const FAILED = 'failed release'
const IDLE: ReadonlySet<string> = new Set(['ready', EARLIER, FAILED])

function kindOf(phase: string): BarKind {
  if (phase === 'failed' || phase === 'missing') return 'crit'
  if (IDLE.has(phase) || phase === 'leaving') return 'done'
  return phase === 'pulling' || phase === 'verifying' ? 'active' : 'plain'
}
