import { systemClock } from '../../adapters/clock.ts'
import { octokitApi } from '../../adapters/network/octokit.ts'
import { GitHubClient, type GitHubOptions, type GitHubPorts } from '../../github/api/client.ts'
import { GitHub } from '../../github/github.ts'
import type { Config } from '../../inputs.ts'
import type { Log } from '../../ports.ts'
import type { Environment } from './environment.ts'

export interface GitHubParts {
  readonly config: Config
  readonly env: Environment
  readonly log: Log
  readonly signal: AbortSignal
}

/** GitHub's API as the owner of the job's token; undefined without one. */
export function composeGitHub(parts: GitHubParts): GitHub | undefined {
  const [ports, options] = connect(parts) ?? []
  return ports && options && new GitHub(ports, options)
}

/** The same, request by request. */
export function composeGitHubClient(parts: GitHubParts): GitHubClient | undefined {
  const [ports, options] = connect(parts) ?? []
  return ports && options && new GitHubClient(ports, options)
}

function connect({
  config,
  env,
  log,
  signal,
}: GitHubParts): readonly [GitHubPorts, GitHubOptions] | undefined {
  if (config.githubToken === '') return undefined
  log.mask(config.githubToken)
  const apiUrl = env['GITHUB_API_URL'] || 'https://api.github.com'
  return [
    { api: octokitApi({ token: config.githubToken, apiUrl }, log), clock: systemClock, log },
    { repository: env['GITHUB_REPOSITORY'] ?? '', signal },
  ]
}
