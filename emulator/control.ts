import { Hono } from 'hono'
import type { Oidc } from './github/oidc.ts'
import { GoogleError } from './google/errors.ts'
import type { Access } from './google/iam/access.ts'
import type { OrgPolicies } from './google/org-policy/org-policies.ts'
import { orgPolicyControl } from './google/org-policy/routes.ts'
import { readJson, textOf } from './google/route.ts'
import type { EnabledServices } from './google/service-usage.ts'
import type { Tokens } from './google/tokens.ts'
import type { HttpFaults } from './http-faults.ts'
import type { Recording } from './recording.ts'

export interface ControlOptions {
  readonly projectId: string
  readonly access: Access
  readonly faults: HttpFaults
  readonly oidc: Oidc
  readonly orgPolicies: OrgPolicies
  readonly recording: Recording
  readonly services: EnabledServices
  readonly tokens: Tokens
}

/** `/emulator`: looking in and interfering, for tests and demonstrations. Asks for no token. */
export function createControl(options: ControlOptions): Hono {
  const { access, faults, oidc, recording, services, tokens } = options
  const routes = new Hono()
  routes.get('/', (c) =>
    c.json({
      project: options.projectId,
      enabledServices: services.list(),
      denials: access.denials,
      faults: faults.list(),
      requests: recording.requests.length,
    })
  )
  routes.get('/requests', (c) => c.json({ requests: recording.requests }))
  routes.delete('/requests', (c) => {
    recording.clear()
    return c.body(null, 204)
  })
  routes.get('/deny', (c) => c.json({ denials: access.denials }))
  routes.post('/deny', async (c) => {
    const body = await readJson(c)
    const member = textOf(body, 'member')
    access.deny({ permission: requireText(body, 'permission'), ...(member && { member }) })
    return c.json({ denials: access.denials })
  })
  routes.delete('/deny', async (c) => {
    access.undeny(c.req.query('permission') ?? textOf(await readJson(c), 'permission'))
    return c.json({ denials: access.denials })
  })
  routes.get('/faults', (c) => c.json({ faults: faults.list() }))
  routes.post('/faults', async (c) => c.json(faults.add(await readJson(c))))
  routes.delete('/faults', (c) => {
    faults.clear()
    return c.body(null, 204)
  })
  routes.post('/tokens', async (c) => {
    const body = await readJson(c)
    const lifetimeSeconds = Number(body['lifetimeSeconds'] ?? 3600)
    if (!(lifetimeSeconds > 0)) throw new GoogleError(400, 'lifetimeSeconds must be above 0.')
    const accessToken = tokens.issue(requireText(body, 'member'), lifetimeSeconds)
    return c.json({ accessToken, expiresIn: lifetimeSeconds })
  })
  routes.put('/github/claims', async (c) => {
    oidc.setClaims(await readJson(c))
    return c.body(null, 204)
  })
  return routes.route('/', orgPolicyControl(options.orgPolicies))
}

function requireText(body: Readonly<Record<string, unknown>>, field: string): string {
  const value = textOf(body, field)
  if (value) return value
  throw new GoogleError(400, `The body must be JSON with a text in "${field}".`)
}
