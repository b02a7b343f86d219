import { isZero } from '../plan/sameness.ts'
import type { Attribute, Block, NestedBlock } from '../schema.ts'
import { type Fields, isFields, isList, isUnknown, type Value } from '../wire/values.ts'

/** How a resource type's fields and an API's JSON differ, beyond snake_case and camelCase. */
export interface CodecRules {
  /** Dotted path to the API's key where it is another word. */
  readonly names?: Readonly<Record<string, string>>
  /** Single blocks that the API holds in a list. */
  readonly lists?: ReadonlySet<string>
  /** Fields that exist only on Terraform's side: never sent, never read. */
  readonly local?: ReadonlySet<string>
  /** Computed fields that are sent all the same: what Terraform works out, not what Google does. */
  readonly sent?: ReadonlySet<string>
  /** Blocks that say something by being there, even with nothing inside. */
  readonly telling?: ReadonlySet<string>
  /** Fields that the API gives as a URL and Terraform as a bare name. */
  readonly bareNames?: ReadonlySet<string>
}

/** The API's JSON for planned fields. Empty values are left out: the API takes them for absent. */
export function encodeFields(block: Block, rules: CodecRules, fields: Fields, path = ''): Fields {
  const body: Record<string, Value> = {}
  for (const [name, attribute] of Object.entries(block.attributes)) {
    const value = fields[name] ?? null
    if (!isSent(attribute, rules, path + name) || isOmitted(value)) continue
    body[apiName(rules, path + name, name)] = value
  }
  for (const [name, nested] of Object.entries(block.block_types)) {
    const value = encodeNested(nested, rules, fields[name] ?? null, path + name)
    if (value !== undefined) body[apiName(rules, path + name, name)] = value
  }
  return body
}

/** The fields of `next` that differ from `previous`; a field that went is null, which clears it. */
export function changedFields(previous: Fields, next: Fields): Fields {
  const gone = Object.keys(previous).filter((key) => !(key in next))
  const changed = Object.entries(next).filter(([key, value]) => {
    return JSON.stringify(previous[key], textual) !== JSON.stringify(value, textual)
  })
  return { ...Object.fromEntries(gone.map((key) => [key, null])), ...Object.fromEntries(changed) }
}

/** The API's key for a field. */
export function apiName(rules: CodecRules, path: string, name: string): string {
  return rules.names?.[path] ?? camelCase(name)
}

/** `max_surge_fixed` to `maxSurgeFixed`. */
export function camelCase(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
}

function isSent(attribute: Attribute, rules: CodecRules, path: string): boolean {
  if (rules.local?.has(path) || path === 'id' || path === 'project') return false
  return Boolean(attribute.required || attribute.optional || rules.sent?.has(path))
}

function isOmitted(value: Value): boolean {
  if (value === null || isUnknown(value) || value === '') return true
  return typeof value === 'object' && isZero(value)
}

function encodeNested(
  nested: NestedBlock,
  rules: CodecRules,
  value: Value,
  path: string
): Value | undefined {
  if (nested.nesting_mode === 'single' || rules.local?.has(path)) return undefined
  const elements = isList(value) ? value.filter(isFields) : []
  if (elements.length === 0) return undefined
  const encoded = elements.map((element) => encodeFields(nested.block, rules, element, `${path}.`))
  return nested.max_items === 1 && !rules.lists?.has(path) ? (encoded[0] ?? {}) : encoded
}

function textual(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value
}
