import { describeFailure } from '../../rest/calls.ts'
import { RestResource } from '../../rest/rest-resource.ts'
import { isNotFound } from '../../session/api-error.ts'
import type { Session } from '../../session/session.ts'
import { ProviderError } from '../../wire/diagnostics.ts'
import type { Fields } from '../../wire/values.ts'

/** google_project_iam_custom_role: one that was deleted lately keeps its id, and is brought back. */
export class CustomRole extends RestResource {
  override async create(planned: Fields, session: Session): Promise<Fields> {
    const path = this.path(planned, session)
    const existing = await findRole(path, session)
    if (!existing) return super.create(planned, session)
    if (existing['deleted'] !== true) {
      throw new ProviderError(`Custom project role ${path} already exists and must be imported`)
    }
    const request = { api: 'iam', method: 'POST', path: `${path}:undelete`, body: {} } as const
    await describeFailure(
      'Error undeleting the custom project role',
      session.client.request(request)
    )
    // Nothing of what it was counts: everything in the plan is sent.
    return super.update({ ...planned, id: path }, { role_id: planned['role_id'] ?? null }, session)
  }
}

async function findRole(path: string, session: Session): Promise<Fields | undefined> {
  try {
    return await session.client.request({ api: 'iam', method: 'GET', path })
  } catch (error) {
    if (isNotFound(error)) return undefined
    return describeFailure(`Error reading the custom project role ${path}`, Promise.reject(error))
  }
}
