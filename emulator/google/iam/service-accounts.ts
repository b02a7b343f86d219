import { createHash } from 'node:crypto'
import { Hono } from 'hono'
import { GoogleError } from '../errors.ts'
import type { Project } from '../project.ts'
import {
  type GoogleContext,
  type GoogleEnv,
  type JsonObject,
  objectOf,
  pageOf,
  readJson,
  splitVerb,
  textOf,
  unknownUrl,
} from '../route.ts'
import { type PolicyParts, servePolicy } from './policy-routes.ts'

export interface ServiceAccount {
  readonly name: string
  readonly projectId: string
  readonly uniqueId: string
  readonly email: string
  readonly displayName?: string
  readonly description?: string
  readonly disabled?: boolean
  readonly etag: string
  readonly oauth2ClientId: string
}

/** The service accounts of the project. A new one exists at once, unlike in the real cloud. */
export class ServiceAccounts {
  readonly #project: Project
  readonly #accounts = new Map<string, ServiceAccount>()

  constructor(project: Project) {
    this.#project = project
  }

  create(accountId: string, fields: JsonObject = {}): ServiceAccount {
    if (!/^[a-z](?:[-a-z0-9]{4,28}[a-z0-9])$/.test(accountId)) {
      const rule = 'It must be 6 to 30 characters of lower-case letters, digits and hyphens.'
      throw new GoogleError(
        400,
        `The account ID "${accountId}" does not have a valid format. ${rule}`
      )
    }
    const email = `${accountId}@${this.#project.id}.iam.gserviceaccount.com`
    if (this.#accounts.has(email)) {
      const where = `project projects/${this.#project.id}`
      throw new GoogleError(409, `Service account ${accountId} already exists within ${where}.`)
    }
    // Stable, so that two runs of a test see the same ids; 21 digits, as Google's.
    const digits = BigInt(`0x${createHash('sha256').update(email).digest('hex').slice(0, 16)}`)
    const uniqueId = `1${String(digits).padStart(20, '0').slice(-20)}`
    return this.#save({
      name: `projects/${this.#project.id}/serviceAccounts/${email}`,
      projectId: this.#project.id,
      uniqueId,
      email,
      ...pickTexts(fields),
      etag: 'MDEwMjE5MjA=',
      oauth2ClientId: uniqueId,
    })
  }

  /** By email or by unique id. */
  find(id: string): ServiceAccount | undefined {
    return this.#accounts.get(id) ?? this.list().find((account) => account.uniqueId === id)
  }

  list(): readonly ServiceAccount[] {
    return [...this.#accounts.values()].sort((a, b) => a.email.localeCompare(b.email))
  }

  update(account: ServiceAccount, fields: JsonObject): ServiceAccount {
    const { disabled } = fields
    const change = typeof disabled === 'boolean' ? { disabled } : {}
    return this.#save({ ...account, ...pickTexts(fields), ...change })
  }

  delete(account: ServiceAccount): void {
    this.#accounts.delete(account.email)
  }

  #save(account: ServiceAccount): ServiceAccount {
    this.#accounts.set(account.email, account)
    return account
  }
}

function pickTexts(fields: JsonObject): Pick<ServiceAccount, 'displayName' | 'description'> {
  const displayName = textOf(fields, 'displayName')
  const description = textOf(fields, 'description')
  return {
    ...(displayName !== undefined && { displayName }),
    ...(description !== undefined && { description }),
  }
}

/** IAM v1, the part about service accounts. */
export function createServiceAccountRoutes(
  accounts: ServiceAccounts,
  parts: PolicyParts
): Hono<GoogleEnv> {
  const routes = new Hono<GoogleEnv>()
  const require = (c: GoogleContext, id: string): ServiceAccount => {
    const account = accounts.find(id)
    if (account) return account
    const message = id.includes('@') ? `Service account ${c.req.path.slice(8)}` : `Account ${id}`
    throw new GoogleError(404, `${message} does not exist.`)
  }
  routes.get('/projects/:project/serviceAccounts', (c) => {
    const { items, nextPageToken } = pageOf(c, accounts.list(), 20)
    return c.json({
      ...(items.length > 0 && { accounts: items }),
      ...(nextPageToken && { nextPageToken }),
    })
  })
  routes.post('/projects/:project/serviceAccounts', async (c) => {
    const body = await readJson(c)
    const fields = objectOf(body, 'serviceAccount')
    return c.json(accounts.create(textOf(body, 'accountId') ?? '', fields))
  })
  routes.on(['GET', 'POST'], '/projects/:project/serviceAccounts/:account', async (c) => {
    const { name, verb } = splitVerb(c.req.param('account'))
    const account = require(c, name)
    if (verb === '' && c.req.method === 'GET') return c.json(account)
    if (verb === 'disable' || verb === 'enable') {
      accounts.update(account, { disabled: verb === 'disable' })
      return c.json({})
    }
    const response = await servePolicy(c, verb, account.name, parts)
    if (response) return response
    throw unknownUrl(c.req.path)
  })
  routes.on(['PATCH', 'PUT'], '/projects/:project/serviceAccounts/:account', async (c) => {
    const body = await readJson(c)
    const fields = c.req.method === 'PATCH' ? objectOf(body, 'serviceAccount') : body
    return c.json(accounts.update(require(c, c.req.param('account')), fields))
  })
  routes.delete('/projects/:project/serviceAccounts/:account', (c) => {
    const account = require(c, c.req.param('account'))
    accounts.delete(account)
    parts.policies.delete(account.name)
    return c.json({})
  })
  return routes
}
