import { equalsLoosely, isZero, lastSegment } from '../plan/sameness.ts'
import type { AttributeType, Block, NestedBlock } from '../schema.ts'
import { type Fields, isFields, isList, isUnknown, type Value } from '../wire/values.ts'
import { apiName, type CodecRules, camelCase } from './codec.ts'

/**
 * An API's JSON as fields. `prior` is what terraform holds so far: where the API says nothing, or
 * something that means the same (absent and false, null and ""), its spelling stays.
 */
export function decodeFields(
  block: Block,
  rules: CodecRules,
  answer: Fields,
  prior: Fields | undefined,
  path = ''
): Fields {
  const fields: Record<string, Value> = {}
  for (const [name, attribute] of Object.entries(block.attributes)) {
    const place = path + name
    const known = settled(prior?.[name])
    if (rules.local?.has(place)) fields[name] = known
    else {
      const raw = answer[apiName(rules, place, name)]
      const value = convert(attribute.type, raw ?? null)
      fields[name] = choose(rules.bareNames?.has(place) ? bareName(value) : value, prior && known)
    }
  }
  for (const [name, nested] of Object.entries(block.block_types)) {
    const raw = answer[apiName(rules, path + name, name)]
    fields[name] = decodeNested(nested, rules, raw ?? null, prior?.[name], path + name)
  }
  return fields
}

/** The value with Terraform's type: numbers out of strings, snake_case keys, objects in lists. */
export function convert(type: AttributeType, raw: Value): Value {
  if (raw === null) return null
  if (type === 'string') return typeof raw === 'object' ? JSON.stringify(raw) : String(raw)
  if (type === 'number') return toNumber(raw)
  if (type === 'bool') return raw === true || raw === 'true'
  if (type === 'dynamic') return raw
  if (type[0] === 'object') return convertObject(type[1], raw)
  if (type[0] === 'map') return convertMap(type[1], raw)
  const items = isList(raw) ? raw : [raw]
  return items.map((item) => convert(type[1], item))
}

function convertObject(types: Readonly<Record<string, AttributeType>>, raw: Value): Value {
  const source = isFields(raw) ? raw : {}
  return Object.fromEntries(
    Object.entries(types).map(([name, type]) => [
      name,
      convert(type, source[camelCase(name)] ?? emptyOf(type)),
    ])
  )
}

// A list of objects stands for one nested object of the API, which may be absent.
function emptyOf(type: AttributeType): Value {
  if (type === 'bool') return false
  if (type === 'number') return 0
  return type === 'string' ? '' : []
}

function convertMap(type: AttributeType, raw: Value): Value {
  if (!isFields(raw)) return {}
  return Object.fromEntries(Object.entries(raw).map(([key, value]) => [key, convert(type, value)]))
}

// Numeric ids have up to 20 digits, more than a double can hold.
function toNumber(raw: Value): Value {
  const text = String(raw)
  const number = Number(text)
  return Number.isInteger(number) && !Number.isSafeInteger(number) ? BigInt(text) : number
}

function bareName(value: Value): Value {
  if (isList(value)) return value.map(bareName)
  return typeof value === 'string' ? lastSegment(value) : value
}

function choose(value: Value, prior: Value | undefined): Value {
  if (prior === undefined) return value
  return isZero(value) && isZero(prior) ? prior : value
}

function settled(value: Value | undefined): Value {
  return value === undefined || isUnknown(value) ? null : value
}

function decodeNested(
  nested: NestedBlock,
  rules: CodecRules,
  raw: Value,
  prior: Value | undefined,
  path: string
): Value {
  if (nested.nesting_mode === 'single') return settled(prior)
  if (rules.local?.has(path)) return isList(prior) ? prior : []
  const known = isList(prior) ? prior.filter(isFields) : undefined
  const answers = (isList(raw) ? raw : [raw]).filter(isFields)
  if (answers.length === 0) return known?.every(isHollow) ? known : []
  const isIdle = known?.length === 0 && nested.max_items === 1 && answers.every(isHollow)
  if (isIdle && !rules.telling?.has(path)) return []
  const decode = (answer: Fields, before: Fields | undefined): Fields => {
    return decodeFields(nested.block, rules, answer, before, `${path}.`)
  }
  if (nested.nesting_mode === 'set')
    return answers.map((answer) => decodeElement(answer, known, decode))
  return answers.map((answer, index) => decode(answer, known?.[index]))
}

// An element of a set keeps the spelling of the known element that it equals, if there is one.
function decodeElement(
  answer: Fields,
  known: readonly Fields[] | undefined,
  decode: (answer: Fields, before: Fields | undefined) => Fields
): Fields {
  for (const before of known ?? []) {
    const decoded = decode(answer, before)
    if (Object.keys(decoded).every((key) => equalsLoosely(decoded[key], before[key])))
      return decoded
  }
  return decode(answer, undefined)
}

function isHollow(fields: Fields): boolean {
  return Object.values(fields).every((value) => {
    return (
      isZero(value) || (isList(value) && value.filter(isFields).every(isHollow)) || isUnknown(value)
    )
  })
}
