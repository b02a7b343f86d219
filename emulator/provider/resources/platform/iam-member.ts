import { planFromProvider } from '../../plan/customize.ts'
import type { ResourceType } from '../../resource-type.ts'
import { describeFailure } from '../../rest/calls.ts'
import type { ResourceBasis } from '../../rest/rest-resource.ts'
import { Turns } from '../../rest/turns.ts'
import { isConflict, isNotFound } from '../../session/api-error.ts'
import type { Session } from '../../session/session.ts'
import { ProviderError } from '../../wire/diagnostics.ts'
import { type Fields, isFields, isList, type Value } from '../../wire/values.ts'
import type { PolicyTarget } from './iam-targets.ts'

interface Policy {
  readonly etag: Value
  readonly bindings: readonly Fields[]
}

// Policies are read, changed and written whole: two members of one policy must take turns.
const turns = new Turns()

/** google_*_iam_member: one member of one role in somebody's policy; all else in it is left alone. */
export class IamMember implements ResourceType {
  readonly block
  readonly rules
  readonly validate
  readonly schemaVersion = 0
  readonly customize = planFromProvider
  readonly #target: PolicyTarget

  constructor(basis: ResourceBasis, target: PolicyTarget) {
    this.block = basis.block
    this.rules = basis.rules
    this.validate = basis.validate
    this.#target = target
  }

  async create(planned: Fields, session: Session): Promise<Fields> {
    const policy = await this.#change(planned, session, (bindings) => addMember(bindings, planned))
    return this.#toState(planned, policy, session)
  }

  async read(state: Fields, session: Session): Promise<Fields | null> {
    try {
      const policy = await this.#readPolicy(state, session)
      const member = policy.bindings.find((binding) => matches(binding, state))
      return member && holds(member, state) ? this.#toState(state, policy, session) : null
    } catch (error) {
      if (isNotFound(error)) return null
      return describeFailure(this.#failure('retrieving', state, session), Promise.reject(error))
    }
  }

  async update(planned: Fields): Promise<Fields> {
    return planned
  }

  async delete(state: Fields, session: Session): Promise<void> {
    try {
      await this.#change(state, session, (bindings) => removeMember(bindings, state))
    } catch (error) {
      if (!isNotFound(error instanceof Error ? error.cause : error)) throw error
    }
  }

  import(id: string, session: Session): Fields {
    const [resource, role, member] = id.split(' ')
    if (!resource || !role || !member) {
      throw new ProviderError(
        `Wrong number of parts to Member id ${id}; expected 'resource_name role member'.`
      )
    }
    const fields = { ...this.#target.parse(resource, session), role, member, condition: [] }
    return { ...fields, id: this.#id(fields, session) }
  }

  // A conflict means that somebody else wrote in between: read again and change that.
  async #change(
    fields: Fields,
    session: Session,
    edit: (bindings: readonly Fields[]) => readonly Fields[]
  ): Promise<Policy> {
    const path = this.#target.path(fields, session)
    const attempt = async (left: number): Promise<Policy> => {
      try {
        const policy = await this.#readPolicy(fields, session)
        return await this.#writePolicy(
          path,
          { ...policy, bindings: edit(policy.bindings) },
          session
        )
      } catch (error) {
        if (left > 0 && isConflict(error)) return attempt(left - 1)
        throw error
      }
    }
    const work = turns.take(session.client.base(this.#target.api) + path, () =>
      attempt(CONFLICT_RETRIES)
    )
    return describeFailure(this.#failure('applying', fields, session), work)
  }

  async #readPolicy(fields: Fields, session: Session): Promise<Policy> {
    const path = `${this.#target.path(fields, session)}${this.#target.verbs.get}`
    const { api, getMethod } = this.#target
    const body = api === 'resourceManager' ? { options: { requestedPolicyVersion: 3 } } : {}
    const answer = await session.client.request(
      getMethod === 'GET' ? { api, method: 'GET', path } : { api, method: 'POST', path, body }
    )
    return parsePolicy(answer)
  }

  async #writePolicy(path: string, policy: Policy, session: Session): Promise<Policy> {
    const { api, setMethod, verbs } = this.#target
    const whole = { version: 3, etag: policy.etag, bindings: policy.bindings }
    const body = api === 'storage' ? whole : { policy: whole }
    return parsePolicy(
      await session.client.request({ api, method: setMethod, path: path + verbs.set, body })
    )
  }

  #toState(fields: Fields, policy: Policy, session: Session): Fields {
    const whole = { ...fields, ...this.#target.scope(fields, session) }
    return { ...whole, etag: policy.etag, id: this.#id(whole, session) }
  }

  #id(fields: Fields, session: Session): string {
    const condition = conditionOf(fields)
    const parts = ['title', 'description', 'expression'].map((name) => condition?.[name] ?? '')
    const suffix = condition ? `/${parts.join('/')}` : ''
    return `${this.#target.id(fields, session)}/${String(fields['role'])}/${String(fields['member'])}${suffix}`
  }

  #failure(verb: string, fields: Fields, session: Session): string {
    const resource = `${this.#target.title} "${this.#target.id(fields, session)}"`
    if (verb === 'retrieving') return `Error retrieving IAM policy for ${resource}`
    return `Error applying IAM policy for ${resource}: Error setting IAM policy for ${resource}`
  }
}

const CONFLICT_RETRIES = 8

function parsePolicy(answer: Fields): Policy {
  const bindings = answer['bindings']
  return {
    etag: answer['etag'] ?? '',
    bindings: isList(bindings) ? bindings.filter(isFields) : [],
  }
}

function addMember(bindings: readonly Fields[], fields: Fields): readonly Fields[] {
  const member = fields['member'] ?? null
  if (!bindings.some((binding) => matches(binding, fields))) {
    const condition = conditionOf(fields)
    const binding = {
      role: fields['role'] ?? null,
      members: [member],
      ...(condition && { condition }),
    }
    return [...bindings, binding]
  }
  return bindings.map((binding) => {
    if (!matches(binding, fields) || holds(binding, fields)) return binding
    return { ...binding, members: [...membersOf(binding), member] }
  })
}

function removeMember(bindings: readonly Fields[], fields: Fields): readonly Fields[] {
  return bindings
    .map((binding) => {
      if (!matches(binding, fields)) return binding
      return {
        ...binding,
        members: membersOf(binding).filter((member) => member !== fields['member']),
      }
    })
    .filter((binding) => membersOf(binding).length > 0)
}

function matches(binding: Fields, fields: Fields): boolean {
  if (binding['role'] !== fields['role']) return false
  const [a, b] = [conditionOf(binding), conditionOf(fields)]
  return a?.['title'] === b?.['title'] && a?.['expression'] === b?.['expression']
}

function holds(binding: Fields, fields: Fields): boolean {
  const wanted = String(fields['member']).toLowerCase()
  return membersOf(binding).some((member) => String(member).toLowerCase() === wanted)
}

function membersOf(binding: Fields): readonly Value[] {
  return isList(binding['members']) ? binding['members'] : []
}

// One object in a policy, a block (so: a list) in Terraform.
function conditionOf(fields: Fields): Fields | undefined {
  const condition = fields['condition']
  const sole = isList(condition) ? condition[0] : condition
  if (!isFields(sole)) return undefined
  return Object.fromEntries(Object.entries(sole).filter(([, value]) => value !== null))
}
