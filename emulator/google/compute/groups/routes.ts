import { Hono } from 'hono'
import { GoogleError } from '../../errors.ts'
import { partial } from '../../fields.ts'
import {
  type GoogleContext,
  type GoogleEnv,
  type JsonObject,
  pageOf,
  readJson,
  textOf,
  textsOf,
} from '../../route.ts'
import { membersOf } from '../group/availability.ts'
import type { GroupEvent } from '../group/model.ts'
import { AGGREGATED, aggregate } from '../resources/aggregate.ts'
import { filtered, refuseStale } from '../resources/routes.ts'
import { withoutNulls } from '../resources/store.ts'
import { SCOPE_PREFIXES, scopeOf } from '../scope.ts'
import { GROUP_ERRORS, MANAGED_INSTANCES } from './answer-shapes.ts'
import {
  contextOf,
  type GroupParts,
  livingRecordOf,
  operation,
  reconfigure,
  recordOf,
  repeated,
} from './change.ts'
import { normaliseConfig } from './config.ts'
import type { GroupRecord } from './registry.ts'
import { actionOf } from './spec.ts'
import { configFingerprint, renderErrors, renderGroup, renderManagedInstance } from './view.ts'

/** instanceGroupManagers in zones and regions (there: regionInstanceGroupManagers). */
export function groupRoutes(parts: GroupParts): Hono<GoogleEnv> {
  const routes = new Hono<GoogleEnv>()
  routes.get(`${AGGREGATED}/instanceGroupManagers`, (c) => listEverywhere(parts, c))
  for (const prefix of [SCOPE_PREFIXES.zone, SCOPE_PREFIXES.region]) {
    const collection = `${prefix}/instanceGroupManagers`
    const group = `${collection}/:name`
    routes.get(collection, (c) => list(parts, c))
    routes.post(collection, (c) => insert(parts, c))
    routes.get(group, (c) => c.json(render(parts, recordOf(parts, c))))
    routes.patch(group, (c) => patch(parts, c))
    routes.delete(group, (c) => repeated(parts, c) ?? remove(parts, c))
    routes.post(`${group}/listManagedInstances`, (c) => listManagedInstances(parts, c))
    routes.get(`${group}/listErrors`, (c) => listErrors(parts, c))
    for (const [verb, obey] of VERBS) {
      routes.post(`${group}/${verb}`, (c) => repeated(parts, c) ?? obey(parts, c))
    }
  }
  return routes
}

/** Changes that must not be made twice when a client repeats a request under the same id. */
const VERBS: readonly (readonly [
  verb: string,
  obey: (parts: GroupParts, c: GoogleContext) => Response | Promise<Response>,
])[] = [
  ['resize', resize],
  ['setInstanceTemplate', setInstanceTemplate],
  ['applyUpdatesToInstances', applyUpdates],
  ['recreateInstances', recreateInstances],
  ['deleteInstances', deleteInstances],
]

function list(parts: GroupParts, c: GoogleContext): Response {
  const records = parts.groups.list(scopeOf(c, parts.project))
  const items = filtered(
    c,
    records.map((record) => render(parts, record))
  )
  return c.json({ kind: 'compute#instanceGroupManagerList', ...pageOf(c, items) })
}

function render({ links, store }: GroupParts, record: GroupRecord): JsonObject {
  const autoscalers = store.list(record.scope, 'autoscalers')
  const own = autoscalers.find((one) => links.path(textOf(one, 'target') ?? '') === record.path)
  return renderGroup(record, links, own && textOf(own, 'selfLink'))
}

/** `aggregated/…` lists what there is of one kind in every zone and region, keyed by place. */
function listEverywhere(parts: GroupParts, c: GoogleContext): Response {
  scopeOf(c, parts.project)
  const groups = parts.groups.list().map((record) => render(parts, record))
  return c.json(aggregate(c, 'instanceGroupManager', filtered(c, groups)))
}

async function insert(parts: GroupParts, c: GoogleContext): Promise<Response> {
  const scope = scopeOf(c, parts.project)
  const body = withoutNulls(await readJson(c))
  const known = repeated(parts, c)
  if (known) return known
  const config = normaliseConfig(body, contextOf(parts, scope))
  const record = parts.groups.create(scope, config)
  return operation(parts, c, { record, type: 'insert' })
}

async function patch(parts: GroupParts, c: GoogleContext): Promise<Response> {
  const body = await readJson(c)
  const record = livingRecordOf(parts, c)
  const known = repeated(parts, c)
  if (known) return known
  refuseStale(textOf(body, 'fingerprint'), { fingerprint: configFingerprint(record.config) })
  reconfigure(parts, record, body)
  return operation(parts, c, { record, type: 'patch' })
}

function remove(parts: GroupParts, c: GoogleContext): Response {
  const record = livingRecordOf(parts, c)
  parts.store.requireUnused(record.path)
  parts.store.requireUnused(record.path.replace('instanceGroupManagers', 'instanceGroups'))
  // Deleting starts now; the operation ends when the last VM is gone.
  let finish: (() => void) | undefined
  let isGone = false
  parts.groups.delete(record, () => {
    isGone = true
    finish?.()
  })
  const until = (done: () => void): void => {
    finish = done
    if (isGone) done()
  }
  return operation(parts, c, { record, type: 'delete', until })
}

function listManagedInstances(parts: GroupParts, c: GoogleContext): Response {
  const record = recordOf(parts, c)
  const rows = record.runner.group.instances.map((instance) =>
    renderManagedInstance(instance, record, parts.links)
  )
  // Pages exist only in groups that asked for them; others ignore maxResults.
  const paginated = record.config['listManagedInstancesResults'] === 'PAGINATED'
  const { items, nextPageToken } = paginated ? pageOf(c, rows) : { items: rows }
  const answer = { managedInstances: items, ...(nextPageToken && { nextPageToken }) }
  return c.json(partial(c, answer, MANAGED_INSTANCES))
}

function listErrors(parts: GroupParts, c: GoogleContext): Response {
  const page = pageOf(c, renderErrors(recordOf(parts, c), parts.links))
  return c.json(partial(c, { ...page }, GROUP_ERRORS))
}

function resize(parts: GroupParts, c: GoogleContext): Response {
  const record = livingRecordOf(parts, c)
  const size = c.req.query('size') ?? ''
  if (!/^\d+$/.test(size)) {
    throw new GoogleError(400, `Invalid value for field 'size': '${size}'. Must be an integer.`)
  }
  reconfigure(parts, record, { targetSize: Number(size) })
  return operation(parts, c, { record, type: 'resize' })
}

async function setInstanceTemplate(parts: GroupParts, c: GoogleContext): Promise<Response> {
  const { instanceTemplate } = await readJson(c)
  const record = livingRecordOf(parts, c)
  reconfigure(parts, record, { instanceTemplate })
  return operation(parts, c, { record, type: 'setInstanceTemplate' })
}

async function applyUpdates(parts: GroupParts, c: GoogleContext): Promise<Response> {
  const body = await readJson(c)
  const record = livingRecordOf(parts, c)
  const all = membersOf(record.runner.group.instances).map(({ name }) => name)
  const names = body['allInstances'] === true ? all : namesIn(body)
  const minimalAction = actionOf(body['minimalAction'] ?? 'NONE')
  return obey(parts, c, { kind: 'apply', names, minimalAction })
}

async function recreateInstances(parts: GroupParts, c: GoogleContext): Promise<Response> {
  const body = await readJson(c)
  return obey(parts, c, { kind: 'recreate', names: namesIn(body) })
}

async function deleteInstances(parts: GroupParts, c: GoogleContext): Promise<Response> {
  const body = await readJson(c)
  const record = livingRecordOf(parts, c)
  const names = knownNames(record, namesIn(body))
  const targetSize = record.runner.group.spec.targetSize - names.length
  // Together: the new size may be refused, and the group must not fill the places meanwhile.
  const order = { kind: 'remove', names } as const
  reconfigure(parts, record, { targetSize: Math.max(0, targetSize) }, order)
  return operation(parts, c, { record, type: 'compute.instanceGroupManagers.deleteInstances' })
}

type Order = Extract<GroupEvent, { kind: 'apply' | 'recreate' }>

function obey(parts: GroupParts, c: GoogleContext, order: Order): Response {
  const record = livingRecordOf(parts, c)
  knownNames(record, order.names)
  record.runner.send(order)
  const verb = order.kind === 'apply' ? 'applyUpdatesToInstances' : 'recreateInstances'
  return operation(parts, c, { record, type: `compute.instanceGroupManagers.${verb}` })
}

function namesIn(body: JsonObject): readonly string[] {
  return textsOf(body, 'instances').map((link) => link.split('/').at(-1) ?? '')
}

/** @throws GoogleError 400 when one of them is no member of the group */
function knownNames(record: GroupRecord, names: readonly string[]): readonly string[] {
  const members = new Set(membersOf(record.runner.group.instances).map(({ name }) => name))
  const stranger = names.find((name) => !members.has(name))
  if (stranger === undefined) return names
  const message = `Instance '${stranger}' is not a member of '${record.path}'.`
  throw new GoogleError(400, `Invalid value for field 'instances': '${stranger}'. ${message}`)
}
