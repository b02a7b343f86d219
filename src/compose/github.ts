import { systemClock } from '../adapters/clock.ts'
import { octokitApi } from '../adapters/network/octokit.ts'
import { GitHub } from '../github/github.ts'
import type { Config } from '../inputs.ts'
import type { Log } from '../ports.ts'
import type { Environment } from './environment.ts'

/** GitHub's API as the owner of the job's token; undefined without one. */
export function composeGitHub({
  config,
  env,
  log,
  signal,
}: {
  readonly config: Config
  readonly env: Environment
  readonly log: Log
  readonly signal: AbortSignal
}): GitHub | undefined {
  if (config.githubToken === '') return undefined
  log.mask(config.githubToken)
  const apiUrl = env['GITHUB_API_URL'] || 'https://api.github.com'
  return new GitHub(
    { api: octokitApi({ token: config.githubToken, apiUrl }, log), clock: systemClock, log },
    { repository: env['GITHUB_REPOSITORY'] ?? '', signal }
  )
}
