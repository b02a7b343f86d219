import { planFromProvider } from '../../plan/customize.ts'
import type { ResourceType } from '../../resource-type.ts'
import { describeFailure, perform, timeoutOf } from '../../rest/calls.ts'
import type { ResourceBasis } from '../../rest/rest-resource.ts'
import { parseId, resolve } from '../../rest/template.ts'
import { isNotFound } from '../../session/api-error.ts'
import type { Session } from '../../session/session.ts'
import { ProviderError } from '../../wire/diagnostics.ts'
import { type Fields, isFields, isList } from '../../wire/values.ts'

/** google_project_service: an API that is switched on in a project. */
export class ProjectService implements ResourceType {
  readonly block
  readonly rules
  readonly validate
  readonly schemaVersion = 0
  readonly customize = planFromProvider
  // All services of a project are read with one list while a refresh asks for them side by side.
  readonly #lists = new WeakMap<Session, Map<string, Promise<ReadonlySet<string>>>>()

  constructor(basis: ResourceBasis) {
    this.block = basis.block
    this.rules = basis.rules
    this.validate = basis.validate
  }

  /** An API that is on already is only taken note of: nobody needs the right to switch it on. */
  async create(planned: Fields, session: Session): Promise<Fields> {
    const project = resolve('project', planned, session)
    const service = String(planned['service'])
    const done = { ...planned, project, id: `${project}/${service}` }
    if ((await this.#listEnabled(project, session)).has(service)) return done
    const path = `projects/${project}/services:batchEnable`
    const body = { serviceIds: [service] }
    await perform(
      session,
      { api: 'serviceUsage', method: 'POST', path, body },
      {
        failure: `Error enabling service ${service} for project "${project}"`,
        activity: `api ${service} to enable`,
        timeoutMs: timeoutOf(planned, 'create', 20 * 60_000),
      }
    )
    return done
  }

  async read(state: Fields, session: Session): Promise<Fields | null> {
    const project = resolve('project', state, session)
    try {
      const path = `projects/${project}`
      await session.client.request({ api: 'resourceManager', method: 'GET', path })
      const enabled = await this.#listEnabled(project, session)
      return enabled.has(String(state['service'])) ? state : null
    } catch (error) {
      if (isNotFound(error)) return null
      const subject = `Project Service ${project}/${String(state['service'])}`
      return describeFailure(`Error when reading or editing ${subject}`, Promise.reject(error))
    }
  }

  async update(planned: Fields): Promise<Fields> {
    return planned
  }

  async delete(state: Fields, session: Session): Promise<void> {
    if (state['disable_on_destroy'] === false) return
    const project = resolve('project', state, session)
    const path = `projects/${project}/services/${String(state['service'])}:disable`
    const body = { disableDependentServices: state['disable_dependent_services'] === true }
    await perform(
      session,
      { api: 'serviceUsage', method: 'POST', path, body },
      {
        failure: `Error disabling service "${String(state['service'])}" for project "${project}"`,
        activity: `api ${String(state['service'])} to disable`,
        timeoutMs: timeoutOf(state, 'delete', 20 * 60_000),
      }
    )
  }

  import(id: string): Fields {
    const found = parseId(['{{project}}/{{service}}'], id)
    if (!found)
      throw new ProviderError(
        `Invalid google_project_service id format for import, expecting \`{project}/{service}\`, found ${id}`
      )
    return { ...found, id, disable_on_destroy: true }
  }

  #listEnabled(project: string, session: Session): Promise<ReadonlySet<string>> {
    const lists = this.#lists.get(session) ?? new Map<string, Promise<ReadonlySet<string>>>()
    this.#lists.set(session, lists)
    const running = lists.get(project)
    if (running) return running
    const list = fetchEnabled(project, session).finally(() => lists.delete(project))
    lists.set(project, list)
    return list
  }
}

async function fetchEnabled(project: string, session: Session): Promise<ReadonlySet<string>> {
  const enabled = new Set<string>()
  let token = ''
  do {
    const query = `filter=state:ENABLED&pageSize=200${token && `&pageToken=${token}`}`
    const request = session.client.request({
      api: 'serviceUsage',
      method: 'GET',
      path: `projects/${project}/services?${query}`,
    })
    const page = await describeFailure(
      `Failed to list enabled services for project ${project}`,
      request
    )
    for (const service of isList(page['services']) ? page['services'] : []) {
      if (isFields(service)) enabled.add(String(service['name']).split('/').at(-1) ?? '')
    }
    token = typeof page['nextPageToken'] === 'string' ? page['nextPageToken'] : ''
  } while (token !== '')
  return enabled
}
