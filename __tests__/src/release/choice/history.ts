import {
  closeEntry,
  EMPTY_LEDGER,
  type Ledger,
  type NewEntry,
  type Outcome,
  openEntry,
} from '../../../../src/release/ledger/ledger.ts'
import { anEntry } from '../ledger/entries.ts'

export interface Attempt extends Partial<NewEntry> {
  /** Null for one that is open. */
  readonly outcome?: Outcome | null
  readonly reason?: string
}

/** Ids of releases a, b, c … as they look: 12 hex digits. */
export function idOf(letter: string): string {
  return letter.repeat(12)
}

/** Commits of releases a, b, c …: a digit, so that no commit begins as an id does. */
export function commitOf(letter: string): string {
  return String(letter.charCodeAt(0) - 96).repeat(40)
}

export function digestOf(letter: string): string {
  return `sha256:${letter.repeat(64)}`
}

/** The attempts in order, one every minute. */
export function ledgerOf(...attempts: readonly Attempt[]): Ledger {
  return attempts.reduce((ledger, { outcome = 'verified', reason, ...entry }, index) => {
    const at = new Date(Date.UTC(2026, 10, 23, 12, index)).toISOString()
    const opened = openEntry(ledger, anEntry(entry), at)
    if (outcome === null) return opened
    return closeEntry(opened, index + 1, { outcome, reason, finishedAt: at })
  }, EMPTY_LEDGER)
}

/**
 * A ledger in short: `a` is a verified deploy of release a, `<a` a verified rollback to it; behind it
 * `!` it failed, `^` it was taken back, `~` it was interrupted, `?` it is open.
 */
export function story(text: string): Ledger {
  let groupIsOn: string | null = null
  return ledgerOf(
    ...text.split(' ').map((word) => {
      const [, back, letter = '', mark = ''] = /^(<?)([a-f])([!^~?]?)$/.exec(word) ?? []
      const previous = groupIsOn
      const outcome = OUTCOMES.get(mark) ?? null
      if (outcome === 'verified' || outcome === 'failed') groupIsOn = idOf(letter)
      return {
        release: idOf(letter),
        template: `mervis-${idOf(letter)}`,
        image: `europe-west1-docker.pkg.dev/p/r/i@${digestOf(letter)}`,
        commit: commitOf(letter),
        kind: back === '<' ? ('rollback' as const) : ('deploy' as const),
        previous,
        outcome,
      }
    })
  )
}

const OUTCOMES: ReadonlyMap<string, Outcome> = new Map([
  ['', 'verified'],
  ['!', 'failed'],
  ['^', 'rolled_back'],
  ['~', 'interrupted'],
])

/** The releases of a story by their letters. */
export function letters(ids: Iterable<string>): string {
  return [...ids].map((id) => id[0]).join(' ')
}
