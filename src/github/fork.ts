import type { PullRequestEvent } from './pull-request-event.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** Whether GitHub gives this job neither an OIDC token nor the right to comment, whatever it asks for. */
export function isWithoutToken(
  { isFork, isDependabot }: PullRequestEvent,
  env: Environment
): boolean {
  const hasOidc = (env['ACTIONS_ID_TOKEN_REQUEST_TOKEN'] ?? '') !== ''
  return (isFork || isDependabot) && !hasOidc
}

/** For the page of the run: why there is no plan, and what to do. */
export function explainNoToken({ isFork, number }: PullRequestEvent): string {
  const whose = isFork ? 'comes from a fork' : 'was opened by Dependabot'
  return `Pull request #${number} ${whose}, so GitHub gives this job no OIDC token and a token that may only read: there is no plan, and that is no failure. Somebody with write access can push the same commits to a branch of this repository, which is planned then.\n`
}
