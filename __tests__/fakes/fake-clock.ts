import type { Clock } from '../../src/ports.ts'

/** Time passes only when somebody sleeps, or when a test says so. */
export class FakeClock implements Clock {
  /** How long each sleep was asked to be, in order. */
  readonly sleepsMs: number[] = []
  #nowMs: number

  constructor(startMs = Date.UTC(2026, 10, 23)) {
    this.#nowMs = startMs
  }

  now(): number {
    return this.#nowMs
  }

  async sleep(durationMs: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    this.sleepsMs.push(durationMs)
    this.#nowMs += durationMs
  }

  advance(durationMs: number): void {
    this.#nowMs += durationMs
  }
}
