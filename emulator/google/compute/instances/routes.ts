import { Hono } from 'hono'
import type { Clock } from '../../../clock.ts'
import { RateLimit } from '../../../machines/rate-limit.ts'
import { GoogleError, resourceNotFound } from '../../errors.ts'
import { type GoogleContext, type GoogleEnv, type JsonObject, pageOf } from '../../route.ts'
import type { GroupRegistry } from '../groups/registry.ts'
import type { Hosted } from '../groups/runner.ts'
import { AGGREGATED, aggregate } from '../resources/aggregate.ts'
import { type ComputeParts, filtered } from '../resources/routes.ts'
import { SCOPE_PREFIXES, scopeOf } from '../scope.ts'
import { renderInstance } from './view.ts'

interface InstanceParts extends ComputeParts {
  readonly clock: Clock
  readonly groups: GroupRegistry
}

/** VMs from outside: what they are, what they report, what their serial port says. */
export function instanceRoutes(parts: InstanceParts): Hono<GoogleEnv> {
  const routes = new Hono<GoogleEnv>()
  const collection = `${SCOPE_PREFIXES.zone}/instances`
  const limits = new WeakMap<Hosted, RateLimit>()
  routes.get(collection, (c) => list(parts, c))
  routes.get(`${AGGREGATED}/instances`, (c) => listEverywhere(parts, c))
  routes.get(`${collection}/:name`, (c) => c.json(render(parts, instanceOf(parts, c))))
  routes.get(`${collection}/:name/getGuestAttributes`, (c) => {
    const hosted = instanceOf(parts, c)
    const limit = limits.get(hosted) ?? new RateLimit(parts.clock)
    limits.set(hosted, limit)
    if (!limit.allow()) throw tooManyQueries(hosted)
    return c.json(guestAttributes(parts, c, hosted))
  })
  routes.get(`${collection}/:name/serialPort`, (c) => serialPort(parts, c))
  routes.get(`${collection}/:name/getSerialPortOutput`, (c) => serialPort(parts, c))
  return routes
}

/** A VM that is being replaced under the same name may exist twice; the newer one is meant. */
function instanceOf(parts: InstanceParts, c: GoogleContext): Hosted {
  const { location, path } = scopeOf(c, parts.project)
  const name = c.req.param('name')
  const all = parts.groups.hosted().filter((one) => one.name === name && one.zone === location)
  const hosted = all.at(-1)
  if (!hosted) throw resourceNotFound(`${path}/instances/${name}`)
  return hosted
}

function list(parts: InstanceParts, c: GoogleContext): Response {
  const { location } = scopeOf(c, parts.project)
  const here = parts.groups.hosted().filter((one) => one.zone === location)
  const items = filtered(
    c,
    here.map((hosted) => render(parts, hosted))
  )
  return c.json({ kind: 'compute#instanceList', ...pageOf(c, items) })
}

function listEverywhere(parts: InstanceParts, c: GoogleContext): Response {
  scopeOf(c, parts.project)
  const all = parts.groups.hosted().map((hosted) => render(parts, hosted))
  return c.json(aggregate(c, 'instance', filtered(c, all)))
}

function render({ groups, links, project, store }: InstanceParts, hosted: Hosted): JsonObject {
  const { record } = groups.find(hosted.name)
  const member = record.runner.group.instances.find((one) => one.vm?.id === hosted.id)
  const template = store.find(links.path(hosted.version.template)) ?? {}
  const status = member?.vm?.status ?? 'STOPPING'
  return renderInstance(hosted, { links, project, template, status })
}

function guestAttributes(parts: InstanceParts, c: GoogleContext, hosted: Hosted): JsonObject {
  const query = c.req.query('queryPath') ?? c.req.query('variableKey') ?? ''
  const [namespace, key] = query.split('/')
  const items = hosted.machine
    .guestAttributes()
    .filter((one) => !namespace || one.namespace === namespace)
    .filter((one) => !key || one.key === key)
  if (items.length === 0) {
    const message = `The resource '${query}' of type 'Guest Attribute' was not found.`
    throw new GoogleError(404, message)
  }
  const { path } = scopeOf(c, parts.project)
  return {
    kind: 'compute#guestAttributes',
    queryPath: query,
    queryValue: { items },
    selfLink: parts.links.url(`${path}/instances/${hosted.name}/getGuestAttributes`),
  }
}

function tooManyQueries({ name }: Hosted): GoogleError {
  return new GoogleError(
    403,
    `Quota exceeded for guest attribute queries of instance '${name}': at most 10 a minute and 3 a second.`,
    { reason: 'rateLimitExceeded', status: 'RESOURCE_EXHAUSTED' }
  )
}

/** Port 1 only; the other three of a VM stay silent. */
function serialPort(parts: InstanceParts, c: GoogleContext): Response {
  const hosted = instanceOf(parts, c)
  const { path } = scopeOf(c, parts.project)
  const first = (c.req.query('port') ?? '1') === '1'
  const output = Buffer.from(first ? hosted.machine.serialOutput() : '')
  const start = Math.min(Number(c.req.query('start') ?? 0) || 0, output.length)
  return c.json({
    kind: 'compute#serialPortOutput',
    contents: output.subarray(start).toString('utf8'),
    start: String(start),
    next: String(output.length),
    selfLink: parts.links.url(`${path}/instances/${hosted.name}/serialPort`),
  })
}
