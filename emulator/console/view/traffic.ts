import { type Html, html } from '../markup/html.ts'
import type { AttemptState } from '../state/ledger.ts'
import type { TrafficBucket, TrafficState } from '../traffic.ts'
import type { ReleaseColours } from './release.ts'
import { badge, nothing } from './words.ts'

const HEIGHT = 176
const TOP = 40
/** The shortest span that fills the width, so that the first seconds are no single block. */
const LEAST_BUCKETS = 60
const MOST_BUCKETS = 180

interface Frame {
  readonly fromMs: number
  readonly buckets: number
  readonly bucketMs: number
  readonly peak: number
}

/**
 * Answers per second over time, stacked by release; failures are red and on top. Lines show when a
 * release began to roll.
 */
export function renderTraffic(
  traffic: TrafficState,
  attempts: readonly AttemptState[],
  colours: ReleaseColours
): Html {
  const { source, total, failed, versions } = traffic
  if (source === 'nobody') return nothing('Nobody has asked the service for anything.')
  const frame = frameOf(traffic)
  const shown = wholeBuckets(traffic).filter(({ atMs }) => atMs >= frame.fromMs)
  const totals = totalsOf(traffic.buckets)
  return html`<div class="bar">${badge(failed === 0 ? 'good' : 'bad', `${failed} failed`)}
<span class="muted">${total} requests, counted by ${source === 'visitor' ? 'a visitor' : 'the front'}</span></div>
<svg class="traffic" width="100%" height="${HEIGHT + 20}" role="img" aria-label="${describe(totals, failed)}">
${renderScale(frame)}${shown.map((bucket) => renderBucket(bucket, frame, colours))}${attempts.map((attempt, index) => renderAttempt(attempt, index, frame))}</svg>
<ul class="legend">${[...totals].map(
    ([release, count]) =>
      html`<li data-key="legend-${release}">${colours.chip(release)} ${versions[release] !== undefined && html`version ${versions[release]} · `}${count}</li>`
  )}${failed > 0 && html`<li><span class="chip failed"><i aria-hidden="true"></i>failed</span> ${failed}</li>`}</ul>`
}

function describe(totals: ReadonlyMap<string, number>, failed: number): string {
  const parts = [...totals].map(([release, count]) => `${count} answers of release ${release}`)
  return `Requests over time: ${[...parts, `${failed} failed`].join(', ')}`
}

function totalsOf(buckets: readonly TrafficBucket[]): ReadonlyMap<string, number> {
  const totals = new Map<string, number>()
  for (const { answers } of buckets)
    for (const [release, count] of Object.entries(answers))
      totals.set(release, (totals.get(release) ?? 0) + count)
  return totals
}

/** The newest span is not over: it would look as if the requests went down. */
function wholeBuckets({ buckets }: TrafficState): readonly TrafficBucket[] {
  return buckets.length > 1 ? buckets.slice(0, -1) : buckets
}

function frameOf(traffic: TrafficState): Frame {
  const { bucketMs } = traffic
  const buckets = wholeBuckets(traffic)
  const lastMs = buckets.at(-1)?.atMs ?? 0
  const span = (lastMs - (buckets[0]?.atMs ?? lastMs)) / bucketMs + 1
  const wide = Math.min(MOST_BUCKETS, Math.max(LEAST_BUCKETS, span))
  const fromMs = lastMs - (wide - 1) * bucketMs
  const heights = buckets.filter(({ atMs }) => atMs >= fromMs).map(heightOf)
  return { fromMs, buckets: wide, bucketMs, peak: Math.max(1, ...heights) }
}

function heightOf({ answers, failed }: TrafficBucket): number {
  return Object.values(answers).reduce((sum, count) => sum + count, failed)
}

function renderScale({ peak, buckets, bucketMs }: Frame): Html {
  const seconds = (buckets * bucketMs) / 1_000
  const marks = [0, 0.25, 0.5, 0.75].map((share) => {
    const x = `${(share * 100).toFixed(2)}%`
    return html`<line class="grid" x1="${x}" x2="${x}" y1="${TOP}" y2="${HEIGHT}"/><text x="${x}" y="${HEIGHT + 15}">−${Math.round(seconds * (1 - share))} s</text>`
  })
  return html`<line class="grid" x1="0" x2="100%" y1="${TOP}" y2="${TOP}"/><line class="base" x1="0" x2="100%" y1="${HEIGHT}" y2="${HEIGHT}"/>
<text x="0" y="${TOP - 4}">${peak} a second</text>${marks}<text x="100%" y="${HEIGHT + 15}" text-anchor="end">latest</text>`
}

function renderAttempt({ kind, startedAt }: AttemptState, index: number, frame: Frame): Html {
  const share = (Date.parse(startedAt) - frame.fromMs) / (frame.buckets * frame.bucketMs)
  if (!(share >= 0 && share <= 1)) return html``
  const x = `${(share * 100).toFixed(2)}%`
  // One after the other in two rows: on a phone the names of two would meet.
  const y = index % 2 === 0 ? 10 : 22
  const [anchor, dx] = share > 0.8 ? ['end', -4] : ['start', 4]
  return html`<line class="event" x1="${x}" x2="${x}" y1="2" y2="${HEIGHT}"/><text class="event-name" x="${x}" dx="${dx}" y="${y}" text-anchor="${anchor}">${kind}</text>`
}

function renderBucket(bucket: TrafficBucket, frame: Frame, colours: ReleaseColours): Html {
  const { atMs, failed, answers } = bucket
  const width = 100 / frame.buckets
  const x = ((atMs - frame.fromMs) / frame.bucketMs) * width
  const layers = Object.entries(answers).map(
    ([release, count]) => [colours.classOf(release), count] as const
  )
  let y = HEIGHT
  return html`${[...layers, ['failed', failed] as const].map(([name, count]) => {
    if (count === 0) return undefined
    const height = (count / frame.peak) * (HEIGHT - TOP)
    y -= height
    return html`<rect class="${name}" x="${x.toFixed(3)}%" y="${y.toFixed(1)}" width="${(width * 0.86).toFixed(3)}%" height="${height.toFixed(1)}"/>`
  })}`
}
