import { createHash } from 'node:crypto'
import type { Clock } from '../../../clock.ts'
import { GoogleError, resourceNotFound } from '../../errors.ts'
import { isObject, type JsonObject, textOf } from '../../route.ts'
import { timestamp } from '../operations.ts'
import type { Links, Scope } from '../scope.ts'

/** Something outside the store that uses resources in it: managed instance groups. */
export interface User {
  readonly path: string
  readonly uses: ReadonlySet<string>
}

const NAME = /^[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?$/

/** The plain resources of Compute by their path: networks, templates, health checks and so on. */
export class Store {
  readonly #clock: Clock
  readonly #links: Links
  readonly #items = new Map<string, JsonObject>()
  #nextId = 1_000_000_000_000_000_000n

  constructor(clock: Clock, links: Links) {
    this.#clock = clock
    this.#links = links
  }

  /** Adds what every resource has, and keeps it. @throws GoogleError 400 bad name, 409 exists */
  insert(scope: Scope, collection: string, body: JsonObject): JsonObject {
    const name = requireName(body)
    const path = `${scope.path}/${collection}/${name}`
    if (this.#items.has(path)) throw alreadyExists(path)
    const resource = { ...body, ...this.identify(scope, path) }
    this.#items.set(path, resource)
    return resource
  }

  /** The fields that the server gives every new resource. */
  identify(scope: Scope, path: string): JsonObject {
    const id = String(this.#nextId++)
    return {
      id,
      creationTimestamp: timestamp(this.#clock.now()),
      selfLink: this.#links.url(path),
      ...(scope.kind !== 'global' && { [scope.kind]: this.#links.url(scope.path) }),
    }
  }

  find(path: string): JsonObject | undefined {
    return this.#items.get(this.nameOf(path))
  }

  /** The path by name of a resource that may be addressed by its number instead. */
  nameOf(path: string): string {
    const [, prefix, id] = /^(.*\/)(\d+)$/.exec(path) ?? []
    if (prefix === undefined) return path
    const found = [...this.#items].find(([at, item]) => at.startsWith(prefix) && item['id'] === id)
    return found?.[0] ?? path
  }

  /** @throws GoogleError 404 */
  get(path: string): JsonObject {
    const resource = this.find(path)
    if (!resource) throw resourceNotFound(path)
    return resource
  }

  list(scope: Scope, collection: string): readonly JsonObject[] {
    return this.listBelow(`${scope.path}/${collection}/`)
  }

  /** All whose path begins so. */
  listBelow(prefix: string): readonly JsonObject[] {
    return [...this.#items].filter(([path]) => path.startsWith(prefix)).map(([, item]) => item)
  }

  replace(path: string, resource: JsonObject): void {
    this.#items.set(path, resource)
  }

  /** @throws GoogleError 404, or 400 while something uses it */
  delete(path: string, users: readonly User[]): JsonObject {
    const resource = this.get(path)
    this.requireUnused(path, users)
    this.#items.delete(path)
    return resource
  }

  /** @throws GoogleError 400 while something uses what is at `path` */
  requireUnused(path: string, users: readonly User[] = []): void {
    const all = [...this.#users(), ...users]
    const user = all.find((one) => one.path !== path && one.uses.has(path))
    if (user) throw inUse(path, user.path)
  }

  #users(): readonly User[] {
    return [...this.#items].map(([path, item]) => ({ path, uses: linksIn(item, this.#links) }))
  }
}

/** @throws GoogleError 400 in Google's words when the name breaks the rule. */
export function requireName(body: JsonObject): string {
  const name = textOf(body, 'name') ?? ''
  if (NAME.test(name)) return name
  throw new GoogleError(
    400,
    `Invalid value for field 'resource.name': '${name}'. Must be a match of regex '(?:[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?)'`
  )
}

/** 409 in the words of Compute. */
export function alreadyExists(path: string): GoogleError {
  return new GoogleError(409, `The resource '${path}' already exists`)
}

function inUse(path: string, user: string): GoogleError {
  const [collection = ''] = path.split('/').slice(-2)
  const kind = singular(collection).replace(/[A-Z]/g, (letter) => `_${letter}`)
  const message = `The ${kind.toLowerCase()} resource '${path}' is already being used by '${user}'`
  return new GoogleError(400, message, { reason: 'resourceInUseByAnotherResource' })
}

/** `addresses` to `address`, `targetHttpProxies` to `targetHttpProxy`. */
export function singular(collection: string): string {
  return collection.replace(/ies$/, 'y').replace(/(ss)es$|s$/, '$1')
}

/** The paths of all resources that a resource links to, itself not counted. */
function linksIn(resource: JsonObject, links: Links): ReadonlySet<string> {
  const found = new Set<string>()
  const visit = (value: unknown): void => {
    if (typeof value === 'string') {
      if (/(^|\/compute\/v1\/)projects\//.test(value)) found.add(links.path(value))
    } else if (Array.isArray(value)) value.forEach(visit)
    else if (isObject(value)) Object.values(value).forEach(visit)
  }
  visit({ ...resource, selfLink: undefined })
  return found
}

/** Valid base64 of the content, as clients that decode it expect. */
export function fingerprintOf(content: unknown): string {
  const text = JSON.stringify(content)
  return createHash('sha256').update(text).digest().subarray(0, 9).toString('base64')
}

/** JSON merge patch (RFC 7396): null deletes, arrays are replaced as a whole. */
export function mergePatch(target: JsonObject, patch: JsonObject): JsonObject {
  const merged: Record<string, unknown> = { ...target }
  for (const [key, value] of Object.entries(patch)) {
    const before = merged[key]
    if (value === null) delete merged[key]
    else merged[key] = isObject(value) ? mergePatch(isObject(before) ? before : {}, value) : value
  }
  return merged
}

/** As the API reads a whole resource: null is nothing, as a field and in a list. Go clients send it. */
export function withoutNulls(resource: JsonObject): JsonObject {
  const clean = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.filter((item) => item !== null).map(clean)
    return isObject(value) ? withoutNulls(value) : value
  }
  const given = Object.entries(resource).filter(([, value]) => value !== null)
  return Object.fromEntries(given.map(([key, value]) => [key, clean(value)]))
}
