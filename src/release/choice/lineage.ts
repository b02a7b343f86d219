import { type Ledger, type LedgerEntry, lastVerified } from '../ledger/ledger.ts'

/**
 * Where one step back leads, and the next: the verified releases below `current`, nearest first. A
 * deploy puts its release on top of all others; a rollback takes away whatever lies on the one it
 * brings back, so that a second rollback goes on backwards instead of returning to what was bad. Where
 * `current` is none of them (it never was verified, or was put there by hand) the top is one step back.
 */
export function earlierReleases(ledger: Ledger, current: string): readonly LedgerEntry[] {
  const lineage = lineageOf(ledger)
  const at = lineage.findIndex(({ release }) => release === current)
  return lineage.slice(0, at < 0 ? undefined : at).reverse()
}

/** The same from a release that is being pushed: it will lie on top, wherever it lies now. */
export function releasesBelowPush(ledger: Ledger, release: string): readonly LedgerEntry[] {
  return lineageOf(ledger)
    .filter((lower) => lower.release !== release)
    .reverse()
}

/**
 * Where to go when this release does not run, best first: what lies below it, and only where nothing
 * of that is left what somebody took off. All of them ran well when they were last rolled out.
 */
export function waysBackFrom(ledger: Ledger, release: string): readonly LedgerEntry[] {
  const below = releasesBelowPush(ledger, release)
  const known = new Set(below.map((entry) => entry.release))
  const others = lastVerified(ledger, { otherThan: release })
  return [...below, ...others.filter((entry) => !known.has(entry.release))]
}

/** From the bottom to the top; of each release the newest entry that says that it was verified. */
function lineageOf({ entries }: Ledger): readonly LedgerEntry[] {
  return entries.reduce<readonly LedgerEntry[]>((lineage, entry) => {
    const { release, outcome, kind } = entry
    // A run that was interrupted says nothing about the release.
    if (outcome === null || outcome === 'interrupted') return lineage
    const others = lineage.filter((lower) => lower.release !== release)
    if (outcome !== 'verified') return others
    const at = lineage.findIndex((lower) => lower.release === release)
    return kind === 'rollback' && at >= 0 ? [...lineage.slice(0, at), entry] : [...others, entry]
  }, [])
}
