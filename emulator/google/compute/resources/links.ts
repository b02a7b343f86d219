import { isObject, type JsonObject } from '../../route.ts'
import type { Links } from '../scope.ts'

/** The resource with the links at a path spelled out; lists on the way are gone through. */
export function expandAt(resource: JsonObject, path: readonly string[], links: Links): JsonObject {
  return mapValues(resource, path, (value) =>
    typeof value === 'string' ? links.expand(value) : value
  )
}

/** The resource with the objects at a path changed. */
export function mapAt(
  resource: JsonObject,
  path: readonly string[],
  change: (one: JsonObject) => JsonObject
): JsonObject {
  return mapValues(resource, path, (value) => (isObject(value) ? change(value) : value))
}

/** Every text at a path. */
export function textsAt(resource: JsonObject, path: readonly string[]): readonly string[] {
  const found: string[] = []
  mapValues(resource, path, (value) => {
    if (typeof value === 'string' && value !== '') found.push(value)
    return value
  })
  return found
}

function mapValues(
  resource: JsonObject,
  [field, ...rest]: readonly string[],
  change: (value: unknown) => unknown
): JsonObject {
  if (field === undefined || resource[field] === undefined) return resource
  const each = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(each)
    if (rest.length === 0) return change(value)
    return isObject(value) ? mapValues(value, rest, change) : value
  }
  return { ...resource, [field]: each(resource[field]) }
}
