import { ActionError } from '../../errors.ts'
import type { ObjectStore } from '../../google/object-store.ts'
import { renderDuration } from '../../lib/duration.ts'
import { guarded } from '../../lib/guarded.ts'
import { networkReason } from '../../lib/network-reason.ts'
import type { Clock, Log } from '../../ports.ts'
import {
  describeOwner,
  type LockOwner,
  parseLock,
  renderLock,
  STALE_AFTER_MS,
} from './lock-record.ts'

export interface DeployLockPorts {
  /** Its client's signal must outlive a cancel, or a cancelled run keeps the lock until it is stale. */
  readonly store: ObjectStore
  readonly clock: Clock
  readonly log: Log
}

/** A lock as it was written. */
export interface HeldLock {
  /** Name of the object. */
  readonly name: string
  readonly owner: LockOwner
  readonly acquiredAt: string
  readonly generation: string
  /** When the write that is known to have succeeded was begun, by our own clock. */
  readonly confirmedAtMs: number
}

const RENEW_EVERY_MS = 60_000
const RETRY_AFTER_MS = 10_000
/** Given up before others may take it, so that the work is told in time. */
const LOST_AFTER_MS = STALE_AFTER_MS - 15_000

/** A lock that this run holds: renewed by `keep`, gone after `release`. */
export class Lease {
  readonly #ports: DeployLockPorts
  #held: HeldLock

  constructor(ports: DeployLockPorts, held: HeldLock) {
    this.#ports = ports
    this.#held = held
  }

  /**
   * Renews until `over` aborts. One renewal that fails is tried again; only so many that the lock
   * may be somebody else's by now are the end.
   *
   * @throws ActionError DEPLOY_LOCK_LOST; the reason of `over`
   */
  async keep(over: AbortSignal): Promise<never> {
    const { clock, log } = this.#ports
    let dueAtMs = this.#held.confirmedAtMs + RENEW_EVERY_MS
    for (;;) {
      await clock.sleep(Math.max(dueAtMs - clock.now(), 0), over)
      try {
        await this.#renewInTime(over)
        dueAtMs = this.#held.confirmedAtMs + RENEW_EVERY_MS
      } catch (error) {
        over.throwIfAborted()
        if (error instanceof ActionError && error.code === 'DEPLOY_LOCK_LOST') throw error
        log.info(
          `The deploy lock could not be renewed, which is tried again: ${networkReason(error)}`
        )
        dueAtMs = clock.now() + RETRY_AFTER_MS
      }
    }
  }

  /** Removes the lock if it is still ours. */
  async release(): Promise<void> {
    const { name, owner, generation } = this.#held
    await removeLock(this.#ports.store, { name, holder: owner.holder, generation })
  }

  /** A request that hangs must not hide that the time is up. */
  async #renewInTime(over: AbortSignal): Promise<void> {
    const { clock } = this.#ports
    const restMs = Math.max(this.#held.confirmedAtMs + LOST_AFTER_MS - clock.now(), 0)
    const guard = async (renewed: AbortSignal): Promise<never> => {
      await clock.sleep(restMs, renewed)
      throw this.#tooLate()
    }
    await guarded(over, { work: () => this.#renew(), guard, patienceMs: 0, clock })
  }

  async #renew(): Promise<void> {
    if (await this.#rewrite(this.#held.generation)) return
    // Somebody else's, or our own earlier renewal that we took for failed.
    const { name, owner } = this.#held
    const found = await this.#ports.store.read(name)
    if (found === undefined) throw this.#lost('somebody removed it')
    const there = parseLock(found.text)
    if (there.holder !== owner.holder) throw this.#lost(`${describeOwner(there)} has it now`)
    if (!(await this.#rewrite(found.generation))) throw this.#lost('it changed hands just now')
  }

  async #rewrite(ifGeneration: string): Promise<boolean> {
    const confirmedAtMs = this.#ports.clock.now()
    const { name, owner, acquiredAt } = this.#held
    const renewedAt = new Date(confirmedAtMs).toISOString()
    const text = renderLock({ ...owner, acquiredAt, renewedAt })
    const written = await this.#ports.store.write(name, text, { ifGeneration })
    if (written === 'conflict') return false
    this.#held = { ...this.#held, generation: written.generation, confirmedAtMs }
    return true
  }

  #tooLate(): ActionError {
    return this.#lost(`it could not be renewed for ${renderDuration(LOST_AFTER_MS)}`)
  }

  #lost(why: string): ActionError {
    const { store } = this.#ports
    return new ActionError(
      'DEPLOY_LOCK_LOST',
      `This run lost its deploy lock ${store.url(this.#held.name)}: ${why}.`,
      {
        hint: 'Another run may be deploying: look at what it came to before running this job again.',
      }
    )
  }
}

/** Removes a lock of this holder, whichever generation it has by now; anybody else's stays. */
export async function removeLock(
  store: ObjectStore,
  lock: { readonly name: string; readonly holder: string; readonly generation?: string }
): Promise<void> {
  let generation = lock.generation ?? (await ownGeneration(store, lock))
  // Only a renewal of our own that was under way can make this go round again.
  while (generation !== undefined) {
    const outcome = await store.remove(lock.name, { ifGeneration: generation })
    generation = outcome === 'conflict' ? await ownGeneration(store, lock) : undefined
  }
}

async function ownGeneration(
  store: ObjectStore,
  { name, holder }: { readonly name: string; readonly holder: string }
): Promise<string | undefined> {
  const found = await store.read(name)
  return found && parseLock(found.text).holder === holder ? found.generation : undefined
}
