import type { Literal } from '../scan/literals.ts'
import type { Window } from '../scan/window.ts'

/** One place that a rule objects to. */
export interface Match {
  readonly rule: string
  /** What was taken for the secret: where two rules take the same, the surer one speaks. */
  readonly start: number
  readonly end: number
  /** The place to point at, where it is not the start. */
  readonly at?: number
}

/** Nothing found, and nothing to be found before that place either. */
export interface Rest {
  readonly restUntil: number
}

/** Runs where one of its literals occurs; whatever it needs to know stands in the window. */
export interface Detector {
  readonly anchors: readonly Literal[]
  /** A detector that looks far says until where it need not run again: a text that only repeats an anchor must not cost a look around each time. */
  readonly find: (window: Window) => Match | Rest | undefined
}

/** What people read; the order says which rule speaks where several object to the same text. */
export interface Rule {
  readonly id: string
  readonly title: string
}

export function literals(...texts: readonly string[]): readonly Literal[] {
  return texts.map((text) => ({ text }))
}
