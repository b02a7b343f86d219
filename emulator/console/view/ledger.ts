import { type Html, html } from '../markup/html.ts'
import type { AttemptState } from '../state/ledger.ts'
import type { ReleaseColours } from './release.ts'
import { badge, inWords, nothing, spent, timeOfDay, toneOf } from './words.ts'

const SHOWN = 12

/** What was released when, by whom, and how it ended; `live` are the releases that groups want. */
export function renderLedger(
  attempts: readonly AttemptState[],
  live: readonly string[],
  colours: ReleaseColours
): Html {
  if (attempts.length === 0) return nothing('The ledger is empty: nothing was released yet.')
  // Colours go by time, oldest first.
  for (const { release } of attempts.toReversed()) colours.classOf(release)
  const newest = new Set<string>()
  return html`<ol class="ledger">${attempts.slice(0, SHOWN).map((attempt) => {
    const isNewest = !newest.has(attempt.release)
    const isLive = isNewest && attempt.outcome !== '' && live.includes(attempt.release)
    newest.add(attempt.release)
    return renderAttempt(attempt, isLive, colours)
  })}</ol>`
}

function renderAttempt(attempt: AttemptState, isLive: boolean, colours: ReleaseColours): Html {
  const { service, kind, release, outcome, commit, actor, reason, rolledBackTo } = attempt
  const startedAtMs = Date.parse(attempt.startedAt)
  const endedAtMs = attempt.finishedAt === '' ? undefined : Date.parse(attempt.finishedAt)
  return html`<li data-key="attempt-${service}-${attempt.attempt}">
<div class="bar">${colours.chip(release)}${badge(toneOf(outcome), outcome === '' ? 'under way' : inWords(outcome))}${isLive && badge('good', 'live now')}
<span class="muted end">${timeOfDay(startedAtMs)} · ${spent(startedAtMs, endedAtMs)}</span></div>
<p class="muted">${kind} of ${service} #${attempt.attempt} · commit <code>${commit.slice(0, 7)}</code> · ${actor}</p>
${rolledBackTo !== '' && html`<p>Taken back to ${colours.chip(rolledBackTo)}</p>`}
${reason !== '' && html`<p class="reason">${reason}</p>`}
</li>`
}
