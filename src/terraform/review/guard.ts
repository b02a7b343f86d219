import { ActionError } from '../../errors.ts'
import { markOf, type PlanDigest, type ReviewedChange } from './changes.ts'

export type ReviewMode = 'destructive' | 'exact' | 'off'

/** What people saw of a change before it was merged, as its comment keeps it. */
export interface Reviewed {
  readonly commentUrl: string
  readonly planHash: string
  /** Undefined where they were too many to write down. */
  readonly destructive: readonly { readonly address: string; readonly action: string }[] | undefined
  /** `markOf` each change; undefined where they were too many. */
  readonly changes: readonly string[] | undefined
}

/** Completes "nobody reviewed this plan: …". */
export interface Unreviewed {
  readonly unreviewedBecause: string
}

/** Of a list in an error; the rest is counted. */
const MOST_SHOWN = 20

/**
 * Pure. Refuses a plan that would do what nobody saw in the pull request: with `destructive`, delete
 * or replace something that was not shown; with `exact`, anything that differs.
 *
 * @throws ActionError REVIEW_REFUSED with what differs
 */
export function guardReview(
  mode: ReviewMode,
  digest: PlanDigest,
  reviewed: Reviewed | Unreviewed
): void {
  const changes = changesFor(mode, digest)
  if (changes.length === 0) return
  if ('unreviewedBecause' in reviewed) {
    const what = `Nobody reviewed this plan: ${reviewed.unreviewedBecause}`
    throw refusal(what, mode, changes.map(describe))
  }
  if (reviewed.planHash === digest.planHash) return
  const surprises = mode === 'exact' ? differences(changes, reviewed) : unseen(changes, reviewed)
  const what = `What ${reviewed.commentUrl} showed is not what would be applied now`
  if (surprises.length > 0) throw refusal(what, mode, surprises)
}

/** Whether it matters at all what was reviewed. */
export function needsReview(mode: ReviewMode, digest: PlanDigest): boolean {
  return changesFor(mode, digest).length > 0
}

/** Those that somebody must have seen. */
function changesFor(mode: ReviewMode, { changes }: PlanDigest): readonly ReviewedChange[] {
  if (mode === 'off') return []
  return changes.filter(({ isDestructive }) => mode === 'exact' || isDestructive)
}

function unseen(changes: readonly ReviewedChange[], { destructive }: Reviewed): readonly string[] {
  const seen = new Set(destructive?.map(({ action, address }) => `${action} ${address}`))
  return changes.map(describe).filter((line) => !seen.has(line))
}

function differences(changes: readonly ReviewedChange[], reviewed: Reviewed): readonly string[] {
  const seen = new Set(reviewed.changes)
  const unknown = changes.filter((change) => !seen.has(markOf(change)))
  const gone = seen.size - (changes.length - unknown.length)
  return [
    ...unknown.map((change) => `${describe(change)} (not shown, or otherwise)`),
    ...(gone > 0
      ? [`${gone} of the changes that were shown: not planned any more, or otherwise`]
      : []),
    ...(unknown.length === 0 && gone === 0 ? ['the outputs (otherwise than shown)'] : []),
  ]
}

function describe({ action, address }: ReviewedChange): string {
  return `${action} ${address}`
}

function refusal(what: string, mode: ReviewMode, lines: readonly string[]): ActionError {
  const shown = lines.slice(0, MOST_SHOWN).map((line) => `  ${line}`)
  const more = lines.length - shown.length
  if (more > 0) shown.push(`  and ${more} more`)
  return new ActionError('REVIEW_REFUSED', `${what}:\n${shown.join('\n')}\nNothing was applied.`, {
    hint: `Open a pull request whose plan comment shows this and merge it, or run this job once with \`review: off\` (it is \`${mode}\`). If an earlier merge showed it and was never deployed, run its deploy again first.`,
  })
}
