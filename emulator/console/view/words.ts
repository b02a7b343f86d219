import { type Html, html } from '../markup/html.ts'

/** A time that the page keeps counting up from: `12 s`. */
export function since(ms: number): Html {
  return html`<time data-since="${ms}" datetime="${new Date(ms).toISOString()}"></time>`
}

/** A time of day, in the reader's own zone once the page has read it. */
export function timeOfDay(ms: number): Html {
  const iso = new Date(ms).toISOString()
  return html`<time data-clock="${ms}" datetime="${iso}">${iso.slice(11, 19)}</time>`
}

/** `800 ms`, `2.5 s`, `1 min 5 s`. */
export function duration(ms: number): string {
  if (ms < 1_000) return `${Math.max(0, Math.round(ms))} ms`
  if (ms < 60_000) return `${(ms / 1_000).toFixed(1)} s`
  return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1_000)} s`
}

/** How long something went on, or goes on. */
export function spent(startedAtMs: number | undefined, endedAtMs: number | undefined): Html {
  if (startedAtMs === undefined) return html``
  if (endedAtMs === undefined) return since(startedAtMs)
  return html`<span>${duration(endedAtMs - startedAtMs)}</span>`
}

/** What a colour means; the word beside it says the same. */
export type Tone = 'good' | 'bad' | 'busy' | 'quiet' | 'warn'

/** A word in a pill of its tone. */
export function badge(tone: Tone, text: string): Html {
  return html`<span class="badge ${tone}">${text}</span>`
}

/** The tone of GitHub's word for how something ended, or of its status while it has not. */
export function toneOf(word: string): Tone {
  if (['success', 'verified', 'active'].includes(word)) return 'good'
  if (['failure', 'error', 'failed', 'rolled_back'].includes(word)) return 'bad'
  if (['in_progress', 'pending', 'queued', ''].includes(word)) return 'busy'
  return word === 'interrupted' || word === 'cancelled' ? 'warn' : 'quiet'
}

/** `in_progress` as people write it. */
export function inWords(word: string): string {
  return word.replaceAll('_', ' ')
}

/** What a section says while there is nothing in it. */
export function nothing(text: string): Html {
  return html`<p class="nothing">${text}</p>`
}
