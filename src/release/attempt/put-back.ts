import type { Compute } from '../../google/compute.ts'
import type { Log } from '../../ports.ts'
import { type Ledger, type LedgerEntry, lastVerified, openEntries } from '../ledger/ledger.ts'
import type { LedgerFile } from '../ledger/ledger-file.ts'
import { type Destination, moveGroup } from '../move.ts'

export interface PutBackPorts {
  readonly compute: Compute
  readonly file: LedgerFile
  readonly log: Log
}

/** An attempt that nobody will watch any more. */
export interface Unwatched {
  readonly group: string
  readonly isOurs: (entry: LedgerEntry) => boolean
  readonly outcome: 'interrupted' | 'failed'
  readonly why: string
}

/**
 * Ends the open attempt that is ours, if there is one: takes the group off its release with one
 * PATCH, to the last verified release as far as there is one, and writes down how it ended.
 *
 * @throws ActionError as `moveGroup` does, LEDGER_*; then the attempt is still open
 */
export async function endUnwatched(
  ports: PutBackPorts,
  { group, isOurs, outcome, why }: Unwatched
): Promise<void> {
  const ledger = await ports.file.read()
  const entry = openEntries(ledger).find(isOurs)
  if (entry === undefined) return
  const { rolledBackTo, left } = await putBack(ports, group, { ledger, release: entry.release })
  ports.log.info(`Attempt ${entry.attempt}, release ${entry.release}: ${why}; ${left}.`)
  await ports.file.close(entry.attempt, { outcome, rolledBackTo, reason: `${why}; ${left}` })
}

interface PutBack {
  readonly rolledBackTo: string | null
  /** How the group was left, to complete a sentence. */
  readonly left: string
}

async function putBack(
  { compute }: PutBackPorts,
  group: string,
  { ledger, release }: { readonly ledger: Ledger; readonly release: string }
): Promise<PutBack> {
  const { versions } = await compute.fetchGroup(group)
  const groupIsOn = versions[0]?.name ?? ''
  if (groupIsOn !== release) {
    const left = `the group is on ${groupIsOn ? `release ${groupIsOn}` : 'no release'}`
    return { rolledBackTo: groupIsOn || null, left }
  }
  const target = await newestStanding(compute, ledger, release)
  if (target === undefined) {
    const left = 'the group stays on it, unverified: there is no verified release to go back to'
    return { rolledBackTo: null, left }
  }
  await moveGroup({ compute }, group, target)
  const left = `the group was put back on release ${target.release}, and nobody watched it arrive`
  return { rolledBackTo: target.release, left }
}

// There is no time for more than this: whether image and secrets are there is not asked.
async function newestStanding(
  compute: Compute,
  ledger: Ledger,
  otherThan: string
): Promise<Destination | undefined> {
  for (const { release, template } of lastVerified(ledger, { otherThan })) {
    const standing = await compute.fetchTemplate(template)
    if (standing !== undefined) return { release, templateLink: standing.selfLink }
  }
  return undefined
}
