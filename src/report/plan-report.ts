import type { CostReport } from '../cost/report.ts'
import type { RolloutPreview } from '../release/preview.ts'
import type { Diagnostic } from '../terraform/ui-stream.ts'
import type { Counts } from './plan/changes.ts'
import type { Leaks } from './sections/leaks.ts'

/** Everything that a report of a plan is made of. */
export interface PlanReport {
  /** Name of the service. */
  readonly name: string
  /** Parsed `terraform show -json`; undefined when planning failed before there was a plan. */
  readonly plan: unknown
  readonly failure?: { readonly diagnostics: readonly Diagnostic[] } | undefined
  /** Those of terraform's warnings that came while planning: a plan does not hold them. */
  readonly warnings?: readonly Diagnostic[] | undefined
  readonly terraformVersion: string
  readonly planHash: string
  readonly commit: string
  readonly runUrl: string
  readonly rollout?: RolloutPreview | undefined
  readonly cost?: CostReport | undefined
  /** Undefined where nobody looked for any. */
  readonly leaks?: Leaks | undefined
  /** Values to hide wherever they appear. */
  readonly secrets: readonly string[]
  /** Root variables whose values are secret, besides those that the configuration marks. */
  readonly sensitiveVariables: readonly string[]
  /** What the comment begins with: the HTML comment by which it is found again. */
  readonly marker: string
}

export interface RenderedReport {
  /** Markdown of at most 65,536 UTF-16 units. */
  readonly comment: string
  /** Markdown of at most 1 MiB. */
  readonly summary: string
  /** Everything, as plain text. */
  readonly log: string
  /** The line that answers "may I merge?", as plain text. */
  readonly headline: string
  readonly hasChanges: boolean
  readonly hasDestructiveChanges: boolean
  readonly counts: Counts
}
