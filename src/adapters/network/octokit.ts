import type { GitHubApi } from '../../github/api/port.ts'
import { asRecord } from '../../lib/json.ts'
import type { Log } from '../../ports.ts'

export interface OctokitOptions {
  readonly token: string
  /** GITHUB_API_URL: `https://api.github.com`, or `https://HOST/api/v3` of an Enterprise Server. */
  readonly apiUrl: string
}

/**
 * GitHub's API through @actions/github, which honours HTTP(S)_PROXY and NO_PROXY. It is loaded by
 * the first request: most jobs never make one. It never retries: policy is the client's affair.
 */
export function octokitApi({ token, apiUrl }: OctokitOptions, log: Log): GitHubApi {
  let loading: ReturnType<typeof load> | undefined
  return {
    send: async ({ route, parameters, timeoutMs, signal }) => {
      loading ??= load(token, apiUrl, log)
      const octokit = await loading
      const either = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)])
      // An Enterprise Server has GraphQL beside its REST API and not below it.
      const baseUrl = route === 'POST /graphql' ? apiUrl.replace(/\/v3\/?$/, '') : apiUrl
      try {
        const answer = await octokit.request(route, {
          ...parameters,
          baseUrl,
          // Without a log of its own a request speaks to the console.
          request: { signal: either, log: octokit.log },
        })
        return { status: answer.status, headers: toHeaders(answer.headers), data: answer.data }
      } catch (error) {
        return readAnswer(error)
      }
    },
  }
}

async function load(token: string, baseUrl: string, log: Log) {
  const { getOctokit } = await import('@actions/github')
  // Octokit's own log is the console, which knows no secrets.
  const say = (message: string): void => log.debug(message)
  return getOctokit(token, { baseUrl, log: { debug: say, info: say, warn: say, error: say } })
}

/** Octokit throws every status from 300 on. @throws what has no answer at all */
function readAnswer(error: unknown): Awaited<ReturnType<GitHubApi['send']>> {
  const response = asRecord(asRecord(error)['response'])
  const { status, headers, data } = response
  if (typeof status !== 'number') throw error
  return { status, headers: toHeaders(headers), data }
}

function toHeaders(headers: unknown): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(asRecord(headers)).map(([name, value]) => [name.toLowerCase(), String(value)])
  )
}
