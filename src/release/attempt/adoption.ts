import { type Closing, type Ledger, type LedgerEntry, openEntries } from '../ledger/ledger.ts'

/** What becomes of the attempts that dead runs left open. */
export interface Adoption {
  /** Goes on as this run's own attempt. */
  readonly continued: LedgerEntry | undefined
  readonly closed: readonly { readonly entry: LedgerEntry; readonly closing: Closing }[]
}

/**
 * Pure. To be asked under the deploy lock, when every open attempt is that of a run which is no more.
 * The one that brought the group where this run wants it goes on. Of the others nothing is left to
 * finish: this run moves the group away, or the group is on another release already.
 */
export function adopt(
  ledger: Ledger,
  { groupIsOn, release }: { readonly groupIsOn: string; readonly release: string }
): Adoption {
  const open = openEntries(ledger)
  const continued =
    groupIsOn === release ? open.findLast((entry) => entry.release === release) : undefined
  const closed = open
    .filter((entry) => entry !== continued)
    .map((entry) => ({ entry, closing: interruption(entry, groupIsOn) }))
  return { continued, closed }
}

function interruption({ release }: LedgerEntry, groupIsOn: string): Closing {
  const left =
    groupIsOn === release
      ? 'it left the group on this release, unverified'
      : `it left the group on ${groupIsOn || 'no release'}`
  return { outcome: 'interrupted', reason: `its run ended without a word; ${left}` }
}
