import { ActionError } from '../../errors.ts'
import type { JsonRecord } from '../../lib/json.ts'

/** How an attempt ended. */
export type Outcome = 'verified' | 'rolled_back' | 'failed' | 'interrupted'

/** What is known of an attempt when it begins. */
export interface NewEntry {
  readonly kind: 'deploy' | 'rollback'
  readonly release: string
  /** Name of the instance template. */
  readonly template: string
  /** `…@sha256:…` */
  readonly image: string
  /** The release that the group was on; null when there was none. */
  readonly previous: string | null
  readonly commit: string
  readonly ref: string
  readonly actor: string
  readonly runUrl: string
  /** Random id of the run that made the entry. */
  readonly holder: string
}

/** What is known of an attempt when it is over. */
export interface Closing {
  readonly outcome: Outcome
  /** The release that took over again; null when none did. */
  readonly rolledBackTo?: string | null | undefined
  readonly reason?: string | null | undefined
}

/** One attempt to bring a release onto the group. */
export interface LedgerEntry extends NewEntry {
  /** 1, 2, 3 … */
  readonly attempt: number
  /** ISO 8601, by the clock of the runner. */
  readonly startedAt: string
  readonly finishedAt: string | null
  /** Null while the attempt is open. */
  readonly outcome: Outcome | null
  readonly rolledBackTo: string | null
  readonly reason: string | null
  /** Fields of the file that this version does not know; they are kept. */
  readonly more: JsonRecord
}

/** What was tried on one group, oldest first. */
export interface Ledger {
  readonly entries: readonly LedgerEntry[]
  readonly more: JsonRecord
}

export const EMPTY_LEDGER: Ledger = { entries: [], more: {} }

/** Adds an open entry with the next number, as the last one. */
export function openEntry(ledger: Ledger, entry: NewEntry, startedAt: string): Ledger {
  const opened: LedgerEntry = {
    ...entry,
    attempt: (ledger.entries.at(-1)?.attempt ?? 0) + 1,
    startedAt,
    finishedAt: null,
    outcome: null,
    rolledBackTo: null,
    reason: null,
    more: {},
  }
  return { ...ledger, entries: [...ledger.entries, opened] }
}

/**
 * Writes down how an attempt ended. A second time with the same outcome changes nothing.
 *
 * @throws ActionError LEDGER_CONFLICT when it ended in another way already, or never began
 */
export function closeEntry(
  ledger: Ledger,
  attempt: number,
  closing: Closing & { readonly finishedAt: string }
): Ledger {
  const entry = ledger.entries.find((known) => known.attempt === attempt)
  if (entry === undefined) {
    throw new ActionError('LEDGER_CONFLICT', `The ledger holds no attempt ${attempt}.`, {
      hint: 'Somebody may have replaced it while this run deployed: look at its earlier versions.',
    })
  }
  if (entry.outcome === closing.outcome) return ledger
  if (entry.outcome !== null) throw alreadyClosed(entry, closing.outcome)
  const { finishedAt, outcome, rolledBackTo = null, reason = null } = closing
  const closed = { ...entry, finishedAt, outcome, rolledBackTo, reason }
  return {
    ...ledger,
    entries: ledger.entries.map((known) => (known === entry ? closed : known)),
  }
}

function alreadyClosed({ attempt, outcome, runUrl }: LedgerEntry, wanted: Outcome): ActionError {
  return new ActionError(
    'LEDGER_CONFLICT',
    `Attempt ${attempt} (${runUrl}) is in the ledger as "${outcome}" already; it cannot become "${wanted}".`,
    {
      hint: 'Another run has finished it, which happens when this one did not renew its deploy lock: trust the ledger.',
    }
  )
}

/** Attempts that no run has finished: one that runs now, or that a dead run left behind. */
export function openEntries({ entries }: Ledger): readonly LedgerEntry[] {
  return entries.filter(({ outcome }) => outcome === null)
}

/**
 * Where to go back to, best first: for each release whose last word is that it was verified, the
 * entry that says so, newest first. One that failed or was taken back after that is none.
 */
export function lastVerified(
  { entries }: Ledger,
  { otherThan }: { readonly otherThan: string | undefined }
): readonly LedgerEntry[] {
  const lastWords = new Map<string, LedgerEntry>()
  for (const entry of entries.toReversed()) {
    if (isVerdict(entry) && !lastWords.has(entry.release)) lastWords.set(entry.release, entry)
  }
  return [...lastWords.values()].filter(
    ({ release, outcome }) => outcome === 'verified' && release !== otherThan
  )
}

/** Whether the last word on a release is that it was verified. */
export function isVerified(ledger: Ledger, release: string): boolean {
  return lastVerified(ledger, { otherThan: undefined }).some((entry) => entry.release === release)
}

// A run that was interrupted says nothing about the release.
function isVerdict({ outcome }: LedgerEntry): boolean {
  return outcome !== null && outcome !== 'interrupted'
}
