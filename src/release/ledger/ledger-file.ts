import { ActionError } from '../../errors.ts'
import type { ObjectStore } from '../../google/object-store.ts'
import { type Attempt, retry } from '../../lib/retry.ts'
import type { Clock } from '../../ports.ts'
import {
  type Closing,
  closeEntry,
  EMPTY_LEDGER,
  type Ledger,
  type NewEntry,
  openEntry,
} from './ledger.ts'
import { parseLedger, renderLedger } from './ledger-format.ts'

export interface LedgerFilePorts {
  readonly store: ObjectStore
  readonly clock: Clock
}

export interface LedgerFileOptions {
  /** Folder in the bucket. */
  readonly prefix: string
  /** Ends the pauses between attempts; like the store's it should outlive a cancel. */
  readonly signal: AbortSignal
  readonly random?: () => number
}

/**
 * Whoever writes holds the deploy lock, so conflicts are rare, and Google takes one write a second.
 * Long, because requests that hang count as well and an entry that is not written is a loss.
 */
const PATIENCE = { totalMs: 300_000, firstDelayMs: 250, maxDelayMs: 4_000 }

/** The ledger in the state bucket. No change is ever lost to another writer, or made twice. */
export class LedgerFile {
  readonly #ports: LedgerFilePorts
  readonly #options: LedgerFileOptions
  readonly #name: string

  constructor(ports: LedgerFilePorts, options: LedgerFileOptions) {
    this.#ports = ports
    this.#options = options
    this.#name = `${options.prefix}/releases.json`
  }

  /**
   * An empty ledger before the first deploy.
   *
   * @throws ActionError LEDGER_UNREADABLE, GCP_*
   */
  async read(): Promise<Ledger> {
    const { ledger } = await this.#load()
    return ledger
  }

  /**
   * Adds an open entry and gives its number.
   *
   * @throws ActionError LEDGER_UNREADABLE, LEDGER_BUSY, GCP_*
   */
  async open(entry: NewEntry): Promise<number> {
    const startedAt = this.#now()
    const tried = new Set<number>()
    let attempt = 0
    await this.change((ledger) => {
      // Written by an earlier try whose answer was lost, and with another run's entry behind it by now.
      const ours = ledger.entries.find(
        (known) => known.holder === entry.holder && tried.has(known.attempt)
      )
      const next = ours ? ledger : openEntry(ledger, entry, startedAt)
      attempt = ours?.attempt ?? next.entries.at(-1)?.attempt ?? 0
      tried.add(attempt)
      return next
    })
    return attempt
  }

  /**
   * Writes down how an attempt ended; a second time with the same outcome changes nothing.
   *
   * @throws ActionError LEDGER_CONFLICT when it ended in another way already, LEDGER_UNREADABLE, LEDGER_BUSY, GCP_*
   */
  async close(attempt: number, closing: Closing): Promise<Ledger> {
    const finishedAt = this.#now()
    return this.change((ledger) => closeEntry(ledger, attempt, { ...closing, finishedAt }))
  }

  /**
   * Replaces the ledger by what `change` makes of it, and gives that; the same ledger again means
   * that nothing is to be written. `change` may be called again, also on a ledger in which its
   * effect stands already, and must see that.
   *
   * @throws what `change` throws; ActionError LEDGER_UNREADABLE, LEDGER_BUSY, GCP_*
   */
  async change(change: (ledger: Ledger) => Ledger): Promise<Ledger> {
    const { signal, random = Math.random } = this.#options
    const tools = { clock: this.#ports.clock, signal, random }
    return retry(() => this.#tryChange(change), PATIENCE, tools)
  }

  async #tryChange(change: (ledger: Ledger) => Ledger): Promise<Attempt<Ledger>> {
    const { ledger, generation } = await this.#load()
    const next = change(ledger)
    if (next === ledger) return { done: ledger }
    const written = await this.#ports.store.write(this.#name, renderLedger(next), {
      ifGeneration: generation,
    })
    if (written !== 'conflict') return { done: next }
    return { again: 'somebody else changed the ledger', giveUp: () => this.#giveUp() }
  }

  async #load(): Promise<{ readonly ledger: Ledger; readonly generation: string }> {
    const { store } = this.#ports
    const found = await store.read(this.#name)
    if (found === undefined) return { ledger: EMPTY_LEDGER, generation: '0' }
    const ledger = parseLedger(found.text, store.url(this.#name))
    return { ledger, generation: found.generation }
  }

  #giveUp(): never {
    throw new ActionError(
      'LEDGER_BUSY',
      `Could not write the ledger ${this.#ports.store.url(this.#name)}: others changed it each time between reading and writing.`,
      {
        hint: 'Look for runs or scripts that write this object without end, then run the job again.',
      }
    )
  }

  #now(): string {
    return new Date(this.#ports.clock.now()).toISOString()
  }
}
