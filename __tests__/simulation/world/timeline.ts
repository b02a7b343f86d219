import type { Clock as CloudClock } from '../../../emulator/clock.ts'

interface Appointment {
  readonly atMs: number
  readonly order: number
  task: (() => void) | undefined
}

/**
 * The virtual time of one run, for the cloud and for the engine alike. A heap, since a run makes
 * thousands of appointments; tasks run in order of their time, then of their making.
 */
export class Timeline implements CloudClock {
  #nowMs: number
  #order = 0
  readonly #heap: Appointment[] = []

  constructor(startMs = Date.UTC(2026, 10, 23)) {
    this.#nowMs = startMs
  }

  now(): number {
    return this.#nowMs
  }

  scaled(durationMs: number): number {
    return durationMs
  }

  after(delayMs: number, task: () => void): () => void {
    const appointment: Appointment = {
      // The real clock has no fractions, and they would show in what the cloud writes.
      atMs: this.#nowMs + Math.max(0, Math.ceil(delayMs)),
      order: this.#order++,
      task,
    }
    this.#push(appointment)
    return () => {
      // It stays in the heap until its time: taking it out would cost more than passing over it.
      appointment.task = undefined
    }
  }

  /** Runs the next appointment, and moves to its time; false when none is left up to `untilMs`. */
  step(untilMs = Number.POSITIVE_INFINITY): boolean {
    for (;;) {
      const first = this.#heap[0]
      if (first === undefined || first.atMs > untilMs) return false
      this.#pop()
      if (first.task === undefined) continue
      this.#nowMs = first.atMs
      first.task()
      return true
    }
  }

  #push(appointment: Appointment): void {
    const heap = this.#heap
    let at = heap.length
    heap.push(appointment)
    while (at > 0) {
      const parent = (at - 1) >> 1
      const above = heap[parent]
      if (above === undefined || !isBefore(appointment, above)) break
      heap[at] = above
      at = parent
    }
    heap[at] = appointment
  }

  #pop(): void {
    const heap = this.#heap
    const last = heap.pop()
    if (last === undefined || heap.length === 0) return
    let at = 0
    for (;;) {
      const child = this.#earlierChild(at)
      const below = heap[child]
      if (below === undefined || !isBefore(below, last)) break
      heap[at] = below
      at = child
    }
    heap[at] = last
  }

  #earlierChild(at: number): number {
    const left = this.#heap[2 * at + 1]
    const right = this.#heap[2 * at + 2]
    return left && right && isBefore(right, left) ? 2 * at + 2 : 2 * at + 1
  }
}

function isBefore(one: Appointment, other: Appointment): boolean {
  return one.atMs < other.atMs || (one.atMs === other.atMs && one.order < other.order)
}
