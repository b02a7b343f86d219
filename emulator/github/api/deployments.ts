import { createHash } from 'node:crypto'
import { Hono } from 'hono'
import {
  DEPLOYMENT_STATES,
  type DeploymentState,
  type Deployments,
  type EmulatedDeployment,
  type NewDeployment,
  type NewDeploymentStatus,
} from '../deployments.ts'
import { GitHubError, notFound, validationFailed } from '../errors.ts'
import { viewDeployment, viewStatus } from './deployment-views.ts'
import { pageOf } from './paging.ts'
import { demand, type GitHubContext, type GitHubEnv, numberIn, readBody } from './route.ts'
import type { Surroundings } from './views.ts'

type Body = Readonly<Record<string, unknown>>

export interface DeploymentSurroundings extends Surroundings {
  readonly deployments: Deployments
}

const MAX_DESCRIPTION_LENGTH = 140

/** Deployments and their statuses: `deployments: write` makes both. */
export function deploymentRoutes(surroundings: DeploymentSurroundings): Hono<GitHubEnv> {
  const { deployments } = surroundings
  const routes = new Hono<GitHubEnv>()

  routes.get('/deployments', (c) => {
    demand(c, 'read', 'deployments')
    const page = pageOf(c, deployments.list(filterOf(c)))
    const views = page.items.map((deployment) => viewDeployment(deployment, surroundings))
    return c.json(views, 200, { ...page.headers })
  })
  routes.post('/deployments', async (c) => {
    demand(c, 'write', 'deployments')
    const body = await readBody(c)
    const wanted = read(body, c.get('grant').login)
    guardContexts(c, body, wanted.ref)
    return c.json(viewDeployment(deployments.create(wanted), surroundings), 201)
  })
  routes.get('/deployments/:id', (c) => {
    demand(c, 'read', 'deployments')
    return c.json(viewDeployment(find(c), surroundings))
  })
  routes.get('/deployments/:id/statuses', (c) => {
    demand(c, 'read', 'deployments')
    const deployment = find(c)
    const page = pageOf(c, deployment.statuses.toReversed())
    const views = page.items.map((status) => viewStatus(status, deployment, surroundings))
    return c.json(views, 200, { ...page.headers })
  })
  routes.post('/deployments/:id/statuses', async (c) => {
    demand(c, 'write', 'deployments')
    const deployment = find(c)
    const status = readStatus(await readBody(c), c.get('grant').login)
    const added = deployments.addStatus(deployment.id, status)
    return c.json(viewStatus(added, deployment, surroundings), 201)
  })

  function find(c: GitHubContext): EmulatedDeployment {
    const deployment = deployments.find(numberIn(c, 'id'))
    if (!deployment) throw notFound()
    return deployment
  }
  return routes
}

// `none` is what the documentation calls the default of each filter.
function filterOf(c: GitHubContext) {
  const of = (name: string): string | undefined => {
    const value = c.req.query(name) ?? ''
    return value === '' || value === 'none' ? undefined : value
  }
  return { environment: of('environment'), sha: of('sha'), ref: of('ref'), task: of('task') }
}

function read(body: Body, creator: string): NewDeployment {
  const ref = textOf(body, 'ref')
  if (ref === '') throw invalid('Deployment', 'ref', 'missing_field')
  const environment = textOf(body, 'environment') || 'production'
  return {
    ref,
    sha: shaOf(ref),
    task: textOf(body, 'task') || 'deploy',
    environment,
    description: descriptionIn(body, 'Deployment'),
    payload: body['payload'] ?? {},
    creator,
    isTransient: body['transient_environment'] === true,
    isProduction: flagIn(body, 'production_environment', environment === 'production'),
  }
}

// There are no commits here: whatever is none by its looks is a branch that has some.
function shaOf(ref: string): string {
  return /^[0-9a-f]{40}$/.test(ref) ? ref : createHash('sha1').update(ref).digest('hex')
}

/** The job that asks is a check of the commit itself, and still runs: without `[]` it waits for itself. */
function guardContexts(c: GitHubContext, body: Body, ref: string): void {
  const required = body['required_contexts']
  const named = Array.isArray(required) ? required : undefined
  if (named?.length === 0) return
  if (named === undefined && c.get('grant').kind !== 'job') return
  const contexts = (named ?? ['deploy']).map((context) => ({ context, state: 'pending' }))
  const failed = { resource: 'Deployment', field: 'required_contexts', code: 'invalid', contexts }
  throw new GitHubError(409, `Conflict: Commit status checks failed for ${ref}.`, {
    errors: [failed],
  })
}

function readStatus(body: Body, creator: string): NewDeploymentStatus {
  const { state } = body
  if (!isState(state)) throw invalid('DeploymentStatus', 'state', 'invalid')
  return {
    state,
    description: descriptionIn(body, 'DeploymentStatus'),
    logUrl: urlIn(body, 'log_url') || urlIn(body, 'target_url'),
    environmentUrl: urlIn(body, 'environment_url'),
    creator,
    autoInactive: flagIn(body, 'auto_inactive', true),
  }
}

function isState(state: unknown): state is DeploymentState {
  return DEPLOYMENT_STATES.some((known) => known === state)
}

function descriptionIn(body: Body, resource: string): string {
  const description = textOf(body, 'description')
  if (description.length <= MAX_DESCRIPTION_LENGTH) return description
  const message = `description is too long (maximum is ${MAX_DESCRIPTION_LENGTH} characters)`
  throw invalid(resource, 'description', 'custom', message)
}

function urlIn(body: Body, field: string): string {
  const url = textOf(body, field)
  if (url === '' || /^https?:\/\//.test(url)) return url
  throw invalid('DeploymentStatus', field, 'custom', `${field} must use http(s) scheme`)
}

function textOf(body: Body, field: string): string {
  const value = body[field]
  return typeof value === 'string' ? value : ''
}

function flagIn(body: Body, field: string, otherwise: boolean): boolean {
  const value = body[field]
  return typeof value === 'boolean' ? value : otherwise
}

function invalid(resource: string, field: string, code: string, message?: string): GitHubError {
  return validationFailed({ resource, code, field, ...(message && { message }) })
}
