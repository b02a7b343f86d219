import { GoogleError } from './errors.ts'
import { type GoogleContext, isObject, type JsonObject } from './route.ts'

/** The fields that an answer may have; `{}` for one without fields of its own, or with any. */
export interface Shape {
  readonly [field: string]: Shape
}

/** What of an answer was asked for, field by field; one without entries means all of it. */
type Mask = ReadonlyMap<string, Mask>

/**
 * The part of an answer that the request's `fields` selects, all of it without one: the partial
 * responses of every Google API (https://cloud.google.com/compute/docs/api/how-tos/performance).
 *
 * @throws GoogleError 400 for a field that the answer never has
 */
export function partial(c: GoogleContext, answer: JsonObject, shape: Shape): JsonObject {
  const fields = c.req.query('fields')
  if (fields === undefined || fields === '') return answer
  const mask = knownMask(fields, shape)
  return mask === EVERYTHING ? answer : selectFrom(answer, mask)
}

/** By what the answer may have, then by what was asked for: clients ask for the same again and again. */
const MASKS = new WeakMap<Shape, Map<string, Mask>>()

function knownMask(fields: string, shape: Shape): Mask {
  const masks = MASKS.get(shape) ?? new Map<string, Mask>()
  const mask = masks.get(fields) ?? new FieldsParser(fields).parse()
  if (masks.has(fields)) return mask
  refuseUnknown(mask, shape)
  MASKS.set(shape, masks.set(fields, mask))
  return mask
}

/** `a,b/c,d(e,f/g)`: a list of paths, each of which may end in a list for the fields below. */
class FieldsParser {
  readonly #fields: string
  readonly #tokens: string[]

  constructor(fields: string) {
    this.#fields = fields
    this.#tokens = fields.match(/[\w*]+|\S/g) ?? []
  }

  parse(): Mask {
    const mask = this.#list()
    if (this.#tokens.length > 0) throw invalidSelection(this.#fields)
    return mask.has('*') ? EVERYTHING : mask
  }

  #list(): Mask {
    let mask = this.#path()
    while (this.#take(',')) mask = merge(mask, this.#path())
    return mask
  }

  #path(): Mask {
    const field = this.#tokens.shift() ?? ''
    if (!/^(\w+|\*)$/.test(field)) throw invalidSelection(this.#fields)
    const below = this.#below()
    return new Map([[field, below.has('*') ? EVERYTHING : below]])
  }

  #below(): Mask {
    if (this.#take('/')) return this.#path()
    if (!this.#take('(')) return EVERYTHING
    const list = this.#list()
    if (!this.#take(')')) throw invalidSelection(this.#fields)
    return list
  }

  #take(token: string): boolean {
    if (this.#tokens[0] !== token) return false
    this.#tokens.shift()
    return true
  }
}

const EVERYTHING: Mask = new Map()

function merge(one: Mask, other: Mask): Mask {
  const merged = new Map(one)
  for (const [field, below] of other) {
    const known = merged.get(field)
    const isWhole = known?.size === 0 || below.size === 0
    merged.set(field, known && !isWhole ? merge(known, below) : isWhole ? EVERYTHING : below)
  }
  return merged
}

function refuseUnknown(mask: Mask, shape: Shape): void {
  for (const [field, below] of mask) {
    const known = shape[field]
    if (known === undefined) throw invalidSelection(field)
    refuseUnknown(below, known)
  }
}

function selectFrom(value: JsonObject, mask: Mask): JsonObject {
  const selected: Record<string, unknown> = {}
  for (const [field, below] of mask) {
    const found = value[field]
    if (found !== undefined) selected[field] = select(found, below)
  }
  return selected
}

function select(value: unknown, mask: Mask): unknown {
  if (mask.size === 0) return value
  if (Array.isArray(value)) return value.map((item: unknown) => select(item, mask))
  return isObject(value) ? selectFrom(value, mask) : value
}

function invalidSelection(selection: string): GoogleError {
  return new GoogleError(400, `Invalid field selection ${selection}`, {
    reason: 'invalidParameter',
    location: { locationType: 'parameter', location: 'fields' },
  })
}
