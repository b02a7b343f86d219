const MINUTE_MS = 60_000
/** Whatever still runs so long after a cancel is killed. */
const CANCEL_PATIENCE_MS = 5 * MINUTE_MS

/** A job's time: so many minutes until it is cancelled, and five more for what it does after that. */
export class Patience {
  readonly minutes: number
  readonly #outer: AbortSignal
  readonly #cancel = new AbortController()
  readonly #deadline = new AbortController()
  readonly #timers: NodeJS.Timeout[] = []

  /** `signal` cancels the job from outside. */
  constructor(minutes: number, signal: AbortSignal) {
    this.minutes = minutes
    this.#outer = signal
    this.#cancel.signal.addEventListener('abort', () =>
      this.#later(() => this.#deadline.abort(), CANCEL_PATIENCE_MS)
    )
    this.#later(() => this.#cancel.abort('timeout'), minutes * MINUTE_MS)
    if (signal.aborted) this.#onCancel()
    else signal.addEventListener('abort', this.#onCancel, { once: true })
  }

  /** Aborted when the job is cancelled, or out of time. */
  get signal(): AbortSignal {
    return this.#cancel.signal
  }

  /** Aborted when nothing more may run. */
  get deadline(): AbortSignal {
    return this.#deadline.signal
  }

  get isOutOfTime(): boolean {
    return this.#cancel.signal.reason === 'timeout'
  }

  end(): void {
    this.#outer.removeEventListener('abort', this.#onCancel)
    for (const timer of this.#timers) clearTimeout(timer)
  }

  readonly #onCancel = (): void => this.#cancel.abort('cancelled')

  #later(task: () => void, delayMs: number): void {
    this.#timers.push(setTimeout(task, delayMs))
  }
}
