import type { DeployResult } from './commands/deploy.ts'

export interface Failure {
  readonly message: string
  readonly code: string
  readonly outcome: 'rolled_back' | 'failed'
  /** The release that runs now, where it is known. */
  readonly runs?: string | undefined
}

/** The outputs of action.yml after a deploy that came to its end, as text. */
export function renderOutputs(result: DeployResult): ReadonlyMap<string, string> {
  return new Map([
    ['outcome', result.outcome],
    ['release', result.release],
    ['previous_release', result.previousRelease],
    ['image', result.image],
    ['changes', JSON.stringify(result.changes)],
    ['vms', JSON.stringify(result.vms)],
    ['url', result.url],
    ['steps', JSON.stringify(result.steps)],
    ['duration_seconds', (result.durationMs / 1000).toFixed(1)],
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
