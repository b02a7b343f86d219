import type { Clock } from '../ports.ts'

export interface Lap {
  readonly name: string
  readonly ms: number
}

/** When a piece of work was done. */
export interface Span {
  readonly name: string
  /** Milliseconds since the epoch. */
  readonly startedAtMs: number
  /** Undefined while it goes on. */
  readonly endedAtMs: number | undefined
  readonly hasFailed: boolean
}

/** Times named pieces of work, also those that run side by side. */
export class Stopwatch {
  readonly #clock: Clock
  readonly #laps: Lap[] = []
  readonly #spans: Span[] = []

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Runs `work` and keeps how long it took, also when it fails. */
  async time<T>(name: string, work: () => Promise<T>): Promise<T> {
    const startedAtMs = this.#clock.now()
    const place = this.#spans.length
    this.#spans.push({ name, startedAtMs, endedAtMs: undefined, hasFailed: false })
    let hasFailed = true
    try {
      const result = await work()
      hasFailed = false
      return result
    } finally {
      const endedAtMs = this.#clock.now()
      this.#laps.push({ name, ms: endedAtMs - startedAtMs })
      this.#spans[place] = { name, startedAtMs, endedAtMs, hasFailed }
    }
  }

  /** What is over, in the order of its end. */
  get laps(): readonly Lap[] {
    return this.#laps
  }

  /** Everything that was begun, in the order of its beginning. */
  get spans(): readonly Span[] {
    return this.#spans
  }
}
