import { randomUUID } from 'node:crypto'
import { asList, asNumber, asRecord, asText, type JsonRecord } from '../../lib/json.ts'
import type { GoogleClient } from '../client.ts'
import { type GoogleFailure, readFailure } from '../diagnosis/failure.ts'
import { waitUntilDone } from '../operations.ts'

/** `absent`: it was not there. A refusal is an answer here, whatever its reason. */
export type Deletion = 'deleted' | 'absent' | GoogleFailure

/** The one reason to refuse that needs nobody's attention: what is used stays. */
const IN_USE = new Set(['resourceInUseByAnotherResource', 'RESOURCE_IN_USE_BY_ANOTHER_RESOURCE'])

/** Whether a deletion was refused because something uses the resource. */
export function isInUse({ reason }: GoogleFailure): boolean {
  return IN_USE.has(reason)
}

/** Deletes a Compute resource and waits until it is gone. */
export async function deleteResource(
  google: GoogleClient,
  { path, purpose }: { readonly path: string; readonly purpose: string }
): Promise<Deletion> {
  const answer = await google.request({
    service: 'compute',
    method: 'DELETE',
    path,
    query: { requestId: randomUUID() },
    purpose,
    accept: [400, 403, 404],
  })
  if (answer.status === 404) return 'absent'
  if (answer.status >= 300) return readFailure(answer.status, answer.text)
  const operation = await waitUntilDone(google, asRecord(answer.json), { purpose })
  return failureOf(operation) ?? 'deleted'
}

// Whether a resource is in use is found out before or within the operation, at Google's choice.
function failureOf(operation: JsonRecord): GoogleFailure | undefined {
  const [first] = asList(asRecord(operation['error'])['errors']).map(asRecord)
  const status = asNumber(operation['httpErrorStatusCode'])
  if (first === undefined && status === undefined) return undefined
  return {
    status: status ?? 400,
    reason: asText(first?.['code']),
    message: asText(first?.['message']) || asText(operation['httpErrorMessage']),
    details: {},
  }
}
