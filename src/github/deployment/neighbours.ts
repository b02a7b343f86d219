import type { GitHubClient } from '../api/client.ts'
import { type Deployment, listDeployments, listStatuses } from './deployments.ts'

/** What a deployment is one of, among those of an environment. */
export interface ServiceIdentity {
  readonly name: string
  readonly projectId: string
  readonly region: string
}

interface Place extends ServiceIdentity {
  readonly environment: string
  readonly commit: string
  readonly runUrl: string
}

/** How far back an active deployment is looked for; those before it have been ended in their turn. */
const MOST_LOOKED_AT = 5

/**
 * Whether GitHub itself made a deployment for this run because a job of it has the environment:
 * not where that says `deployment: false`. Another one of ours, as of another service in the same
 * run, is none.
 *
 * @throws GitHubError
 */
export async function hasJobItsOwn(
  client: GitHubClient,
  { environment, commit, runUrl }: Place
): Promise<boolean> {
  // By commit and not by name: GitHub takes "Production" and "production" for the same.
  const candidates = (await listDeployments(client, { sha: commit })).filter(
    (deployment) => isSameName(deployment.environment, environment) && !isOurs(deployment)
  )
  for (const { id } of candidates.slice(0, MOST_LOOKED_AT)) {
    const statuses = await listStatuses(client, id)
    if (statuses.some(({ logUrl }) => isOfRun(logUrl, runUrl))) return true
  }
  return false
}

/** Deployments of the same service that GitHub still shows as active, besides `latest`. @throws GitHubError */
export async function findEarlier(
  client: GitHubClient,
  service: ServiceIdentity & { readonly environment: string },
  latest: number
): Promise<readonly number[]> {
  const { environment } = service
  const candidates = (await listDeployments(client, { environment })).filter(
    (deployment) => deployment.id < latest && isOf(deployment, service)
  )
  for (const { id } of candidates.slice(0, MOST_LOOKED_AT)) {
    const [newest] = await listStatuses(client, id)
    if (newest?.state === 'success') return [id]
    if (newest?.state === 'inactive') return []
  }
  return []
}

/** What the jobs of GitHub's own make has no payload. */
function isOurs({ payload }: Deployment): boolean {
  return typeof payload['holder'] === 'string'
}

function isOf({ payload }: Deployment, { name, projectId, region }: ServiceIdentity): boolean {
  return (
    payload['name'] === name && payload['project'] === projectId && payload['region'] === region
  )
}

function isSameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}

/** The address of the run itself, of one of its jobs, of one of its attempts. */
function isOfRun(url: string, runUrl: string): boolean {
  const [, run] = /\/actions\/runs\/(\d+)$/.exec(runUrl) ?? []
  return run !== undefined && new RegExp(`/actions/runs/${run}(?:/|$)`).test(url)
}
