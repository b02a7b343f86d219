import type { Observation } from '../rollout/observation.ts'
import type { TimelineEntry } from '../watch/timeline.ts'

/** An attempt that ended well. */
export interface Attempted {
  /** False when the group ran the release already, verified, and nothing was sent. */
  readonly wasRolled: boolean
  /** The release that the group was on before; empty when there was none. */
  readonly previousRelease: string
  /** The release that a rollback would bring back from a push of this one; empty when there is none. */
  readonly wayBack: string
  readonly observation: Observation
  readonly timeline: readonly TimelineEntry[]
}
