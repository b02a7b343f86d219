import type { GoogleFailure } from './failure.ts'
import type { Surroundings } from './surroundings.ts'

/** What a failure means, and what to do about it. */
export interface Advice {
  /** One or two sentences. */
  readonly means: string
  /** What can be pasted: a command, or lines of YAML or HCL. */
  readonly fix: string
}

/** A failure that is known, and how it is told from others. */
export interface Row {
  readonly id: string
  /** Undefined for any other failure. */
  readonly explain: (failure: GoogleFailure, surroundings: Surroundings) => Advice | undefined
}
