/**
 * Time as the emulated cloud sees it.
 *
 * `now()` is always honest (milliseconds since the epoch): tokens and timestamps are compared by
 * clients that have a clock of their own. Only durations of the cloud itself (provisioning, probe
 * intervals, initial delays) are scaled, through `scaled()`.
 */
export interface Clock {
  now(): number
  /** How long a duration of the cloud lasts here, in milliseconds. */
  scaled(durationMs: number): number
  /** Runs `task` once, `delayMs` (already scaled) from now; the result cancels it. */
  after(delayMs: number, task: () => void): () => void
}

/** The wall clock; cloud durations pass `speed` times as fast. */
export class RealClock implements Clock {
  readonly #speed: number

  constructor(speed = 1) {
    this.#speed = speed
  }

  now(): number {
    return Date.now()
  }

  scaled(durationMs: number): number {
    return durationMs / this.#speed
  }

  after(delayMs: number, task: () => void): () => void {
    // An appointment that is just over is due at once; Node warns of a negative delay.
    const timer = setTimeout(task, Math.max(0, delayMs))
    return () => clearTimeout(timer)
  }
}

interface Appointment {
  readonly at: number
  readonly order: number
  readonly task: () => void
}

/** A clock that moves only when told to; tasks run in order of their time, then of their making. */
export class VirtualClock implements Clock {
  #now: number
  #order = 0
  #appointments: Appointment[] = []

  constructor(startMs = Date.UTC(2026, 0, 1)) {
    this.#now = startMs
  }

  now(): number {
    return this.#now
  }

  scaled(durationMs: number): number {
    return durationMs
  }

  after(delayMs: number, task: () => void): () => void {
    const appointment = { at: this.#now + Math.max(0, delayMs), order: this.#order++, task }
    this.#appointments.push(appointment)
    return () => {
      this.#appointments = this.#appointments.filter((other) => other !== appointment)
    }
  }

  /** Moves `durationMs` forward and runs every task that falls due, including those made on the way. */
  advance(durationMs: number): void {
    const until = this.#now + durationMs
    for (;;) {
      const due = this.#appointments
        .filter((appointment) => appointment.at <= until)
        .sort((a, b) => a.at - b.at || a.order - b.order)[0]
      if (!due) break
      this.#appointments = this.#appointments.filter((other) => other !== due)
      this.#now = due.at
      due.task()
    }
    this.#now = until
  }
}
