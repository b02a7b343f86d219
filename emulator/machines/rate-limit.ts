import type { Clock } from '../clock.ts'

const MINUTE_MS = 60_000
const SECOND_MS = 1_000
const PER_MINUTE = 10
const PER_SECOND = 3

/** Google's limit on guest attribute queries of one VM: 10 a minute, at most 3 of them in a second. */
export class RateLimit {
  readonly #clock: Clock
  #taken: number[] = []

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Takes one query, or says that there is none left; a refused query does not count. */
  allow(): boolean {
    const now = this.#clock.now()
    this.#taken = this.#taken.filter((at) => at > now - this.#clock.scaled(MINUTE_MS))
    const burst = this.#taken.filter((at) => at > now - this.#clock.scaled(SECOND_MS))
    if (this.#taken.length >= PER_MINUTE || burst.length >= PER_SECOND) return false
    this.#taken.push(now)
    return true
  }
}
