import type { Observation, RolloutPolicy } from '../rollout/observation.ts'
import { phaseOf } from './phase.ts'
import { StateBook } from './state-book.ts'

/** From `atMs` on the VM was in this phase; `gone` when it left the group. */
export interface TimelineEntry {
  readonly atMs: number
  readonly vm: string
  readonly phase: string
}

/** Enough for a thousand VMs of an ordinary rollout, and little enough to keep. */
const MAX_ENTRIES = 10_000

/** Which VM was in which phase from when on; of a rollout without end the end is kept. */
export class Timeline {
  readonly #phases: StateBook
  #entries: TimelineEntry[] = []
  #last: Observation | undefined

  constructor(policy: RolloutPolicy) {
    this.#phases = new StateBook((instance, observation) => phaseOf(instance, observation, policy))
  }

  get entries(): readonly TimelineEntry[] {
    return this.#entries
  }

  /** The look that was noted last. */
  get last(): Observation | undefined {
    return this.#last
  }

  note(observation: Observation): void {
    const { atMs } = observation
    this.#last = observation
    for (const { vm, state } of this.#phases.update(observation))
      this.#entries.push({ atMs, vm, phase: state ?? 'gone' })
    if (this.#entries.length > MAX_ENTRIES) this.#entries = this.#entries.slice(-MAX_ENTRIES)
  }
}
