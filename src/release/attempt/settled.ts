import type { Compute } from '../../google/compute.ts'
import type { Clock, Log } from '../../ports.ts'
import { earlierReleases } from '../choice/lineage.ts'
import { rolledBackReleases } from '../choice/rolled-back.ts'
import { type Ledger, lastVerified, openEntries } from '../ledger/ledger.ts'
import type { LedgerFile } from '../ledger/ledger-file.ts'
import type { Provenance, Release } from '../release.ts'
import type { RolloutPolicy } from '../rollout/observation.ts'
import { obstacles } from '../rollout.ts'
import { GroupWatch } from '../watch.ts'
import type { Attempted } from './attempted.ts'

export interface SettledPorts {
  readonly compute: Compute
  readonly clock: Clock
  readonly log: Log
}

export interface SettledOptions {
  readonly group: string
  readonly release: Pick<Release, 'id'>
  readonly policy: RolloutPolicy
  readonly kind: 'deploy' | 'rollback'
  readonly provenance: Pick<Provenance, 'commit'>
  readonly signal: AbortSignal
}

/** What there is to say when nothing is left to do, nor to write down; else undefined. */
export async function findSettled(
  { compute, clock, log }: SettledPorts,
  options: SettledOptions,
  file: LedgerFile
): Promise<Attempted | undefined> {
  const { policy, release } = options
  const [ledger, observation] = await Promise.all([
    file.read(),
    // The watch will tell what each VM does; told here as well it would stand there twice.
    new GroupWatch({ compute, clock, log: murmuring(log) }, options).observe(),
  ])
  const [last] = lastVerified(ledger, { otherThan: undefined })
  const isSettled =
    openEntries(ledger).length === 0 &&
    last?.release === release.id &&
    !endsRollback(ledger, options) &&
    obstacles(observation, policy).length === 0
  if (!isSettled) return undefined
  const [earlier] = earlierReleases(ledger, release.id)
  const wayBack = earlier?.release ?? ''
  return { wasRolled: false, previousRelease: release.id, wayBack, observation, timeline: [] }
}

/**
 * A push that comes to the release which was brought back, such as a revert, moves nothing, but it is
 * the step forward behind which the rollback is over: the next push may bring anything again.
 */
function endsRollback(ledger: Ledger, { kind, provenance }: SettledOptions): boolean {
  const runs = ledger.entries.findLast(({ outcome }) => outcome === 'verified')
  const isNewCommit = provenance.commit !== '' && provenance.commit !== runs?.commit
  return kind === 'deploy' && isNewCommit && rolledBackReleases(ledger).size > 0
}

/** Says that there is nothing to do. */
export function asUnchanged(settled: Attempted, { log }: { readonly log: Log }): Attempted {
  log.info('Every VM runs this release already, verified: nothing to do.')
  return settled
}

/** The same log, with what it would tell said only to those who debug. */
function murmuring(log: Log): Log {
  return {
    debug: (message) => log.debug(message),
    info: (message) => log.debug(message),
    warning: (message) => log.warning(message),
    annotate: (annotation) => log.annotate(annotation),
    mask: (secret) => log.mask(secret),
    group: (title, work) => log.group(title, work),
    labelled: (label) => murmuring(log.labelled(label)),
  }
}
