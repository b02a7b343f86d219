import type { DeploymentStatus, EmulatedDeployment } from '../deployments.ts'
import { actor } from '../store.ts'
import { ACTIONS_APP, type Surroundings, viewUser } from './views.ts'

export function viewDeployment(deployment: EmulatedDeployment, surroundings: Surroundings) {
  const { id, environment, createdAt, creator, statuses } = deployment
  const url = urlOf(id, surroundings)
  return {
    url,
    id,
    node_id: `DE_${Buffer.from(String(id)).toString('base64url')}`,
    task: deployment.task,
    original_environment: environment,
    environment,
    description: deployment.description || null,
    created_at: createdAt,
    updated_at: statuses.at(-1)?.createdAt ?? createdAt,
    statuses_url: `${url}/statuses`,
    repository_url: repositoryUrl(surroundings),
    creator: viewUser(actor(creator)),
    sha: deployment.sha,
    ref: deployment.ref,
    payload: deployment.payload,
    transient_environment: deployment.isTransient,
    production_environment: deployment.isProduction,
    performed_via_github_app: appOf(creator),
  }
}

export function viewStatus(
  status: DeploymentStatus,
  deployment: EmulatedDeployment,
  surroundings: Surroundings
) {
  const { id, state, description, logUrl, environmentUrl, creator, createdAt } = status
  const deploymentUrl = urlOf(deployment.id, surroundings)
  return {
    url: `${deploymentUrl}/statuses/${id}`,
    id,
    node_id: `DES_${Buffer.from(String(id)).toString('base64url')}`,
    state,
    creator: viewUser(actor(creator)),
    description,
    environment: deployment.environment,
    // The older name of the same link.
    target_url: logUrl,
    created_at: createdAt,
    updated_at: createdAt,
    deployment_url: deploymentUrl,
    repository_url: repositoryUrl(surroundings),
    environment_url: environmentUrl,
    log_url: logUrl,
    performed_via_github_app: appOf(creator),
  }
}

function urlOf(id: number, surroundings: Surroundings): string {
  return `${repositoryUrl(surroundings)}/deployments/${id}`
}

function repositoryUrl({ store, apiUrl }: Surroundings): string {
  return `${apiUrl()}/repos/${store.repository}`
}

function appOf(creator: string): unknown {
  return creator === 'github-actions[bot]' ? ACTIONS_APP : null
}
