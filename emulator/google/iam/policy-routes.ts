import { type GoogleContext, type JsonObject, objectOf, readJson, textsOf } from '../route.ts'
import type { Access } from './access.ts'
import { permissionDenied } from './permissions.ts'
import { type Policies, rolesThatDiffer } from './policies.ts'

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
    const wanted = objectOf(await readJson(c), 'policy')
    if (/^projects\/[^/]+$/.test(resource)) checkRoles(c.get('member'), resource, wanted, parts)
    return c.json(parts.policies.set(resource, wanted))
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

/** Some may grant and revoke a few roles only: which ones are touched shows when the policy is read. */
function checkRoles(
  member: string,
  resource: string,
  wanted: JsonObject,
  { access, policies }: PolicyParts
): void {
  const permission = 'resourcemanager.projects.setIamPolicy'
  const modified = rolesThatDiffer(policies.get(resource), wanted)
  const attributes = { 'iam.googleapis.com/modifiedGrantsByRole': modified }
  if (access.holds(member, permission, resource, attributes)) return
  throw permissionDenied('cloudresourcemanager.googleapis.com', { permission, resource }, member)
}
