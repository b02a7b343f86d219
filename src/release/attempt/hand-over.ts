import { ActionError } from '../../errors.ts'
import type { Compute } from '../../google/compute.ts'
import type { ObjectStore } from '../../google/object-store.ts'
import type { Clock, Log } from '../../ports.ts'
import { withDeployLock } from '../ledger/deploy-lock.ts'
import { openEntries } from '../ledger/ledger.ts'
import { LedgerFile } from '../ledger/ledger-file.ts'
import { endUnwatched } from './put-back.ts'

export interface HandOverPorts {
  readonly compute: Compute
  readonly store: ObjectStore
  readonly clock: Clock
  readonly log: Log
}

export interface HandOverOptions {
  readonly group: string
  readonly prefix: string
  /** Random id of the run that was stopped. */
  readonly holder: string
  readonly signal: AbortSignal
  /** Decides the jitter of pauses. */
  readonly random?: () => number
}

/** The run may have been killed with its PATCH under way: what takes longer than this never arrives. */
const LATE_MS = 20_000
/** Its last request may have been to remove its lock: whoever loses that race asks once more. */
const WAIT_MS = 2_000

/**
 * Finishes for a run that was killed what it could not: puts the group back, ends the attempt in the
 * ledger, frees the lock. Where another run has the lock by now, that one does all of it.
 *
 * @throws ActionError LEDGER_*, GCP_*
 */
export async function handOver(ports: HandOverPorts, options: HandOverOptions): Promise<void> {
  const { store, clock, log } = ports
  const { group, prefix, holder, signal, random = Math.random } = options
  const file = new LedgerFile({ store, clock }, { prefix, signal, random })
  const owner = { holder, runUrl: 'the post step of a run that was stopped', actor: '' }
  try {
    const lock = { prefix, owner, signal, waitMs: WAIT_MS, random }
    await withDeployLock({ store, clock, log }, lock, async (either) => {
      // Under the lock every open attempt is that of a run which is no more.
      const isOurs = (): boolean => true
      const unwatched = {
        group,
        isOurs,
        outcome: 'interrupted',
        why: 'the run was stopped',
        lateMs: LATE_MS,
        signal: either,
      } as const
      const isOpen = openEntries(await file.read()).length > 0
      if (isOpen) await endUnwatched({ ...ports, file }, unwatched)
      else log.info('The run left nothing to finish.')
    })
  } catch (error) {
    if (!(error instanceof ActionError)) throw error
    if (error.code === 'DEPLOY_LOCKED') {
      log.info('Another run deploys by now, and settles what this one left.')
    } else if (error.code === 'LEDGER_CONFLICT') {
      // The last thing that the run wrote may arrive while its post step looks on.
      log.info(`Nothing is left to finish. ${error.message}`)
    } else throw error
  }
}
