import { data } from '@actions/expressions'

/** What expressions are about: JSON. */
export type Value =
  | string
  | number
  | boolean
  | null
  | readonly Value[]
  | { readonly [name: string]: Value }

/** Names and values, as contexts are. */
export type Mapping = Readonly<Record<string, Value>>

type ExpressionData = ReturnType<data.Array['values']>[number]

/** Neither a list nor something plain. */
export function isMapping(value: Value | undefined): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Into the form that GitHub's evaluator reads. */
export function toData(value: Value): ExpressionData {
  if (typeof value === 'string') return new data.StringData(value)
  if (typeof value === 'number') return new data.NumberData(value)
  if (typeof value === 'boolean') return new data.BooleanData(value)
  if (value === null) return new data.Null()
  if (isList(value)) return new data.Array(...value.map(toData))
  return toDictionary(value)
}

/** Contexts for the evaluator; names count in either case. */
export function toDictionary(mapping: Mapping): data.Dictionary {
  return new data.Dictionary(
    ...Object.entries(mapping).map(([key, value]) => ({ key, value: toData(value) }))
  )
}

/** Back from the evaluator. */
export function fromData(value: ExpressionData): Value {
  if (value instanceof data.Array) return value.values().map(fromData)
  if (value instanceof data.Dictionary)
    return Object.fromEntries(value.pairs().map((pair) => [pair.key, fromData(pair.value)]))
  return value instanceof data.Null ? null : value.value
}

/** As GitHub turns a value into text: null is empty, an object says only that it is one. */
export function toText(value: Value): string {
  return toData(value).coerceString()
}

/** Everything but false, 0, NaN, the empty text and null. */
export function isTruthy(value: Value): boolean {
  return Boolean(value)
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value)
}
