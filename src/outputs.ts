import type { DeployResult } from './commands/deploy/result.ts'
import type { PlanResult } from './commands/plan.ts'
import type { Annotation } from './ports.ts'
import type { Diagnostic } from './terraform/ui-stream.ts'

export interface Failure {
  readonly message: string
  readonly code: string
  readonly outcome: 'rolled_back' | 'failed'
  /** What to do next; the message ends with it. */
  readonly hint?: string | undefined
  /** The release that runs now, where it is known. */
  readonly runs?: string | undefined
  /** Where it stands in the repository. */
  readonly annotations?: readonly Annotation[] | undefined
  /** Terraform's own errors, with their places. */
  readonly diagnostics?: readonly Diagnostic[] | undefined
}

/** The outputs of action.yml after a deploy that came to its end, as text. */
export function renderOutputs(result: DeployResult): ReadonlyMap<string, string> {
  return new Map([...renderRolloutOutputs(result), ['changes', JSON.stringify(result.changes)]])
}

/** Those of a release that was brought onto the group, whichever way: all that a rollback has. */
export function renderRolloutOutputs(
  result: Omit<DeployResult, 'changes'>
): ReadonlyMap<string, string> {
  return new Map([
    ['outcome', result.outcome],
    ['release', result.release],
    ['previous_release', result.previousRelease],
    ['image', result.image],
    ['vms', JSON.stringify(result.vms)],
    ['url', result.url],
    ['steps', JSON.stringify(result.steps)],
    ['duration_seconds', (result.durationMs / 1000).toFixed(1)],
  ])
}

/** The outputs of action.yml after a plan. */
export function renderPlanOutputs(result: PlanResult): ReadonlyMap<string, string> {
  const { monthlyCostUsd, hasDrift, paths } = result
  return new Map([
    ['has_changes', String(result.hasChanges)],
    ['has_destructive_changes', String(result.hasDestructiveChanges)],
    ['changes', JSON.stringify(result.changes)],
    ['plan_hash', result.planHash],
    ['monthly_cost_usd', monthlyCostUsd === undefined ? '' : monthlyCostUsd.toFixed(2)],
    ['comment_url', result.commentUrl],
    ['has_drift', hasDrift === undefined ? '' : String(hasDrift)],
    ['plan_path', paths.plan],
    ['plan_json_path', paths.json],
    ['plan_markdown_path', paths.markdown],
  ])
}

/** The outputs after a failure: what went wrong, in a code to branch on and in words. */
export function renderFailure({
  message,
  code,
  outcome,
  runs,
}: Failure): ReadonlyMap<string, string> {
  return new Map([
    ['outcome', outcome],
    ['release', runs ?? ''],
    ['failure_code', code],
    ['failure_reason', message],
  ])
}
