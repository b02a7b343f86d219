import { randomFrom } from '../../src/release/random.ts'

/** Equal seeds give equal choices, so that a failing case can be made again. */
export class Random {
  readonly #next: () => number

  constructor(seed: number) {
    this.#next = randomFrom(seed)
  }

  /** From 0 up to, but not including, 1. */
  number(): number {
    return this.#next()
  }

  below(limit: number): number {
    return Math.floor(this.number() * limit)
  }

  chance(probability: number): boolean {
    return this.number() < probability
  }

  pick<T>(choices: readonly [T, ...T[]]): T {
    return choices[this.below(choices.length)] ?? choices[0]
  }
}
