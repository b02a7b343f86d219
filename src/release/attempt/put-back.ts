import type { Compute } from '../../google/compute.ts'
import type { Clock, Log } from '../../ports.ts'
import { waysBackFrom } from '../choice/lineage.ts'
import { isVerified, type Ledger, type LedgerEntry, openEntries } from '../ledger/ledger.ts'
import type { LedgerFile } from '../ledger/ledger-file.ts'
import { type Destination, moveGroup } from '../move.ts'

export interface PutBackPorts {
  readonly compute: Compute
  readonly file: LedgerFile
  readonly clock: Clock
  readonly log: Log
}

/** An attempt that nobody will watch any more. */
export interface Unwatched {
  readonly group: string
  readonly isOurs: (entry: LedgerEntry) => boolean
  readonly outcome: 'interrupted' | 'failed'
  readonly why: string
  /** How long a PATCH of the attempt may still be on its way without anybody waiting for it. */
  readonly lateMs: number
  /** Ends the waiting. */
  readonly signal: AbortSignal
}

/** Between two looks whether a late PATCH has arrived. */
const LOOK_EVERY_MS = 2_000

/**
 * Ends the open attempt that is ours, if there is one: takes the group off its release with one
 * PATCH, to the last verified release as far as there is one, and writes down how it ended.
 *
 * @returns how the group was left, to complete a sentence; undefined when no attempt was open
 * @throws ActionError as `moveGroup` does, LEDGER_*; then the attempt is still open
 */
export async function endUnwatched(
  ports: PutBackPorts,
  unwatched: Unwatched
): Promise<string | undefined> {
  const { isOurs, outcome, why } = unwatched
  const ledger = await ports.file.read()
  const entry = openEntries(ledger).find(isOurs)
  if (entry === undefined) return undefined
  const { rolledBackTo, left } = await putBack(ports, unwatched, { ledger, entry })
  ports.log.info(`Attempt ${entry.attempt}, release ${entry.release}: ${why}; ${left}.`)
  await ports.file.close(entry.attempt, { outcome, rolledBackTo, reason: `${why}; ${left}` })
  return left
}

interface PutBack {
  readonly rolledBackTo: string | null
  /** How the group was left, to complete a sentence. */
  readonly left: string
}

async function putBack(
  ports: PutBackPorts,
  unwatched: Unwatched,
  { ledger, entry }: { readonly ledger: Ledger; readonly entry: LedgerEntry }
): Promise<PutBack> {
  const { compute } = ports
  const { release, previous } = entry
  const isItsPlace = previous === release && isVerified(ledger, release)
  const groupIsOn = await whereItEndsUp(ports, unwatched, isItsPlace ? undefined : release)
  if (groupIsOn !== release) {
    const left = `the group is on ${groupIsOn ? `release ${groupIsOn}` : 'no release'}`
    return { rolledBackTo: groupIsOn || null, left }
  }
  if (isItsPlace) {
    return { rolledBackTo: null, left: 'the group stays on it, where it was before' }
  }
  const target = await newestStanding(compute, ledger, release)
  if (target === undefined) {
    const left = 'the group stays on it, unverified: there is no verified release to go back to'
    return { rolledBackTo: null, left }
  }
  await moveGroup({ compute, signal: unwatched.signal }, unwatched.group, target)
  const left = `the group was put back on release ${target.release}, and nobody watched it arrive`
  return { rolledBackTo: target.release, left }
}

/** The release that the group is on once nothing of ours can move it any more, or as soon as it is `expected`. */
async function whereItEndsUp(
  { compute, clock }: PutBackPorts,
  { group, lateMs, signal }: Unwatched,
  expected: string | undefined
): Promise<string> {
  const untilMs = clock.now() + lateMs
  for (;;) {
    const { versions } = await compute.fetchGroup(group)
    const groupIsOn = versions[0]?.name ?? ''
    const restMs = untilMs - clock.now()
    if (groupIsOn === expected || restMs <= 0) return groupIsOn
    await clock.sleep(Math.min(LOOK_EVERY_MS, restMs), signal)
  }
}

// There is no time for more than this: whether image and secrets are there is not asked.
async function newestStanding(
  compute: Compute,
  ledger: Ledger,
  otherThan: string
): Promise<Destination | undefined> {
  for (const { release, template } of waysBackFrom(ledger, otherThan)) {
    const standing = await compute.fetchTemplate(template)
    if (standing !== undefined) return { release, templateLink: standing.selfLink }
  }
  return undefined
}
