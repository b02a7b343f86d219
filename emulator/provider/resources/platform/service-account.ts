import { planFromProvider } from '../../plan/customize.ts'
import type { ResourceType } from '../../resource-type.ts'
import { describeFailure } from '../../rest/calls.ts'
import type { ResourceBasis } from '../../rest/rest-resource.ts'
import { parseId, resolve } from '../../rest/template.ts'
import { isConflict, isNotFound } from '../../session/api-error.ts'
import type { Session } from '../../session/session.ts'
import { ProviderError } from '../../wire/diagnostics.ts'
import type { Fields, Value } from '../../wire/values.ts'

/** google_service_account: its name is given by IAM, and `disabled` has calls of its own. */
export class ServiceAccount implements ResourceType {
  readonly block
  readonly rules
  readonly validate
  readonly schemaVersion = 0

  constructor(basis: ResourceBasis) {
    this.block = basis.block
    this.rules = basis.rules
    this.validate = basis.validate
  }

  /** The address follows from the name, so that what it is used for can be planned in full. */
  customize(planned: Fields, prior: Fields | undefined, session: Session): Fields {
    const fields = planFromProvider(planned, prior, session)
    const { account_id: account, project } = fields
    if (prior?.['account_id'] === account) return fields
    if (typeof account !== 'string' || typeof project !== 'string') return fields
    const email = `${account}@${project}.iam.gserviceaccount.com`
    return { ...fields, email, member: `serviceAccount:${email}` }
  }

  async create(planned: Fields, session: Session): Promise<Fields> {
    const project = resolve('project', planned, session)
    const account = {
      displayName: textOf(planned, 'display_name'),
      description: textOf(planned, 'description'),
    }
    const body = { accountId: planned['account_id'] ?? null, serviceAccount: account }
    const path = `projects/${project}/serviceAccounts`
    const request = session.client.request({ api: 'iam', method: 'POST', path, body })
    const created = request
      .then((answer) => String(answer['name']))
      .catch((error: unknown) => {
        if (!isConflict(error) || planned['create_ignore_already_exists'] !== true) throw error
        return `${path}/${String(planned['account_id'])}@${project}.iam.gserviceaccount.com`
      })
    const name = await describeFailure('Error creating service account', created)
    if (planned['disabled'] === true) await this.#setDisabled(name, true, session)
    return this.#require({ ...planned, id: name }, session)
  }

  async read(state: Fields, session: Session): Promise<Fields | null> {
    const path = String(state['id'])
    try {
      return toState(await session.client.request({ api: 'iam', method: 'GET', path }), state)
    } catch (error) {
      if (isNotFound(error)) return null
      return describeFailure(
        `Error when reading or editing Service Account "${path}"`,
        Promise.reject(error)
      )
    }
  }

  async update(planned: Fields, prior: Fields, session: Session): Promise<Fields> {
    const name = String(prior['id'])
    if (planned['disabled'] !== prior['disabled']) {
      await this.#setDisabled(name, planned['disabled'] === true, session)
    }
    const changed = TEXTS.filter(({ field }) => planned[field] !== prior[field])
    if (changed.length > 0) {
      const serviceAccount = Object.fromEntries(
        changed.map(({ field, key }) => [key, planned[field] ?? ''])
      )
      const body = { serviceAccount, updateMask: changed.map(({ key }) => key).join(',') }
      const request = session.client.request({ api: 'iam', method: 'PATCH', path: name, body })
      await describeFailure('Error updating service account', request)
    }
    return this.#require({ ...planned, id: name }, session)
  }

  async delete(state: Fields, session: Session): Promise<void> {
    const path = String(state['id'])
    try {
      await session.client.request({ api: 'iam', method: 'DELETE', path })
    } catch (error) {
      if (!isNotFound(error))
        await describeFailure(
          `Error when reading or editing Service Account "${path}"`,
          Promise.reject(error)
        )
    }
  }

  import(id: string, session: Session): Fields {
    const found = parseId(
      ['projects/{{project}}/serviceAccounts/{{email}}', '{{project}}/{{email}}', '{{email}}'],
      id
    )
    const email = found?.['email'] ?? id
    const project = found?.['project'] ?? resolve('project', {}, session)
    return {
      id: `projects/${project}/serviceAccounts/${email}`,
      create_ignore_already_exists: null,
    }
  }

  async #setDisabled(name: string, disabled: boolean, session: Session): Promise<void> {
    const path = `${name}:${disabled ? 'disable' : 'enable'}`
    const request = session.client.request({ api: 'iam', method: 'POST', path, body: {} })
    await describeFailure('Error updating service account', request)
  }

  async #require(fields: Fields, session: Session): Promise<Fields> {
    const state = await this.read(fields, session)
    if (!state)
      throw new ProviderError(
        `Error reading service account after creation: ${String(fields['id'])} was not found`
      )
    return state
  }
}

const TEXTS = [
  { field: 'display_name', key: 'displayName' },
  { field: 'description', key: 'description' },
] as const

function textOf(fields: Fields, name: string): Value {
  const value = fields[name]
  return typeof value === 'string' ? value : ''
}

function toState(answer: Fields, state: Fields): Fields {
  const email = String(answer['email'])
  const spelled = (key: string, field: string): Value =>
    answer[key] || (state[field] === null ? null : '')
  return {
    ...state,
    id: answer['name'] ?? null,
    name: answer['name'] ?? null,
    account_id: email.split('@')[0] ?? email,
    email,
    member: `serviceAccount:${email}`,
    unique_id: answer['uniqueId'] ?? null,
    project: answer['projectId'] ?? null,
    disabled: answer['disabled'] === true,
    display_name: spelled('displayName', 'display_name'),
    description: spelled('description', 'description'),
  }
}
