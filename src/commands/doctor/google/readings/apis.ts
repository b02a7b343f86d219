import type { GoogleClient } from '../../../../google/client.ts'
import { readFailure } from '../../../../google/diagnosis/failure.ts'
import { asList, asRecord, asText } from '../../../../lib/json.ts'
import { refuse } from './asking.ts'

/** `off` when the API that tells it is off itself. */
export type EnabledApis = ReadonlySet<string> | 'off'

/**
 * The short names of those of `apis` that are on, in one request.
 *
 * @throws ActionError GCP_*
 */
export async function readEnabledApis(
  google: GoogleClient,
  projectId: string,
  apis: readonly string[]
): Promise<EnabledApis> {
  const names = apis.map((api) => `names=projects/${projectId}/services/${api}.googleapis.com`)
  const question = {
    service: 'serviceusage',
    path: `projects/${projectId}/services:batchGet?${names.join('&')}`,
    purpose: `read which APIs are on in project ${projectId}`,
  } as const
  const answer = await google.request({ ...question, method: 'GET', accept: [403] })
  if (answer.status === 403) {
    if (readFailure(403, answer.text).reason === 'SERVICE_DISABLED') return 'off'
    return refuse(google, question, answer)
  }
  const enabled = asList(asRecord(answer.json)['services'])
    .map(asRecord)
    .filter((service) => service['state'] === 'ENABLED')
  return new Set(enabled.map((service) => shortName(asText(asRecord(service['config'])['name']))))
}

function shortName(service: string): string {
  return service.replace(/\.googleapis\.com$/, '')
}
