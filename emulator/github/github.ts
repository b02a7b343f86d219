import { randomUUID } from 'node:crypto'
import { Hono, type MiddlewareHandler } from 'hono'
import type { Clock } from '../clock.ts'
import { ActionsDoor } from './actions/door.ts'
import { actionRoutes } from './actions/routes.ts'
import { commentRoutes } from './api/comments.ts'
import { type DeploymentSurroundings, deploymentRoutes } from './api/deployments.ts'
import { graphqlRoutes } from './api/graphql.ts'
import { issueRoutes } from './api/issues.ts'
import { pullRoutes } from './api/pulls.ts'
import { demand, type GitHubEnv } from './api/route.ts'
import { viewUser } from './api/views.ts'
import { githubControl } from './control.ts'
import { Deployments } from './deployments.ts'
import { GitHubError, notFound } from './errors.ts'
import { Mishaps } from './mishaps.ts'
import { actor, GitHubStore } from './store.ts'
import { GitHubTokens } from './tokens.ts'

export interface GitHubOptions {
  readonly clock: Clock
  /** `owner/name`. */
  readonly repository: string
  readonly repositoryId: string
  /** Where `routes` are found: `http://127.0.0.1:PORT/github/api`. */
  readonly apiUrl: () => string
}

/** GitHub's REST API as far as a deployment needs it, for one private repository. */
export interface GitHub {
  readonly routes: Hono
  /** Below `/emulator`. */
  readonly controlRoutes: Hono
  readonly store: GitHubStore
  readonly deployments: Deployments
  /** Leads to the runner of the repository's workflows, if there is one. */
  readonly actions: ActionsDoor
  readonly tokens: GitHubTokens
  readonly mishaps: Mishaps
  /** What a job finds as its GITHUB_TOKEN. */
  readonly jobToken: string
}

export function createGitHub(options: GitHubOptions): GitHub {
  const { clock, repository, repositoryId, apiUrl } = options
  const store = new GitHubStore(clock, repository, Number(repositoryId))
  const deployments = new Deployments(clock)
  const tokens = new GitHubTokens()
  const mishaps = new Mishaps(clock)
  const jobToken = tokens.issue()
  const actions = new ActionsDoor()
  const surroundings = { store, deployments, actions, apiUrl }
  const routes = createRoutes(surroundings, {
    authenticate: authenticate(tokens),
    limits: new HourlyLimit(clock).middleware(),
    mishaps: mishaps.middleware(),
  })
  const control = githubControl({ ...surroundings, tokens, mishaps, jobToken })
  return {
    routes: new Hono().route('/', routes),
    controlRoutes: new Hono().route('/', control),
    store,
    deployments,
    actions,
    tokens,
    mishaps,
    jobToken,
  }
}

type Middleware = MiddlewareHandler<GitHubEnv>

function createRoutes(
  surroundings: DeploymentSurroundings & { readonly actions: ActionsDoor },
  before: Readonly<Record<'authenticate' | 'limits' | 'mishaps', Middleware>>
): Hono<GitHubEnv> {
  const { store } = surroundings
  const routes = new Hono<GitHubEnv>()
  routes.onError(answerError)
  routes.use(before.authenticate, before.limits, before.mishaps)
  routes.get('/user', (c) => {
    // Installation tokens speak for nobody, whatever they may do.
    if (c.get('grant').kind !== 'user') demand(c, 'read')
    return c.json(viewUser(actor(c.get('grant').login)))
  })
  routes.route('/', graphqlRoutes(surroundings))
  // The links of GitHub's own answers name the repository by its id.
  const repository = new Hono<GitHubEnv>()
  const parts = [
    commentRoutes(surroundings),
    issueRoutes(surroundings),
    pullRoutes(surroundings),
    deploymentRoutes(surroundings),
    actionRoutes(surroundings, surroundings.actions),
  ]
  for (const part of parts) repository.route('/', part)
  routes.route(`/repos/${store.repository}`, repository)
  routes.route(`/repositories/${store.repositoryId}`, repository)
  routes.all('*', () => {
    throw notFound()
  })
  return routes
}

function answerError(error: Error): Response {
  const known =
    error instanceof GitHubError
      ? error
      : new GitHubError(500, `The emulator failed: ${error.stack ?? error.message}`)
  return known.toResponse()
}

function authenticate(tokens: GitHubTokens): Middleware {
  return async (c, next) => {
    const [, token] = /^(?:bearer|token) (.+)$/i.exec(c.req.header('authorization') ?? '') ?? []
    if (token === undefined) throw new GitHubError(401, 'Requires authentication')
    const grant = tokens.find(token)
    if (!grant) throw new GitHubError(401, 'Bad credentials')
    c.set('grant', grant)
    c.set('member', `github:${grant.login}`)
    await next()
    c.header('x-github-request-id', randomUUID())
  }
}

const HOURLY_LIMIT = 1_000
const HOUR_MS = 3_600_000

/** GITHUB_TOKEN has 1,000 requests an hour, all jobs of the repository together. */
class HourlyLimit {
  readonly #clock: Clock
  #used = 0
  #resetsAt = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  middleware(): Middleware {
    return async (c, next) => {
      this.#startHour()
      if (c.req.path.endsWith('/rate_limit')) return c.json(this.#view())
      this.#used += 1
      const headers = this.#headers()
      if (this.#used > HOURLY_LIMIT)
        throw new GitHubError(403, 'API rate limit exceeded for installation ID 1.', { headers })
      await next()
      for (const [name, value] of Object.entries(headers))
        if (!c.res.headers.has(name)) c.header(name, value)
      return undefined
    }
  }

  #startHour(): void {
    if (this.#clock.now() < this.#resetsAt) return
    this.#used = 0
    this.#resetsAt = this.#clock.now() + HOUR_MS
  }

  #view(): unknown {
    const remaining = Math.max(0, HOURLY_LIMIT - this.#used)
    const reset = Math.ceil(this.#resetsAt / 1000)
    const core = { limit: HOURLY_LIMIT, used: this.#used, remaining, reset }
    return { resources: { core }, rate: core }
  }

  #headers(): Readonly<Record<string, string>> {
    return {
      'x-ratelimit-limit': String(HOURLY_LIMIT),
      'x-ratelimit-used': String(this.#used),
      'x-ratelimit-remaining': String(Math.max(0, HOURLY_LIMIT - this.#used)),
      'x-ratelimit-reset': String(Math.ceil(this.#resetsAt / 1000)),
      'x-ratelimit-resource': 'core',
    }
  }
}
