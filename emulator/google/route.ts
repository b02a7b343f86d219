import type { HttpBindings } from '@hono/node-server'
import type { Context } from 'hono'
import { GoogleError } from './errors.ts'

/** What the server has put at the disposal of every route of a Google API. */
export interface GoogleEnv {
  Bindings: HttpBindings
  Variables: { member: string }
}

export type GoogleContext = Context<GoogleEnv>
export type JsonObject = Readonly<Record<string, unknown>>

/** The request's JSON object; an empty body counts as `{}`. @throws GoogleError 400 for anything else. */
export async function readJson(c: Context): Promise<JsonObject> {
  const text = await c.req.text()
  if (text.trim() === '') return {}
  const value = parseJson(text)
  if (isObject(value)) return value
  throw new GoogleError(400, 'Invalid JSON payload received. Expected an object.', {
    reason: 'parseError',
  })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new GoogleError(400, 'Invalid JSON payload received. Unexpected token.', {
      reason: 'parseError',
    })
  }
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The text of a field, or undefined when it is missing or no string. */
export function textOf(object: JsonObject, field: string): string | undefined {
  const value = object[field]
  return typeof value === 'string' ? value : undefined
}

/** The object in a field, or `{}`. */
export function objectOf(object: JsonObject, field: string): JsonObject {
  const value = object[field]
  return isObject(value) ? value : {}
}

/** The strings of an array field; anything else in it is left out. */
export function textsOf(object: JsonObject, field: string): readonly string[] {
  const value = object[field]
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
}

/** Splits Google's custom methods off a path segment: `app:enable` is `app` and `enable`. */
export function splitVerb(segment: string): { readonly name: string; readonly verb: string } {
  const colon = segment.lastIndexOf(':')
  if (colon < 0) return { name: segment, verb: '' }
  return { name: segment.slice(0, colon), verb: segment.slice(colon + 1) }
}

/** `included_permissions` as the JSON APIs spell it; what is camelCase already stays so. */
export function camelCase(field: string): string {
  return field.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
}

/** One page of `items`; page tokens are offsets. `defaultSize` holds when the client names no size. */
export function pageOf<T>(c: Context, items: readonly T[], defaultSize = 500): Page<T> {
  const asked = Number(c.req.query('pageSize') ?? c.req.query('maxResults') ?? defaultSize)
  const size = Number.isInteger(asked) && asked > 0 ? asked : defaultSize
  const start = Number(c.req.query('pageToken') ?? 0)
  if (!Number.isInteger(start) || start < 0) throw new GoogleError(400, 'Invalid page token.')
  const end = start + size
  return {
    items: items.slice(start, end),
    ...(end < items.length && { nextPageToken: String(end) }),
  }
}

export interface Page<T> {
  readonly items: readonly T[]
  readonly nextPageToken?: string
}

/** 404 for a path that no route serves. */
export function unknownUrl(path: string): GoogleError {
  return new GoogleError(404, `The requested URL ${path} was not found on this server.`)
}

/** 404 in the words that most newer APIs use for a resource that is not there. */
export function entityNotFound(): GoogleError {
  return new GoogleError(404, 'Requested entity was not found.')
}
