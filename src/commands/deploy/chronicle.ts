import type { PreparedImage } from '../../image/story.ts'
import { Trail } from '../../release/attempt/trail.ts'
import type { Infrastructure } from '../../terraform/outputs.ts'
import type { Plan } from '../../terraform/plan.ts'

/** What a deploy finds out one after the other. */
export interface Known {
  readonly plan?: Plan
  /** Set once terraform has carried the plan out. */
  readonly isApplied?: boolean
  readonly infrastructure?: Infrastructure
  readonly imageOrigin?: PreparedImage['kind']
  /** `…@sha256:…` */
  readonly image?: string
  readonly release?: string
}

/** What a deploy knows so far: written while it goes on, read by whoever tells how it ended. */
export class Chronicle {
  readonly startedAtMs: number
  /** Of the roll. */
  readonly trail = new Trail()
  #known: Known = {}

  constructor(startedAtMs: number) {
    this.startedAtMs = startedAtMs
  }

  get known(): Known {
    return this.#known
  }

  note(more: Known): void {
    this.#known = { ...this.#known, ...more }
  }
}
