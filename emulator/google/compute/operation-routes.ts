import { Hono } from 'hono'
import { type GoogleContext, type GoogleEnv, pageOf } from '../route.ts'
import type { ComputeParts } from './resources/routes.ts'
import { SCOPE_PREFIXES, scopeOf } from './scope.ts'

/** Global, region and zone operations: get, list and the long poll `wait`. */
export function operationRoutes({ operations, project }: ComputeParts): Hono<GoogleEnv> {
  const routes = new Hono<GoogleEnv>()
  for (const prefix of Object.values(SCOPE_PREFIXES)) {
    const one = `${prefix}/operations/:operation`
    routes.get(`${prefix}/operations`, (c) => {
      const page = pageOf(c, operations.list(scopeOf(c, project)))
      return c.json({ kind: 'compute#operationList', ...page })
    })
    routes.get(one, (c) => c.json(operations.get(scopeOf(c, project), nameOf(c))))
    routes.post(`${one}/wait`, async (c) => {
      return c.json(await operations.wait(scopeOf(c, project), nameOf(c)))
    })
  }
  return routes
}

function nameOf(c: GoogleContext): string {
  return c.req.param('operation') ?? ''
}
