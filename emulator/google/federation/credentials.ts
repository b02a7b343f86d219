import { Hono } from 'hono'
import type { Clock } from '../../clock.ts'
import { GoogleError } from '../errors.ts'
import type { ServiceAccounts } from '../iam/service-accounts.ts'
import { type GoogleEnv, readJson, splitVerb, textOf, textsOf, unknownUrl } from '../route.ts'
import type { Tokens } from '../tokens.ts'

export interface CredentialsOptions {
  readonly clock: Clock
  readonly tokens: Tokens
  readonly serviceAccounts: ServiceAccounts
}

const MAX_LIFETIME_SECONDS = 3600

/** IAM credentials: access tokens of service accounts, for whoever may impersonate them. */
export function createCredentials(options: CredentialsOptions): {
  readonly routes: Hono<GoogleEnv>
} {
  const routes = new Hono<GoogleEnv>()
  routes.post('/projects/:project/serviceAccounts/:account', async (c) => {
    const { name, verb } = splitVerb(c.req.param('account'))
    if (verb !== 'generateAccessToken') throw unknownUrl(c.req.path)
    const account = options.serviceAccounts.find(name)
    if (!account) throw new GoogleError(404, `Not found; Gaia id not found for email ${name}`)
    const body = await readJson(c)
    if (textsOf(body, 'scope').length === 0) {
      throw new GoogleError(400, 'The scope field is required and must not be empty.')
    }
    const lifetimeSeconds = parseLifetime(textOf(body, 'lifetime'))
    const expiresAt = new Date(options.clock.now() + lifetimeSeconds * 1000)
    return c.json({
      accessToken: options.tokens.issue(`serviceAccount:${account.email}`, lifetimeSeconds),
      // gcloud refuses an expiry that has a fraction of a second.
      expireTime: expiresAt.toISOString().replace(/\.\d+Z$/, 'Z'),
    })
  })
  return { routes }
}

function parseLifetime(lifetime: string | undefined): number {
  if (lifetime === undefined || lifetime === '') return MAX_LIFETIME_SECONDS
  const seconds = Number(/^(\d+)(?:\.0+)?s$/.exec(lifetime)?.[1] ?? Number.NaN)
  if (!(seconds > 0)) throw new GoogleError(400, `Invalid lifetime: "${lifetime}".`)
  if (seconds > MAX_LIFETIME_SECONDS) {
    throw new GoogleError(400, 'The access token lifetime cannot exceed 3600 seconds.')
  }
  return seconds
}
