import { type GoogleContext, objectOf, readJson, textsOf } from '../route.ts'
import type { Access } from './access.ts'
import type { Policies } from './policies.ts'

export interface PolicyParts {
  readonly policies: Policies
  readonly access: Access
}

/**
 * Serves the three policy methods that every resource has. Some APIs read a policy by GET, others
 * by POST; both are answered. Undefined when `verb` is none of the three.
 */
export async function servePolicy(
  c: GoogleContext,
  verb: string,
  resource: string,
  parts: PolicyParts
): Promise<Response | undefined> {
  if (verb === 'getIamPolicy') return c.json(parts.policies.get(resource))
  if (c.req.method !== 'POST') return undefined
  if (verb === 'setIamPolicy') {
    return c.json(parts.policies.set(resource, objectOf(await readJson(c), 'policy')))
  }
  if (verb === 'testIamPermissions') {
    const asked = textsOf(await readJson(c), 'permissions')
    const held = asked.filter((permission) =>
      parts.access.holds(c.get('member'), permission, resource)
    )
    return c.json(held.length > 0 ? { permissions: held } : {})
  }
  return undefined
}
