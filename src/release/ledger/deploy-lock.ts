import { ActionError } from '../../errors.ts'
import type { ObjectStore, StoredText } from '../../google/object-store.ts'
import { renderDuration } from '../../lib/duration.ts'
import { guarded } from '../../lib/guarded.ts'
import { networkReason } from '../../lib/network-reason.ts'
import { type DeployLockPorts, Lease, removeLock } from './lease.ts'
import {
  ageMsOf,
  describeOwner,
  type LockOwner,
  type LockRecord,
  parseLock,
  renderLock,
  STALE_AFTER_MS,
} from './lock-record.ts'

export interface DeployLockOptions {
  /** Folder in the bucket. */
  readonly prefix: string
  readonly owner: LockOwner
  /** Ends the waiting and the work, never the release of the lock. */
  readonly signal: AbortSignal
  /** How long a lock of another run is waited for. */
  readonly waitMs?: number
  readonly random?: () => number
}

const WAIT_MS = 15 * 60_000
const POLL_MS = 5_000
const RACE_PAUSE_MS = 500
/** How long work whose lock was lost may take to stop before the run ends without it. */
const PATIENCE_MS = 120_000

/**
 * Runs `work` while this run alone holds the deploy lock. Its signal aborts when the lock is lost.
 * A lock that cannot be removed afterwards is no failure of the work: it frees itself.
 *
 * @throws ActionError DEPLOY_LOCKED, DEPLOY_LOCK_LOST, GCP_*; what `work` throws
 */
export async function withDeployLock<T>(
  ports: DeployLockPorts,
  options: DeployLockOptions,
  work: (signal: AbortSignal) => Promise<T>
): Promise<T> {
  const lease = await acquireDeployLock(ports, options)
  try {
    return await guarded(options.signal, {
      work,
      guard: (over) => lease.keep(over),
      patienceMs: PATIENCE_MS,
      clock: ports.clock,
    })
  } finally {
    await lease.release().catch((error: unknown) => {
      const freeIn = renderDuration(STALE_AFTER_MS)
      ports.log.warning(
        `The deploy lock could not be removed; it frees itself in ${freeIn}: ${networkReason(error)}`
      )
    })
  }
}

/**
 * Creates the lock, waiting while a living run holds it; one of a run that died is taken over. The
 * lease is not renewed yet.
 *
 * @throws ActionError DEPLOY_LOCKED when the wait was too long, GCP_*; the signal's reason
 */
export async function acquireDeployLock(
  ports: DeployLockPorts,
  options: DeployLockOptions
): Promise<Lease> {
  const wait = new Wait(ports, options)
  let found: StoredText | undefined
  let claim = claimOn(found, options.owner)
  for (let isFirst = true; ; isFirst = false) {
    const lease = claim === undefined ? undefined : await tryClaim(ports, options, claim)
    if (lease) {
      sayTakeover(ports, found, options.owner)
      return lease
    }
    // The first claim is a guess; one that fails after a look at the lock lost a race.
    if (!isFirst) await wait.pause(claim === undefined ? found : undefined)
    found = await ports.store.read(lockName(options.prefix))
    claim = claimOn(found, options.owner)
  }
}

async function tryClaim(
  ports: DeployLockPorts,
  { prefix, owner }: DeployLockOptions,
  ifGeneration: string
): Promise<Lease | undefined> {
  const name = lockName(prefix)
  const confirmedAtMs = ports.clock.now()
  const acquiredAt = new Date(confirmedAtMs).toISOString()
  const text = renderLock({ ...owner, acquiredAt, renewedAt: acquiredAt })
  const written = await ports.store.write(name, text, { ifGeneration })
  if (written === 'conflict') return undefined
  const { generation } = written
  return new Lease(ports, { name, owner, acquiredAt, generation, confirmedAtMs })
}

/** Whether any run, living or dead, holds the lock. */
export async function isDeployLocked(store: ObjectStore, prefix: string): Promise<boolean> {
  return (await store.read(lockName(prefix))) !== undefined
}

/** The lock as it stands, whoever holds it, and how long ago it was renewed; undefined for none. */
export async function findDeployLock(
  store: ObjectStore,
  prefix: string
): Promise<(LockRecord & { readonly ageMs: number }) | undefined> {
  const found = await store.read(lockName(prefix))
  return found && { ...parseLock(found.text), ageMs: ageMsOf(found) }
}

/** For the step after a run that could not do it itself: removes the lock if that run still holds it. */
export async function releaseDeployLock(
  store: ObjectStore,
  { prefix, holder }: { readonly prefix: string; readonly holder: string }
): Promise<void> {
  await removeLock(store, { name: lockName(prefix), holder })
}

function lockName(prefix: string): string {
  return `${prefix}/deploy.lock`
}

/** The generation that may be overwritten; undefined while a living run holds the lock. */
function claimOn(found: StoredText | undefined, owner: LockOwner): string | undefined {
  if (found === undefined) return '0'
  const isOurs = parseLock(found.text).holder === owner.holder
  return isOurs || ageMsOf(found) >= STALE_AFTER_MS ? found.generation : undefined
}

function sayTakeover(
  { log }: DeployLockPorts,
  found: StoredText | undefined,
  owner: LockOwner
): void {
  if (found === undefined) return
  const before = parseLock(found.text)
  log.info(
    before.holder === owner.holder
      ? 'This run holds the deploy lock already, from an earlier start.'
      : `Took over the deploy lock of ${describeOwner(before)}, which did not renew it for ${renderDuration(ageMsOf(found))}.`
  )
}

/** Waits for one holder after the other, up to a limit for all of them. */
class Wait {
  readonly #ports: DeployLockPorts
  readonly #options: DeployLockOptions
  readonly #startedAtMs: number
  #said: string | undefined

  constructor(ports: DeployLockPorts, options: DeployLockOptions) {
    this.#ports = ports
    this.#options = options
    this.#startedAtMs = ports.clock.now()
  }

  /** `found` is the lock of a living run; undefined after a race that was lost. */
  async pause(found: StoredText | undefined): Promise<void> {
    const { clock, log } = this.#ports
    const { signal, waitMs = WAIT_MS, random = Math.random } = this.#options
    const record = parseLock(found?.text ?? '')
    const restMs = this.#startedAtMs + waitMs - clock.now()
    if (restMs <= 0) throw this.#tooLong(record, waitMs)
    if (found && this.#said !== record.holder) {
      this.#said = record.holder
      log.info(`Waiting for the deploy lock: ${describeOwner(record)} holds it.`)
    }
    // Some jitter, so that several waiting runs do not ask in step.
    const pauseMs = (found ? POLL_MS : RACE_PAUSE_MS) * (0.8 + 0.4 * random())
    await clock.sleep(Math.min(pauseMs, restMs), signal)
  }

  #tooLong(record: LockRecord, waitMs: number): ActionError {
    const { store } = this.#ports
    const since = record.acquiredAt && ` since ${record.acquiredAt}`
    return new ActionError(
      'DEPLOY_LOCKED',
      `Another run holds the deploy lock ${store.url(lockName(this.#options.prefix))}${since}: ${describeOwner(record)}. This run waited ${renderDuration(waitMs)} for it.`,
      {
        hint: `Wait for that run to end, or cancel it, then run this job again. A run that died loses the lock after ${renderDuration(STALE_AFTER_MS)} by itself.`,
      }
    )
  }
}
