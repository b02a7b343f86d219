import { Hono } from 'hono'
import { type PolicyParts, servePolicy } from './iam/policy-routes.ts'
import type { OrgPolicies } from './org-policy/org-policies.ts'
import { serveOrgPolicy } from './org-policy/routes.ts'
import type { Project } from './project.ts'
import { type GoogleEnv, splitVerb, unknownUrl } from './route.ts'

const CREATED = '2026-01-01T00:00:00.000Z'

/** Resource Manager v1 and v3, which describe the same project in different words. */
export function createResourceManager(
  project: Project,
  version: 'v1' | 'v3',
  parts: PolicyParts & { readonly orgPolicies: OrgPolicies }
): Hono<GoogleEnv> {
  const routes = new Hono<GoogleEnv>()
  const description = version === 'v1' ? describeV1(project) : describeV3(project)
  routes.get('/projects', (c) => c.json({ projects: [description] }))
  routes.get('/projects:search', (c) => c.json({ projects: [description] }))
  routes.on(['GET', 'POST'], '/projects/:project', async (c) => {
    const { verb } = splitVerb(c.req.param('project'))
    if (verb === '' && c.req.method === 'GET') return c.json(description)
    const response = version === 'v1' ? await serveOrgPolicy(c, verb, parts.orgPolicies) : undefined
    if (response) return response
    const answer = await servePolicy(c, verb, `projects/${project.id}`, parts)
    if (answer) return answer
    throw unknownUrl(c.req.path)
  })
  return routes
}

function describeV1(project: Project): unknown {
  return {
    projectNumber: project.number,
    projectId: project.id,
    lifecycleState: 'ACTIVE',
    name: project.id,
    createTime: CREATED,
  }
}

function describeV3(project: Project): unknown {
  return {
    name: `projects/${project.number}`,
    projectId: project.id,
    displayName: project.id,
    state: 'ACTIVE',
    createTime: CREATED,
    updateTime: CREATED,
    etag: 'W/"emulated"',
  }
}
