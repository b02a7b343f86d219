/** Lets work on one thing happen one at a time, in the order of asking. */
export class Turns {
  readonly #last = new Map<string, Promise<unknown>>()

  /** Runs `work` once everything asked for earlier under the same key has ended, well or badly. */
  take<T>(key: string, work: () => Promise<T>): Promise<T> {
    const mine = (this.#last.get(key) ?? Promise.resolve()).then(work, work)
    this.#last.set(key, mine)
    const forget = (): void => {
      if (this.#last.get(key) === mine) this.#last.delete(key)
    }
    mine.then(forget, forget)
    return mine
  }
}
