import { Hono } from 'hono'
import { GoogleError } from '../../errors.ts'
import { partial } from '../../fields.ts'
import type { Project } from '../../project.ts'
import {
  type GoogleContext,
  type GoogleEnv,
  isObject,
  type JsonObject,
  objectOf,
  pageOf,
  readJson,
  textOf,
} from '../../route.ts'
import type { Balancing } from '../balancing/balancing.ts'
import type { Operations } from '../operations.ts'
import { type Links, SCOPE_PREFIXES, type Scope, scopeOf } from '../scope.ts'
import { COLLECTIONS } from './defaults.ts'
import {
  fingerprintOf,
  mergePatch,
  type Store,
  singular,
  type User,
  withoutNulls,
} from './store.ts'
import { TEMPLATE_LIST } from './template-shape.ts'

/** What the routes of every kind of resource work with. */
export interface ComputeParts {
  readonly project: Project
  readonly links: Links
  readonly store: Store
  readonly operations: Operations
  readonly balancing: Balancing
  /** Users that the store does not know of: groups, and rules that hold an address by its number. */
  readonly users: () => readonly User[]
  /** Told when a resource was changed: groups read health checks and backend services. */
  readonly changed: () => void
  readonly mayActAs: (member: string, email: string) => boolean
}

interface Place {
  readonly prefix: string
  readonly collections: string
  /** Verbs below a resource that merge their body into it. */
  readonly verbs?: string
}

const PLACES: readonly Place[] = [
  {
    prefix: SCOPE_PREFIXES.global,
    collections:
      'networks|firewalls|healthChecks|backendServices|urlMaps|forwardingRules|sslPolicies',
    verbs: 'setLabels|setTarget',
  },
  {
    prefix: SCOPE_PREFIXES.global,
    collections: 'targetHttpProxies|targetHttpsProxies',
    verbs: 'setQuicOverride|setSslPolicy|setCertificateMap',
  },
  {
    prefix: SCOPE_PREFIXES.region,
    collections: 'subnetworks|routers|healthChecks',
    verbs: 'setPrivateIpGoogleAccess|expandIpCidrRange',
  },
]
const UNCHANGEABLE: readonly Place[] = [
  {
    prefix: SCOPE_PREFIXES.global,
    collections: 'instanceTemplates|sslCertificates',
  },
  { prefix: SCOPE_PREFIXES.global, collections: 'addresses', verbs: 'setLabels' },
  { prefix: SCOPE_PREFIXES.region, collections: 'instanceTemplates|autoscalers' },
  { prefix: SCOPE_PREFIXES.zone, collections: 'autoscalers' },
]
/** Older methods of the proxies, which leave `global` out of the path. */
const OLD_VERBS =
  '/projects/:project/:collection{targetHttps?Proxies}/:name/:verb{(?:setUrlMap|setSslCertificates)}'

/** Insert, get, list, patch, update and delete of the resources that need no life of their own. */
export function resourceRoutes(parts: ComputeParts): Hono<GoogleEnv> {
  const routes = new Hono<GoogleEnv>()
  for (const { prefix, collections, verbs } of [...PLACES, ...UNCHANGEABLE]) {
    const collection = `${prefix}/:collection{(?:${collections})}`
    routes.get(collection, (c) => list(parts, c))
    routes.post(collection, (c) => insert(parts, c))
    routes.get(`${collection}/:name`, (c) =>
      c.json(parts.balancing.show(parts.store.get(pathOf(parts, c))))
    )
    routes.delete(`${collection}/:name`, (c) => remove(parts, c))
    if (verbs)
      routes.post(`${collection}/:name/:verb{(?:${verbs})}`, (c) => change(parts, c, 'verb'))
  }
  for (const { prefix, collections } of PLACES) {
    const resource = `${prefix}/:collection{(?:${collections})}/:name`
    routes.patch(resource, (c) => change(parts, c, 'patch'))
    routes.put(resource, (c) => change(parts, c, 'update'))
  }
  for (const prefix of [SCOPE_PREFIXES.region, SCOPE_PREFIXES.zone]) {
    routes.patch(`${prefix}/:collection{autoscalers}`, (c) => change(parts, c, 'patch'))
    routes.put(`${prefix}/:collection{autoscalers}`, (c) => change(parts, c, 'update'))
  }
  routes.post(OLD_VERBS, (c) => change(parts, c, 'verb'))
  return routes
}

function collectionOf(c: GoogleContext): string {
  return c.req.param('collection') ?? ''
}

/** An autoscaler is named by a parameter where it is changed, everything else by its path. */
function pathOf({ project, store }: ComputeParts, c: GoogleContext): string {
  const name = c.req.param('name') ?? c.req.query('autoscaler') ?? ''
  return store.nameOf(`${scopeOf(c, project).path}/${collectionOf(c)}/${name}`)
}

function list({ project, store, links, balancing }: ComputeParts, c: GoogleContext): Response {
  const scope = scopeOf(c, project)
  const collection = collectionOf(c)
  const items = store.list(scope, collection).map((one) => balancing.show(one))
  const page = pageOf(c, filtered(c, items))
  const path = `${scope.path}/${collection}`
  const kind = `compute#${singular(collection)}List`
  const answer = { kind, id: path, ...page, selfLink: links.url(path) }
  // Only templates are so large that clients ask for parts of them.
  return c.json(collection === 'instanceTemplates' ? partial(c, answer, TEMPLATE_LIST) : answer)
}

/**
 * The filters that clients of ours use: `name eq x`, `name=x`, `labels.a=b`, with `:` for contains
 * and `*` at the end, joined by AND or spaces. @throws GoogleError 400 for anything else
 */
export function filtered(c: GoogleContext, items: readonly JsonObject[]): readonly JsonObject[] {
  const filter = c.req.query('filter')?.trim()
  if (!filter) return items
  const terms = filter.replace(/[()]/g, ' ').split(/\s+AND\s+/i)
  return items.filter((item) => terms.every((term) => matches(item, term.trim(), filter)))
}

function matches(item: JsonObject, term: string, filter: string): boolean {
  const [, field, operator, quoted, bare] =
    /^([\w.-]+)\s*(=|!=|:|\beq\b|\bne\b)\s*(?:"([^"]*)"|(\S+))$/.exec(term) ?? []
  const wanted = quoted ?? bare
  if (!field || wanted === undefined) {
    throw new GoogleError(
      400,
      `Invalid value for field 'filter': '${filter}'. Invalid list filter expression.`
    )
  }
  const value = String(valueAt(item, field.split('.')) ?? '')
  if (operator === ':') return value.includes(wanted.replace(/\*$/, ''))
  const equal = operator === 'eq' ? new RegExp(`^(?:${wanted})$`).test(value) : value === wanted
  return operator === '!=' || operator === 'ne' ? value !== wanted : equal
}

function valueAt(item: unknown, keys: readonly string[]): unknown {
  return keys.reduce<unknown>((value, key) => (isObject(value) ? value[key] : undefined), item)
}

async function insert(parts: ComputeParts, c: GoogleContext): Promise<Response> {
  const scope = scopeOf(c, parts.project)
  const collection = collectionOf(c)
  const body = withoutNulls(await readJson(c))
  const repeated = parts.operations.ofRequest(c.req.query('requestId'))
  if (repeated) return c.json(repeated)
  if (collection === 'instanceTemplates') requireActAs(parts, c.get('member') ?? '', body)
  const filled = fill(parts, collection, body)
  const member = c.get('member') ?? ''
  const admitted = parts.balancing.admit({ collection, resource: filled, member })
  const resource = parts.store.insert(scope, collection, admitted)
  noteChange(parts)
  return c.json(begin(parts, c, { scope, type: 'insert', resource }))
}

/** @throws GoogleError 400, Compute's own way of refusing a service account */
function requireActAs({ mayActAs }: ComputeParts, member: string, template: JsonObject): void {
  const accounts = objectOf(template, 'properties')['serviceAccounts']
  for (const account of Array.isArray(accounts) ? accounts.filter(isObject) : []) {
    const email = textOf(account, 'email') ?? ''
    if (mayActAs(member, email)) continue
    const user = member.replace(/^serviceAccount:/, '')
    const message = `The user does not have access to service account '${email}'.  User: '${user}'.  Ask a project owner to grant you the iam.serviceAccountUser role on the service account`
    throw new GoogleError(400, message, { reason: 'SERVICE_ACCOUNT_ACCESS_DENIED' })
  }
}

function fill({ links }: ComputeParts, collection: string, body: JsonObject): JsonObject {
  return COLLECTIONS[collection]?.(body, links) ?? body
}

function noteChange({ balancing, changed }: ComputeParts): void {
  balancing.changed()
  changed()
}

async function change(parts: ComputeParts, c: GoogleContext, how: string): Promise<Response> {
  const scope = scopeOf(c, parts.project)
  const path = pathOf(parts, c)
  const { id, name, creationTimestamp, selfLink, ...before } = parts.store.get(path)
  const body = await readJson(c)
  refuseStale(textOf(body, 'fingerprint'), before)
  refuseStaleLabels(textOf(body, 'labelFingerprint'), before)
  const after = how === 'update' ? withoutNulls(body) : mergePatch(before, body)
  const place = { ...(before['region'] !== undefined && { region: before['region'] }) }
  const identity = { id, name, creationTimestamp, selfLink, ...place }
  const collection = collectionOf(c)
  const filled = fill(parts, collection, { ...after, name })
  const member = c.get('member') ?? ''
  const admitted = parts.balancing.admit({ collection, resource: filled, before, member })
  const resource = withFingerprint({ ...admitted, ...identity })
  parts.store.replace(path, resource)
  noteChange(parts)
  const type = how === 'verb' ? (c.req.param('verb') ?? how) : how
  return c.json(begin(parts, c, { scope, type, resource }))
}

/** @throws GoogleError 412 when the client has not seen the latest state. */
export function refuseStale(sent: string | undefined, before: JsonObject): void {
  if (sent === undefined || sent === before['fingerprint']) return
  throw new GoogleError(412, 'Supplied fingerprint does not match current fingerprint.')
}

function refuseStaleLabels(sent: string | undefined, before: JsonObject): void {
  if (sent === undefined || sent === before['labelFingerprint']) return
  const message = 'Labels fingerprint either invalid or resource labels have changed'
  throw new GoogleError(412, message)
}

function withFingerprint(resource: JsonObject): JsonObject {
  if (resource['fingerprint'] === undefined) return resource
  return { ...resource, fingerprint: fingerprintOf({ ...resource, fingerprint: '' }) }
}

function remove(parts: ComputeParts, c: GoogleContext): Response {
  const repeated = parts.operations.ofRequest(c.req.query('requestId'))
  if (repeated) return c.json(repeated)
  const scope = scopeOf(c, parts.project)
  const path = pathOf(parts, c)
  const resource = parts.store.delete(path, parts.users())
  parts.balancing.certificates.forget(path)
  noteChange(parts)
  return c.json(begin(parts, c, { scope, type: 'delete', resource }))
}

/** The change that an operation stands for. */
interface Begin {
  readonly scope: Scope
  readonly type: string
  readonly resource: JsonObject
}

function begin(
  parts: ComputeParts,
  c: GoogleContext,
  { scope, type, resource }: Begin
): JsonObject {
  return parts.operations.start(scope, {
    type,
    targetPath: parts.links.path(textOf(resource, 'selfLink') ?? ''),
    targetId: textOf(resource, 'id') ?? '',
    member: c.get('member') ?? '',
    requestId: c.req.query('requestId'),
  })
}
