import { ActionError } from '../../errors.ts'
import type { GoogleClient } from '../client.ts'
import { readFailure } from '../diagnosis/failure.ts'

/** What tells whether an API answers at all in a project. */
const PROBES = {
  compute: (project: string) => ({
    path: `projects/${project}/zones`,
    query: { maxResults: '1', fields: 'kind' },
  }),
  secretmanager: (project: string) => ({
    path: `projects/${project}/secrets`,
    query: { pageSize: '1' },
  }),
} as const

export interface Question<T> {
  readonly service: keyof typeof PROBES
  readonly projectId: string
  readonly ask: () => Promise<T>
  /** The answer of an API that was never switched on: nothing of it can be there. */
  readonly whenOff: T
}

/**
 * The answer to a question; that of a project in which nothing was ever deployed where the API is
 * off. Only a refusal makes it look for that, so that the usual case costs no request.
 *
 * @throws ActionError what `ask` throws
 */
export async function askUnlessOff<T>(
  google: GoogleClient,
  { service, projectId, ask, whenOff }: Question<T>
): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    const isRefusal = error instanceof ActionError && error.code === 'GCP_REQUEST_FAILED'
    if (!isRefusal || error.isPassing) throw error
    const answer = await google.request({
      service,
      method: 'GET',
      ...PROBES[service](projectId),
      purpose: 'see whether an API is on',
      accept: [400, 403, 404],
    })
    if (answer.status !== 403 || !isOff(answer.text)) throw error
    return whenOff
  }
}

/** Compute Engine says it in an older way, too. */
function isOff(body: string): boolean {
  const { reason } = readFailure(403, body)
  return reason === 'SERVICE_DISABLED' || reason === 'accessNotConfigured'
}
