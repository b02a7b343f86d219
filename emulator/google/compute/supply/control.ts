import { Hono } from 'hono'
import { GoogleError } from '../../errors.ts'
import { type JsonObject, readJson, textOf } from '../../route.ts'
import { isRegion, isZone } from '../locations.ts'
import type { Supply } from './supply.ts'

/** POST /quota-limit, /region, /zone, /machine-type, /image-family: what a customer cannot do to the cloud. */
export function supplyRoutes(supply: Supply): Hono {
  const routes = new Hono()
  routes.post('/quota-limit', async (c) => {
    const body = await readJson(c)
    const region = body['region'] === undefined ? undefined : regionOf(body)
    supply.setLimit({ metric: required(body, 'metric'), region }, limitOf(body))
    return c.json({})
  })
  routes.post('/region', async (c) => {
    const body = await readJson(c)
    supply.setUp(regionOf(body), body['up'] !== false)
    return c.json({})
  })
  routes.post('/zone', async (c) => {
    const body = await readJson(c)
    supply.setUp(zoneOf(body), body['up'] !== false)
    return c.json({})
  })
  routes.post('/machine-type', async (c) => {
    const body = await readJson(c)
    const name = `${zoneOf(body)}/${required(body, 'machineType')}`
    supply.setOffered(name, body['offered'] !== false)
    return c.json({})
  })
  routes.post('/image-family', async (c) => {
    const body = await readJson(c)
    supply.setOffered(required(body, 'family'), body['offered'] !== false)
    return c.json({})
  })
  return routes
}

function limitOf(body: JsonObject): number | undefined {
  const { limit } = body
  if (limit === undefined || limit === null) return undefined
  if (typeof limit === 'number' && limit >= 0) return limit
  throw new GoogleError(
    400,
    "The field 'limit' must be a number, or be left out for the usual one."
  )
}

function regionOf(body: JsonObject): string {
  const region = required(body, 'region')
  if (isRegion(region)) return region
  throw new GoogleError(400, `There is no region '${region}'.`)
}

function zoneOf(body: JsonObject): string {
  const zone = required(body, 'zone')
  if (isZone(zone)) return zone
  throw new GoogleError(400, `There is no zone '${zone}'.`)
}

function required(body: JsonObject, field: string): string {
  const value = textOf(body, field)
  if (value) return value
  throw new GoogleError(400, `The field '${field}' is missing.`)
}
