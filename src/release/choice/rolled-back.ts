import { ActionError } from '../../errors.ts'
import type { Ledger, LedgerEntry } from '../ledger/ledger.ts'

/** What a deploy is about to roll out. */
export interface Forward {
  /** Undefined as long as it is not made. */
  readonly release?: string | undefined
  readonly commit: string
  /** Whether a person has said that it shall be deployed nevertheless. */
  readonly force: boolean
}

/**
 * Releases that a person took off the group, each with the rollback that did it. It ends with the next
 * verified push, whatever that brings. Pure.
 */
export function rolledBackReleases({ entries }: Ledger): ReadonlyMap<string, LedgerEntry> {
  const takenOff = new Map<string, LedgerEntry>()
  const pushes = new Map<string, Push>()
  let last: LedgerEntry | undefined
  for (const entry of entries) {
    const { kind, release, previous, commit, outcome, attempt } = entry
    if (outcome !== 'verified') continue
    // New secrets or another machine under the commit that was brought back are no step forward.
    const isSameCommit = commit !== '' && commit === last?.commit
    if (kind === 'deploy') {
      if (!isSameCommit) takenOff.clear()
      const push = isSameCommit ? pushes.get(last?.release ?? '') : undefined
      pushes.set(release, { push: push?.push ?? attempt, attempt })
    } else if (previous !== null && isBackwards(pushes, release, previous)) {
      takenOff.set(previous, entry)
    }
    takenOff.delete(release)
    last = entry
  }
  return takenOff
}

/** Where a release stands among those that were deployed. */
interface Push {
  /** The first attempt of the commit that it is of. */
  readonly push: number
  readonly attempt: number
}

/** Who returns by name to what was rolled back says nothing against what ran in between. */
function isBackwards(pushes: ReadonlyMap<string, Push>, to: string, from: string): boolean {
  const [later, earlier] = [pushes.get(from), pushes.get(to)]
  if (later === undefined || earlier === undefined) return true
  return (
    later.push > earlier.push || (later.push === earlier.push && later.attempt > earlier.attempt)
  )
}

/**
 * Refuses to deploy what was rolled back, unless by force: a job that is run again must not undo what
 * somebody did about an incident. Pure.
 *
 * @throws ActionError RELEASE_ROLLED_BACK
 */
export function guardRolledBack(ledger: Ledger, { release, commit, force }: Forward): void {
  if (force) return
  const takenOff = rolledBackReleases(ledger)
  const byRelease = release === undefined ? undefined : takenOff.get(release)
  if (byRelease) throw refusal(ledger, byRelease, `Release ${release} was rolled back`)
  const byCommit = rollbackOfCommit(ledger, takenOff, commit)
  if (byCommit) throw refusal(ledger, byCommit, `Commit ${commit.slice(0, 12)} was rolled back`)
}

/** One that the running release was made of too is none: other settings made the bad release. */
function rollbackOfCommit(
  { entries }: Ledger,
  takenOff: ReadonlyMap<string, LedgerEntry>,
  commit: string
): LedgerEntry | undefined {
  const running = entries.findLast(({ outcome }) => outcome === 'verified')?.release
  const releases = entries.filter((entry) => entry.commit === commit).map((entry) => entry.release)
  if (commit === '' || releases.includes(running ?? '')) return undefined
  const latest = releases.findLast((release) => takenOff.has(release))
  return latest === undefined ? undefined : takenOff.get(latest)
}

function refusal({ entries }: Ledger, rollback: LedgerEntry, what: string): ActionError {
  const { actor, finishedAt, startedAt, runUrl, release, previous } = rollback
  const at = (finishedAt ?? startedAt).slice(0, 16).replace('T', ' ')
  const runs = entries.findLast(({ outcome }) => outcome === 'verified')?.release ?? release
  return new ActionError(
    'RELEASE_ROLLED_BACK',
    `${what}: ${actor || 'somebody'} took release ${previous} off the group at ${at} UTC (${runUrl}), and release ${runs} runs now.`,
    {
      hint: 'Push a fix, which deploys as ever. To deploy this one again as it is, set the input `force: true`.',
      runs,
    }
  )
}
