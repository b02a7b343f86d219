import { Hono } from 'hono'
import {
  camelCase,
  type GoogleContext,
  type GoogleEnv,
  type JsonObject,
  pageOf,
  readJson,
  splitVerb,
  unknownUrl,
} from '../route.ts'
import type { IdentityPools } from './pool-store.ts'

const POOLS = '/projects/:project/locations/:location/workloadIdentityPools'

/** IAM v1, the part about workload identity pools. Operations are done when they are answered. */
export function createPoolRoutes(pools: IdentityPools): Hono<GoogleEnv> {
  const routes = new Hono<GoogleEnv>()
  addCollection(routes, pools, {
    path: POOLS,
    idParameter: 'workloadIdentityPoolId',
    listField: 'workloadIdentityPools',
  })
  addCollection(routes, pools, {
    path: `${POOLS}/:pool/providers`,
    idParameter: 'workloadIdentityPoolProviderId',
    listField: 'workloadIdentityPoolProviders',
  })
  return routes
}

interface Collection {
  readonly path: string
  readonly idParameter: string
  readonly listField: string
}

function addCollection(
  routes: Hono<GoogleEnv>,
  pools: IdentityPools,
  { path, idParameter, listField }: Collection
): void {
  const nameOf = (c: GoogleContext, id: string): string => {
    const pool = c.req.param('pool')
    return pool === undefined ? pools.nameOf(id) : pools.nameOf(pool, id)
  }
  routes.get(path, (c) => {
    const { items, nextPageToken } = pageOf(c, pools.list(c.req.param('pool')), 50)
    return c.json({ [listField]: items, ...(nextPageToken && { nextPageToken }) })
  })
  routes.post(path, async (c) => {
    const name = nameOf(c, c.req.query(idParameter) ?? '')
    return c.json(done(pools.create(name, await readJson(c))))
  })
  routes.get(`${path}/:id`, (c) => {
    const { name: id, verb } = splitVerb(c.req.param('id'))
    const resource = pools.get(nameOf(c, id))
    if (verb === '') return c.json(resource)
    // Rules by which workloads of Google attest themselves: no pool here has any.
    if (verb === 'listAttestationRules') return c.json({})
    throw unknownUrl(c.req.path)
  })
  routes.patch(`${path}/:id`, async (c) => {
    const body = await readJson(c)
    const mask = (c.req.query('updateMask') ?? '').split(',').filter((field) => field !== '')
    const fields = mask.map((field) => camelCase(field.split('.')[0] ?? ''))
    const changes = Object.fromEntries(fields.map((field) => [field, body[field]]))
    return c.json(done(pools.update(nameOf(c, c.req.param('id')), changes)))
  })
  routes.delete(`${path}/:id`, (c) =>
    c.json(done(pools.setDeleted(nameOf(c, c.req.param('id')), true)))
  )
  routes.post(`${path}/:id`, (c) => {
    const { name: id, verb } = splitVerb(c.req.param('id'))
    if (verb !== 'undelete') throw unknownUrl(c.req.path)
    return c.json(done(pools.setDeleted(nameOf(c, id), false)))
  })
}

function done(resource: JsonObject): JsonObject {
  return { name: `${String(resource['name'])}/operations/done`, done: true, response: resource }
}
