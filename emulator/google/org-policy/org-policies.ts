import { GoogleError } from '../errors.ts'
import { type JsonObject, objectOf, textOf, textsOf } from '../route.ts'
import { CONSTRAINTS } from './constraints.ts'

/**
 * The organisation policies that hold in the project: what the organisation has set, and what the
 * project has set for itself, which wins unless the organisation's is inherited beside it.
 */
export class OrgPolicies {
  readonly #ofProject = new Map<string, JsonObject>()
  readonly #ofOrganization = new Map<string, JsonObject>()

  /** Sets what the project inherits; undefined takes it back. @throws GoogleError 400 */
  inherit(constraint: string, policy: JsonObject | undefined): void {
    const name = nameOf(constraint)
    if (policy) this.#ofOrganization.set(name, parse(name, policy))
    else this.#ofOrganization.delete(name)
  }

  /** @throws GoogleError 400 */
  set(constraint: string, policy: JsonObject): JsonObject {
    const name = nameOf(constraint)
    this.#ofProject.set(name, parse(name, policy))
    return this.get(constraint)
  }

  clear(constraint: string): void {
    this.#ofProject.delete(nameOf(constraint))
  }

  /** What the project itself has set; without a type when that is nothing. */
  get(constraint: string): JsonObject {
    const name = nameOf(constraint)
    return { constraint: `constraints/${name}`, etag: 'BwVDdZLcfBs=', ...this.#ofProject.get(name) }
  }

  /** What holds; it has no etag, because it is computed. */
  effective(constraint: string): JsonObject {
    const name = nameOf(constraint)
    const own = this.#ofProject.get(name)
    const policy = own ?? this.#ofOrganization.get(name) ?? defaultOf(name)
    const inherited = objectOf(this.#ofOrganization.get(name) ?? {}, 'listPolicy')
    const inherits = objectOf(own ?? {}, 'listPolicy')['inheritFromParent'] === true
    const merged = inherits
      ? { listPolicy: merge(inherited, objectOf(policy, 'listPolicy')) }
      : policy
    return { constraint: `constraints/${name}`, ...merged }
  }
}

function defaultOf(name: string): JsonObject {
  return CONSTRAINTS[name] === 'boolean'
    ? { booleanPolicy: {} }
    : { listPolicy: { allValues: 'ALLOW' } }
}

function nameOf(constraint: string): string {
  const name = constraint.replace(/^constraints\//, '')
  if (Object.hasOwn(CONSTRAINTS, name)) return name
  throw new GoogleError(400, `The constraint ${constraint} does not exist or cannot be used here.`)
}

function parse(name: string, policy: JsonObject): JsonObject {
  const field = CONSTRAINTS[name] === 'boolean' ? 'booleanPolicy' : 'listPolicy'
  if (policy['restoreDefault'] !== undefined) return defaultOf(name)
  if (policy[field] === undefined) {
    throw new GoogleError(400, `The constraint constraints/${name} wants a ${field}.`)
  }
  return { [field]: objectOf(policy, field) }
}

function merge(above: JsonObject, own: JsonObject): JsonObject {
  const both = (field: string): readonly string[] => [
    ...new Set([...textsOf(above, field), ...textsOf(own, field)]),
  ]
  const allValues = textOf(own, 'allValues') ?? textOf(above, 'allValues')
  const allowedValues = both('allowedValues')
  const deniedValues = both('deniedValues')
  if (allowedValues.length + deniedValues.length === 0) return allValues ? { allValues } : {}
  return {
    ...(allowedValues.length > 0 && { allowedValues }),
    ...(deniedValues.length > 0 && { deniedValues }),
  }
}
