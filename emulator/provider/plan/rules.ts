import type { Value } from '../wire/values.ts'

/** Decides whether two known values mean the same to Google, so that no difference is planned. */
export type Sameness = (prior: Value, config: Value) => boolean

/**
 * What the provider knows about a resource type beyond its schema. Paths are dotted and without
 * list positions: `disk.source_image`.
 */
export interface PlanRules {
  readonly defaults: Readonly<Record<string, Value>>
  /** Blocks that Google fills in when the configuration leaves them out. */
  readonly computedBlocks: ReadonlySet<string>
  readonly forcesReplacement: (path: string) => boolean
  /** Replacement that depends on the values, such as a range that shrinks. */
  readonly replacesWhen: Readonly<Record<string, (prior: Value, planned: Value) => boolean>>
  /** What an absent value means to Google: writing it or leaving it out is no difference. */
  readonly absentMeans: Readonly<Record<string, Value>>
  /** Rewrites a configured value into the form that the state has (the SDK's StateFunc). */
  readonly canonical: Readonly<Record<string, (config: Value) => Value>>
  readonly sameness: Readonly<Record<string, Sameness>>
  readonly sensitive: ReadonlySet<string>
}
