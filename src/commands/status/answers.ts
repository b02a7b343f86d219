import { ActionError, describeError } from '../../errors.ts'

/** What could be read, and what could not: one answer that is missing must not hide the others. */
export class Answers {
  readonly #failures: ActionError[] = []
  readonly #signal: AbortSignal

  constructor(signal: AbortSignal) {
    this.#signal = signal
  }

  /** The first is what the job fails with. */
  get failures(): readonly ActionError[] {
    return this.#failures
  }

  /** Each once, in words: what one VM's reading is denied, all others' are. */
  get problems(): readonly string[] {
    return [...new Set(this.#failures.map(describeError))]
  }

  /** The answer; undefined where Google gave none. @throws the signal's reason, and our own bugs */
  async take<T>(question: () => Promise<T>): Promise<T | undefined> {
    try {
      return await question()
    } catch (error) {
      this.#signal.throwIfAborted()
      if (!(error instanceof ActionError)) throw error
      this.#failures.push(error)
      return undefined
    }
  }
}
