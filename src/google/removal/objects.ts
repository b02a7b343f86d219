import { asList, asRecord, asText } from '../../lib/json.ts'
import type { GoogleClient } from '../client.ts'

/** One object as it was at one time; a bucket with versioning keeps those that others followed. */
export interface ObjectGeneration {
  readonly name: string
  readonly generation: string
  /** Whether it is the one that is read; the others are kept by the bucket's versioning. */
  readonly isLive: boolean
}

/** Every generation of every object whose name begins so. @throws ActionError GCP_* */
export async function listGenerations(
  google: GoogleClient,
  bucket: string,
  prefix: string
): Promise<readonly ObjectGeneration[]> {
  const found: ObjectGeneration[] = []
  let pageToken = ''
  do {
    const answer = await google.request({
      service: 'storage',
      method: 'GET',
      path: `b/${bucket}/o`,
      query: {
        prefix,
        versions: 'true',
        fields: 'nextPageToken,items(name,generation,timeDeleted)',
        ...(pageToken !== '' && { pageToken }),
      },
      purpose: `list gs://${bucket}/${prefix}`,
    })
    const page = asRecord(answer.json)
    for (const item of asList(page['items']).map(asRecord)) {
      const isLive = asText(item['timeDeleted']) === ''
      found.push({ name: asText(item['name']), generation: asText(item['generation']), isLive })
    }
    pageToken = asText(page['nextPageToken'])
  } while (pageToken !== '')
  return found
}

/** Removes one generation for good, live or not; one that is gone already is as well. @throws ActionError GCP_* */
export async function removeGeneration(
  google: GoogleClient,
  bucket: string,
  { name, generation }: ObjectGeneration
): Promise<void> {
  await google.request({
    service: 'storage',
    method: 'DELETE',
    path: `b/${bucket}/o/${encodeURIComponent(name)}`,
    query: { generation },
    purpose: `remove gs://${bucket}/${name}`,
    accept: [404],
  })
}
