import type { DeployResult } from './commands/deploy.ts'

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
export function renderFailure(message: string, code: string): ReadonlyMap<string, string> {
  return new Map([
    ['outcome', 'failed'],
    ['failure_code', code],
    ['failure_reason', message],
  ])
}
