import { Hono } from 'hono'
import { GoogleError } from '../errors.ts'
import {
  type GoogleContext,
  isObject,
  type JsonObject,
  objectOf,
  readJson,
  textOf,
} from '../route.ts'
import type { OrgPolicies } from './org-policies.ts'

/** The methods of Resource Manager v1 about organisation policies; undefined when `verb` is none. */
export async function serveOrgPolicy(
  c: GoogleContext,
  verb: string,
  policies: OrgPolicies
): Promise<Response | undefined> {
  if (c.req.method !== 'POST' || !verb.endsWith('OrgPolicy')) return undefined
  const body = await readJson(c)
  const policy = objectOf(body, 'policy')
  const constraint = constraintOf(verb === 'setOrgPolicy' ? policy : body)
  if (verb === 'getEffectiveOrgPolicy') return c.json(policies.effective(constraint))
  if (verb === 'getOrgPolicy') return c.json(policies.get(constraint))
  if (verb === 'setOrgPolicy') return c.json(policies.set(constraint, policy))
  if (verb !== 'clearOrgPolicy') return undefined
  policies.clear(constraint)
  return c.json({})
}

/** `POST /org-policy {constraint, policy?}`: what the project inherits; without a policy, nothing. */
export function orgPolicyControl(policies: OrgPolicies): Hono {
  const routes = new Hono()
  routes.post('/org-policy', async (c) => {
    const body = await readJson(c)
    const { policy } = body
    policies.inherit(constraintOf(body), isObject(policy) ? policy : undefined)
    return c.json(policies.effective(constraintOf(body)))
  })
  return routes
}

function constraintOf(body: JsonObject): string {
  const constraint = textOf(body, 'constraint')
  if (constraint) return constraint
  throw new GoogleError(400, 'The constraint is missing.')
}
