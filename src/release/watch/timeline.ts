import type { Observation, RolloutPolicy } from '../rollout/observation.ts'
import { phaseOf } from './phase.ts'

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
  readonly #policy: RolloutPolicy
  #phases: ReadonlyMap<string, string> = new Map()
  #entries: TimelineEntry[] = []

  constructor(policy: RolloutPolicy) {
    this.#policy = policy
  }

  get entries(): readonly TimelineEntry[] {
    return this.#entries
  }

  note(observation: Observation): void {
    const { atMs, instances } = observation
    const phases = new Map<string, string>()
    for (const instance of instances) {
      const phase = phaseOf(instance, observation, this.#policy)
      phases.set(instance.name, phase)
      if (this.#phases.get(instance.name) !== phase)
        this.#entries.push({ atMs, vm: instance.name, phase })
    }
    for (const vm of this.#phases.keys()) {
      if (!phases.has(vm)) this.#entries.push({ atMs, vm, phase: 'gone' })
    }
    this.#phases = phases
    if (this.#entries.length > MAX_ENTRIES) this.#entries = this.#entries.slice(-MAX_ENTRIES)
  }
}
