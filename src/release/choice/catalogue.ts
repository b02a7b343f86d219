import { ActionError } from '../../errors.ts'
import { digestOf } from '../../image/reference.ts'
import type { Ledger, LedgerEntry } from '../ledger/ledger.ts'
import { rolledBackReleases } from './rolled-back.ts'

/** What is known of the releases of a service when a wish cannot be met. */
export interface Shelf {
  readonly service: string
  readonly ledger: Ledger
  /** What the group is on; empty for none. */
  readonly current: string
  /** Names of the instance templates that are there. */
  readonly templates: ReadonlySet<string>
}

/** One release, as a line of the list. */
interface Title {
  readonly entry: LedgerEntry
  readonly canBeBroughtBack: boolean
  readonly state: string
}

const MOST_LISTED = 20

/**
 * The error about a release that cannot be chosen: why, and what there is to choose from. Pure; it is
 * RELEASE_UNKNOWN.
 */
export function unknownRelease(shelf: Shelf, why: string): ActionError {
  const titles = titlesOf(shelf)
  const listed = titles.slice(0, MOST_LISTED)
  const rest = titles.length - listed.length
  const lines = [
    `Could not choose a release of ${shelf.service} to roll back to: ${why}.`,
    'What there is, newest first; a * can be brought back:',
    ...align(listed.map(cellsOf)),
    ...(rest > 0 ? [`  and ${rest} older`] : []),
  ]
  const hint = titles.some(({ canBeBroughtBack }) => canBeBroughtBack)
    ? 'Set the input `release` to one of these ids, or to its commit, image digest or tag.'
    : 'None of them can be brought back: push a fix, or deploy an earlier commit anew.'
  return new ActionError('RELEASE_UNKNOWN', lines.join('\n'), {
    hint,
    ...(shelf.current !== '' && { runs: shelf.current }),
  })
}

/** Each release once, by the deploy that people remember; the newest of these comes first. */
function titlesOf({ ledger, current, templates }: Shelf): readonly Title[] {
  const takenOff = rolledBackReleases(ledger)
  const newestFirst = ledger.entries.toReversed()
  const ids = [...new Set(newestFirst.map(({ release }) => release))]
  const titles = ids.flatMap((id) => {
    const attempts = newestFirst.filter(({ release }) => release === id)
    const verified = attempts.filter(({ outcome }) => outcome === 'verified')
    const entry = verified.find(({ kind }) => kind === 'deploy') ?? verified[0] ?? attempts[0]
    if (entry === undefined) return []
    const isStanding = templates.has(entry.template)
    const state = [
      ...(id === current ? ['runs now'] : []),
      ...(isStanding ? [] : ['pruned']),
      ...(takenOff.has(id) ? ['rolled back'] : []),
      ...lastWord(attempts, verified[0]),
    ]
    const canBeBroughtBack = verified.length > 0 && isStanding && id !== current
    return [{ entry, canBeBroughtBack, state: state.join(', ') }]
  })
  return titles.sort((one, other) => other.entry.attempt - one.entry.attempt)
}

/** How a release fared since it was verified, where that was not well. Newest attempt first. */
function lastWord(
  attempts: readonly LedgerEntry[],
  verified: LedgerEntry | undefined
): readonly string[] {
  if (verified === undefined) return [`never verified (${attempts[0]?.outcome ?? 'open'})`]
  const last = attempts.find(({ outcome }) => outcome !== null && outcome !== 'interrupted')
  return last === undefined || last === verified ? [] : [`failed ${minuteOf(last)}`]
}

function cellsOf({ entry, canBeBroughtBack, state }: Title): readonly string[] {
  return [
    `  ${canBeBroughtBack ? '*' : ' '} ${entry.release}`,
    entry.commit.slice(0, 7),
    minuteOf(entry),
    entry.actor,
    digestOf(entry.image).slice(0, 'sha256:'.length + 12),
    state,
  ]
}

/** By the minute, in UTC as Google's console says it, too. */
function minuteOf({ finishedAt, startedAt }: LedgerEntry): string {
  return (finishedAt ?? startedAt).slice(0, 16).replace('T', ' ')
}

function align(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = rows.reduce<readonly number[]>(
    (widest, row) => row.map((cell, column) => Math.max(cell.length, widest[column] ?? 0)),
    []
  )
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd()
  )
}
