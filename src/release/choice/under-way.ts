import { type Ledger, type LedgerEntry, openEntries } from '../ledger/ledger.ts'

/** What is seen at the moment in which somebody asks. */
export interface Moment {
  /** What the group is on; empty for none. */
  readonly current: string
  /** Run that holds the deploy lock; undefined for none. */
  readonly lockedBy: string | undefined
}

/**
 * The deploy that is on its way forth or back, or died there. Whoever asks for the release before
 * means the one before that: on which of the two the group is at that moment is chance. Pure.
 */
export function deployUnderWay(ledger: Ledger, moment: Moment): LedgerEntry | undefined {
  const { current, lockedBy } = moment
  return openEntries(ledger).findLast(
    ({ kind, release, holder }) => kind === 'deploy' && (holder === lockedBy || release === current)
  )
}

/** The ledger as it will be when that deploy is verified. Pure. */
export function asVerified({ entries, more }: Ledger, { attempt }: LedgerEntry): Ledger {
  const verified = entries.map((entry) =>
    entry.attempt === attempt ? { ...entry, outcome: 'verified' as const } : entry
  )
  return { entries: verified, more }
}
