import { asList, asRecord, asText, type JsonRecord, parseJson } from '../../lib/json.ts'
import type { GitHubClient, GitHubRequest } from '../api/client.ts'
import { GitHubError } from '../api/failure.ts'

export type DeploymentState = 'in_progress' | 'success' | 'failure' | 'inactive'

export interface Deployment {
  readonly id: number
  readonly environment: string
  /** Empty where whoever made it left none. */
  readonly payload: JsonRecord
}

export interface NewDeployment {
  readonly environment: string
  /** Of the commit. */
  readonly sha: string
  readonly description: string
  readonly payload: JsonRecord
  /** A field of the payload that no other deployment has with this value. */
  readonly key: string
}

export interface DeploymentStatus {
  readonly state: DeploymentState
  readonly description: string
  readonly logUrl: string
  /** Where the service answers; empty for a worker. */
  readonly environmentUrl: string
}

const PERMISSION = 'deployments: write'
/** The most that GitHub allows for either description. */
const LONGEST_DESCRIPTION = 140
/** How soon after a lost answer to a write the world is looked at again. */
const LOOK_AGAIN_MS = 1_000

/** Newest first; of a commit, or of an environment, at most 100. @throws GitHubError */
export async function listDeployments(
  client: GitHubClient,
  filter: { readonly sha: string } | { readonly environment: string }
): Promise<readonly Deployment[]> {
  const { data } = await client.request({
    route: 'GET /repos/{owner}/{repo}/deployments',
    parameters: { ...filter, per_page: 100 },
    purpose: 'look up the deployments',
    permission: PERMISSION,
  })
  return asList(data).map(readDeployment)
}

/** States and logs, newest first. @throws GitHubError */
export async function listStatuses(
  client: GitHubClient,
  id: number
): Promise<readonly { readonly state: string; readonly logUrl: string }[]> {
  const { data } = await client.request({
    route: 'GET /repos/{owner}/{repo}/deployments/{deployment_id}/statuses',
    parameters: { deployment_id: id, per_page: 30 },
    purpose: 'look up what became of a deployment',
    permission: PERMISSION,
  })
  return asList(data).map((item) => {
    const { state, log_url, target_url } = asRecord(item)
    return { state: asText(state), logUrl: asText(log_url) || asText(target_url) }
  })
}

/**
 * Makes one, and no second one where the answer got lost: its payload tells it from any other.
 *
 * @throws GitHubError
 */
export async function createDeployment(
  client: GitHubClient,
  wanted: NewDeployment
): Promise<number> {
  const request: GitHubRequest = {
    route: 'POST /repos/{owner}/{repo}/deployments',
    parameters: {
      ref: wanted.sha,
      task: 'deploy',
      auto_merge: false,
      // The checks of the commit: this very job is one of them, and not over.
      required_contexts: [],
      environment: wanted.environment,
      description: fitted(wanted.description),
      payload: wanted.payload,
    },
    purpose: `show a deployment to ${wanted.environment}`,
    permission: PERMISSION,
  }
  const create = async () => readDeployment((await client.requestOnce(request)).data).id
  try {
    return await create()
  } catch (error) {
    if (!(error instanceof GitHubError) || !error.isPassing) throw error
    await client.pause(error.waitMs ?? LOOK_AGAIN_MS)
    const made = (await listDeployments(client, { sha: wanted.sha })).find(
      ({ payload }) => payload[wanted.key] === wanted.payload[wanted.key]
    )
    return made?.id ?? create()
  }
}

/** Says what has become of a deployment. @throws GitHubError */
export async function addStatus(
  client: GitHubClient,
  id: number,
  { state, description, logUrl, environmentUrl }: DeploymentStatus
): Promise<void> {
  await client.request({
    route: 'POST /repos/{owner}/{repo}/deployments/{deployment_id}/statuses',
    parameters: {
      deployment_id: id,
      state,
      description: fitted(description),
      log_url: logUrl,
      ...(/^https?:\/\//.test(environmentUrl) && { environment_url: environmentUrl }),
      // GitHub would end those of other services of the same environment, and none of production.
      auto_inactive: false,
    },
    purpose: 'say what became of the deployment',
    permission: PERMISSION,
  })
}

/** One line that GitHub takes, cut where it must be. */
export function fitted(description: string): string {
  const line = description.replace(/\s+/g, ' ').trim()
  if (line.length <= LONGEST_DESCRIPTION) return line
  return `${line.slice(0, LONGEST_DESCRIPTION - 1).replace(/[\ud800-\udbff]$/, '')}…`
}

function readDeployment(item: unknown): Deployment {
  const { id, environment, payload } = asRecord(item)
  // Whatever was given as text comes back as text.
  const fields = typeof payload === 'string' ? parseJson(payload || '{}') : payload
  return { id: Number(id), environment: asText(environment), payload: asRecord(fields) }
}
