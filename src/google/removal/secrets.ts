import { asList, asRecord, asText } from '../../lib/json.ts'
import type { GoogleClient } from '../client.ts'

/** What the secrets of a service that this action made carry. */
export function secretLabels(service: string): Readonly<Record<string, string>> {
  return { app: service, 'managed-by': 'deploy-spot-mig' }
}

/** Short ids of the secrets that this action made for the service. @throws ActionError GCP_* */
export async function listOwnSecrets(
  google: GoogleClient,
  { projectId, service }: { readonly projectId: string; readonly service: string }
): Promise<readonly string[]> {
  const labels = Object.entries(secretLabels(service))
  const ids: string[] = []
  let pageToken = ''
  do {
    const answer = await google.request({
      service: 'secretmanager',
      method: 'GET',
      path: `projects/${projectId}/secrets`,
      query: {
        filter: labels.map(([key, value]) => `labels.${key}=${value}`).join(' AND '),
        ...(pageToken !== '' && { pageToken }),
      },
      purpose: `list the secrets of ${service}`,
    })
    const page = asRecord(answer.json)
    for (const secret of asList(page['secrets']).map(asRecord)) {
      // A filter finds what begins alike, too, and what is not one's own must stay.
      const there = asRecord(secret['labels'])
      const isOwn = labels.every(([key, value]) => there[key] === value)
      if (isOwn) ids.push(asText(secret['name']).replace(/^.*\//, ''))
    }
    pageToken = asText(page['nextPageToken'])
  } while (pageToken !== '')
  return ids
}

/** Deletes a secret with all its versions; one that is gone already is as well. @throws ActionError GCP_* */
export async function deleteSecret(
  google: GoogleClient,
  { projectId, secret }: { readonly projectId: string; readonly secret: string }
): Promise<void> {
  await google.request({
    service: 'secretmanager',
    method: 'DELETE',
    path: `projects/${projectId}/secrets/${secret}`,
    purpose: `delete secret ${secret}`,
    accept: [404],
  })
}
