import type { FinalVerdict, RolloutPolicy } from '../rollout/observation.ts'
import { Timeline } from '../watch/timeline.ts'

/** One watch of an attempt: forth to its release, or back to an earlier one. */
export interface Leg {
  readonly direction: 'forth' | 'back'
  readonly release: string
  readonly startedAtMs: number
  readonly timeline: Timeline
}

/** What turned out on the way. */
export interface Turns {
  /** The release that the group was on before; empty when there was none. */
  readonly previousRelease?: string
  /** Why the release did not arrive. */
  readonly verdict?: Exclude<FinalVerdict, { kind: 'verified' }>
  /** How the group was left after a failure, in sentences. */
  readonly ending?: string
}

/** The track of an attempt, laid while it goes on: it can be told however the attempt ends. */
export class Trail {
  readonly #legs: Leg[] = []
  #turns: Turns = {}

  get legs(): readonly Leg[] {
    return this.#legs
  }

  get turns(): Turns {
    return this.#turns
  }

  /** Begins a watch. @returns where it is to be noted */
  begin(direction: Leg['direction'], policy: RolloutPolicy, startedAtMs: number): Timeline {
    const timeline = new Timeline(policy)
    this.#legs.push({ direction, release: policy.release, startedAtMs, timeline })
    return timeline
  }

  note(turns: Turns): void {
    this.#turns = { ...this.#turns, ...turns }
  }
}
