import { GoogleError } from '../errors.ts'
import { canonicalName, type Project } from '../project.ts'
import { isObject, type JsonObject, textOf, textsOf } from '../route.ts'

export interface Binding {
  readonly role: string
  readonly members: readonly string[]
  readonly condition?: JsonObject
}

export interface Policy {
  readonly version: number
  readonly etag: string
  readonly bindings?: readonly Binding[]
}

/** The etag of a policy that nobody has written yet, as Google answers it. */
const UNWRITTEN: Policy = { version: 1, etag: 'ACAB' }

/** The allow policies of the project and of every resource in it, by resource name. */
export class Policies {
  readonly #project: Project
  readonly #policies = new Map<string, Policy>()
  #revision = 0

  constructor(project: Project) {
    this.#project = project
  }

  get(resource: string): Policy {
    return this.#policies.get(this.#key(resource)) ?? UNWRITTEN
  }

  /**
   * Replaces the whole policy, as setIamPolicy does.
   * @throws GoogleError 409 ABORTED when `wanted` carries the etag of an older policy.
   */
  set(resource: string, wanted: JsonObject): Policy {
    const current = this.get(resource)
    const etag = textOf(wanted, 'etag')
    if (etag && etag !== current.etag) throw concurrentChange(etag)
    return this.#write(resource, mergeBindings(parseBindings(wanted['bindings'])))
  }

  /** Adds one member to one role, without any check: for what the cloud is born with. */
  grant(resource: string, role: string, member: string): void {
    const bindings = this.get(resource).bindings ?? []
    this.#write(resource, mergeBindings([...bindings, { role, members: [member] }]))
  }

  /** Forgets the policy of a resource that is gone, and of everything below it. */
  delete(resource: string): void {
    const key = this.#key(resource)
    for (const name of [...this.#policies.keys()]) {
      if (name === key || name.startsWith(`${key}/`)) this.#policies.delete(name)
    }
  }

  #write(resource: string, bindings: readonly Binding[]): Policy {
    const etag = Buffer.from(`policy${++this.#revision}`).toString('base64')
    const policy = { version: 1, etag, ...(bindings.length > 0 && { bindings }) }
    this.#policies.set(this.#key(resource), policy)
    return policy
  }

  #key(resource: string): string {
    return canonicalName(this.#project, resource)
  }
}

/** The roles whose members or conditions are not the same in both policies. */
export function rolesThatDiffer(current: Policy, wanted: JsonObject): readonly string[] {
  const before = new Map(mergeBindings(current.bindings ?? []).map(byText))
  const after = new Map(mergeBindings(parseBindings(wanted['bindings'])).map(byText))
  const differing = [...before, ...after].filter(([text]) => before.has(text) !== after.has(text))
  return [...new Set(differing.map(([, role]) => role))]
}

function byText(binding: Binding): readonly [string, string] {
  return [JSON.stringify(binding), binding.role]
}

const MEMBER =
  /^(allUsers|allAuthenticatedUsers|(user|serviceAccount|group|domain|principal|principalSet|deleted|projectOwner|projectEditor|projectViewer):.+)$/

function parseBindings(value: unknown): readonly Binding[] {
  if (value === undefined || value === null) return []
  if (!Array.isArray(value)) throw new GoogleError(400, 'Policy bindings must be a list.')
  return value.map(parseBinding)
}

function parseBinding(value: unknown): Binding {
  const binding = isObject(value) ? value : {}
  const role = textOf(binding, 'role') ?? ''
  if (!/^(roles|projects\/[^/]+\/roles|organizations\/[^/]+\/roles)\/.+/.test(role)) {
    throw new GoogleError(400, `Role (${role}) does not exist in the resource's hierarchy.`)
  }
  const members = textsOf(binding, 'members')
  const wrong = members.find((member) => !MEMBER.test(member))
  if (wrong !== undefined) {
    const rule = 'Members must be of the form "<type>:<value>".'
    throw new GoogleError(400, `The member ${wrong} is of an unknown type. ${rule}`)
  }
  const condition = binding['condition']
  return { role, members, ...(isObject(condition) && { condition }) }
}

function mergeBindings(bindings: readonly Binding[]): readonly Binding[] {
  const merged = new Map<string, Binding>()
  for (const binding of bindings) {
    const key = `${binding.role} ${JSON.stringify(binding.condition ?? null)}`
    const members = new Set([...(merged.get(key)?.members ?? []), ...binding.members])
    if (members.size > 0) merged.set(key, { ...binding, members: [...members].sort() })
  }
  return [...merged.values()].sort((a, b) => a.role.localeCompare(b.role))
}

function concurrentChange(etag: string): GoogleError {
  const message =
    'There were concurrent policy changes. Please retry the whole read-modify-write with ' +
    `exponential backoff. The request's ETag '${etag}' did not match the current policy's ETag.`
  return new GoogleError(409, message, { status: 'ABORTED', reason: 'aborted' })
}
