import { ActionError } from '../../errors.ts'
import { planHash, type ReviewedChange, reviewedChanges } from './changes.ts'
import { destructiveOf, markOf, type ReviewRecord } from './record.ts'

export type ReviewMode = 'destructive' | 'exact' | 'off'

/** What people saw of a change before it was merged. */
export type Reviewed =
  | { readonly record: ReviewRecord; readonly commentUrl: string }
  /** Completes "nobody reviewed this plan: …". */
  | { readonly unreviewedBecause: string }

/** Of a list in an error; the rest is counted. */
const MOST_SHOWN = 20

/**
 * Pure. Refuses a plan that would do what nobody saw in the pull request: with `destructive`, delete
 * or replace something that was not shown; with `exact`, anything that differs.
 *
 * @throws ActionError REVIEW_REFUSED with what differs
 */
export function guardReview(mode: ReviewMode, json: unknown, reviewed: Reviewed): void {
  const changes = reviewedChanges(json)
  if (mode === 'off' || (mode === 'destructive' && destructiveOf(changes).length === 0)) return
  if (mode === 'exact' && changes.length === 0) return
  if ('unreviewedBecause' in reviewed) throw unreviewed(mode, changes, reviewed.unreviewedBecause)
  const { record, commentUrl } = reviewed
  if (record.planHash === planHash(json)) return
  const surprises = mode === 'exact' ? differences(changes, record) : unseen(changes, record)
  if (surprises.length > 0)
    throw refusal(`What ${commentUrl} showed is not what would be applied now`, mode, surprises)
}

function unreviewed(
  mode: ReviewMode,
  changes: readonly ReviewedChange[],
  why: string
): ActionError {
  const lines =
    mode === 'exact'
      ? changes.map(({ action, address }) => `${action} ${address}`)
      : destructiveOf(changes)
  return refusal(`Nobody reviewed this plan: ${why}`, mode, lines)
}

/** Destructive changes that the comment did not show. */
function unseen(changes: readonly ReviewedChange[], record: ReviewRecord): readonly string[] {
  const seen = new Set(record.destructive)
  return destructiveOf(changes).filter((line) => !seen.has(line))
}

function differences(changes: readonly ReviewedChange[], record: ReviewRecord): readonly string[] {
  const seen = new Map(record.changes.map((mark) => [mark, mark.slice(mark.indexOf(' ') + 1)]))
  const seenAddresses = new Set(seen.values())
  const now = new Set(changes.map(({ address }) => address))
  const added = changes
    .filter((change) => !seen.has(markOf(change)))
    .map(({ action, address }) =>
      seenAddresses.has(address)
        ? `${action} ${address} (otherwise than shown)`
        : `${action} ${address} (not shown)`
    )
  const gone = [...seenAddresses].filter((address) => !now.has(address))
  const all = [
    ...added,
    ...gone.map((address) => `${address} (shown, but not to be changed any more)`),
  ]
  return all.length > 0 ? all : ['an output']
}

function refusal(what: string, mode: ReviewMode, lines: readonly string[]): ActionError {
  const shown = lines.slice(0, MOST_SHOWN).map((line) => `  ${line}`)
  const more = lines.length - shown.length
  if (more > 0) shown.push(`  and ${more} more`)
  return new ActionError('REVIEW_REFUSED', `${what}:\n${shown.join('\n')}\nNothing was applied.`, {
    hint: `Open a pull request whose plan comment shows this and merge it, or run this job once with \`review: off\` (it is \`${mode}\`).`,
  })
}
