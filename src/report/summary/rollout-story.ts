import type { CostReport } from '../../cost/report.ts'
import type { Span } from '../../lib/stopwatch.ts'
import type { TimelineEntry } from '../../release/watch/timeline.ts'

/** How a rollout ended; `refused`: it was not begun, by a guard of ours. */
export type RolloutEnd =
  | 'deployed'
  | 'unchanged'
  | 'rolled_back'
  | 'failed'
  | 'refused'
  | 'cancelled'

/** A VM as it was seen last. */
export interface VmRow {
  readonly name: string
  readonly zone: string
  /** Empty when none is known. */
  readonly release: string
  /** `…@sha256:…`, or empty. */
  readonly image: string
  readonly health: string
  /** Empty where it has none for the outside; undefined: nobody asked. */
  readonly address: string | undefined
}

export interface FailureStory {
  /** One sentence. */
  readonly reason: string
  /** What was seen, the most telling first. */
  readonly evidence: readonly string[]
  /** What VMs that failed said last. */
  readonly logs: readonly { readonly vm: string; readonly text: string }[]
  /** What runs now, in sentences; empty where nothing was touched. */
  readonly ending: string
  /** What to do next. */
  readonly hint: string
}

/** One watch of the group's VMs. */
export interface WatchStory {
  readonly direction: 'forth' | 'back'
  readonly release: string
  readonly endedAtMs: number
  readonly entries: readonly TimelineEntry[]
}

/** All that is known of a deploy or a rollback when it is over; what is not known is undefined or empty. */
export interface RolloutStory {
  readonly kind: 'deploy' | 'rollback'
  readonly end: RolloutEnd
  readonly name: string
  readonly projectId: string
  readonly region: string
  /** The GitHub environment under which it is shown. */
  readonly environment: string | undefined
  /** Name, id or URL of the instance group. */
  readonly group: string | undefined
  readonly release: string | undefined
  /** The release that the group was on before. */
  readonly previousRelease: string | undefined
  /** The release that runs now, where another one was to. */
  readonly runs: string | undefined
  /** The release that a rollback would bring back. */
  readonly wayBack: string | undefined
  /** `…@sha256:…` */
  readonly image: string | undefined
  readonly imageOrigin: 'built' | 'known' | 'given' | undefined
  readonly vms: readonly VmRow[]
  readonly failure: FailureStory | undefined
  /** Of the plan; `isApplied`: whether it was carried out. */
  readonly infrastructure:
    | { readonly add: number; readonly change: number; readonly destroy: number }
    | undefined
  readonly isApplied: boolean
  readonly cost: CostReport | undefined
  readonly url: string
  readonly spans: readonly Span[]
  readonly watches: readonly WatchStory[]
  readonly startedAtMs: number
  readonly endedAtMs: number
  readonly commit: string
  readonly ref: string
  readonly actor: string
  readonly repositoryUrl: string
  readonly runUrl: string
}
