import type { Clock } from '../ports.ts'

export interface Lap {
  readonly name: string
  readonly ms: number
}

/** Times named pieces of work, also those that run side by side. */
export class Stopwatch {
  readonly #clock: Clock
  readonly #laps: Lap[] = []

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Runs `work` and keeps how long it took, also when it fails. */
  async time<T>(name: string, work: () => Promise<T>): Promise<T> {
    const startedAt = this.#clock.now()
    try {
      return await work()
    } finally {
      this.#laps.push({ name, ms: this.#clock.now() - startedAt })
    }
  }

  get laps(): readonly Lap[] {
    return this.#laps
  }
}
