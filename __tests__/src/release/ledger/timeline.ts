import type { Clock } from '../../../../src/ports.ts'

interface Sleeper {
  readonly wakeAtMs: number
  readonly wake: () => void
}

const MOST_WAKINGS = 100_000

/**
 * A clock for several sleepers at once: nobody waits for real, and when all are asleep time jumps
 * to the moment at which the first one wakes.
 */
export class Timeline implements Clock {
  readonly #sleepers = new Set<Sleeper>()
  #nowMs: number

  constructor(startMs = Date.UTC(2026, 10, 23)) {
    this.#nowMs = startMs
  }

  now(): number {
    return this.#nowMs
  }

  sleep(durationMs: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason)
      const stop = (): void => {
        this.#sleepers.delete(sleeper)
        reject(signal.reason)
      }
      const wake = (): void => {
        signal.removeEventListener('abort', stop)
        resolve()
      }
      const sleeper = { wakeAtMs: this.#nowMs + durationMs, wake }
      signal.addEventListener('abort', stop, { once: true })
      this.#sleepers.add(sleeper)
    })
  }

  /** How many are asleep: what would keep a process alive. */
  get sleeperCount(): number {
    return this.#sleepers.size
  }

  /** Another clock on the same time, wrong by `offByMs`. */
  offBy(offByMs: number): Clock {
    return {
      now: () => this.#nowMs + offByMs,
      sleep: (durationMs, signal) => this.sleep(durationMs, signal),
    }
  }

  /** Lets time pass until `work` is over, and gives its outcome. */
  async play<T>(work: Promise<T>): Promise<T> {
    let isOver = false
    const settled = work.then(
      () => undefined,
      () => undefined
    )
    settled.then(() => {
      isOver = true
    })
    await allAsleep()
    for (let count = 0; !isOver; count++) {
      if (count === MOST_WAKINGS) throw new Error('it seems that this never ends')
      this.#wakeNext()
      await allAsleep()
    }
    return work
  }

  #wakeNext(): void {
    const [first] = [...this.#sleepers].sort((a, b) => a.wakeAtMs - b.wakeAtMs)
    if (!first) throw new Error('everybody waits, and nobody for the time to pass')
    this.#sleepers.delete(first)
    this.#nowMs = Math.max(this.#nowMs, first.wakeAtMs)
    first.wake()
  }
}

/** Whatever promises can do without time passing is done after this. */
function allAsleep(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
