import { randomUUID } from 'node:crypto'
import { ActionError } from '../errors.ts'
import { renderDuration } from '../lib/duration.ts'
import { asList, asNumber, asRecord, asText, type JsonRecord } from '../lib/json.ts'
import type { GoogleClient } from './client.ts'

/** A change of a Compute resource: sent once however often it must be repeated, then waited for. */
export interface ComputeChange {
  readonly method: 'POST' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly body?: unknown
  /** Completes the sentence "Could not …". */
  readonly purpose: string
  readonly accept?: readonly number[]
}

export type ChangeOutcome = 'done' | { readonly refused: number }

// operations.wait answers after 2 minutes at the latest; our own timeout must lie behind that.
const WAIT_TIMEOUT_MS = 130_000
/** `wait` is best effort and may answer at once: it is not asked again sooner than this. */
const PAUSE_MS = 1_000
const DEADLINE_MS = 15 * 60_000

/**
 * Sends the change and waits until its operation is DONE. `requestId` makes a repeated request the
 * same request for Compute Engine
 * (https://cloud.google.com/compute/docs/reference/rest/v1/instanceGroupManagers/patch).
 *
 * @throws ActionError GCP_OPERATION_FAILED when the operation carries an error
 */
export async function changeCompute(
  google: GoogleClient,
  change: ComputeChange
): Promise<ChangeOutcome> {
  const answer = await google.request({
    ...change,
    service: 'compute',
    query: { requestId: randomUUID() },
  })
  if (answer.status >= 300) return { refused: answer.status }
  throwIfFailed(google, await waitUntilDone(google, asRecord(answer.json), change), change.purpose)
  return 'done'
}

/** The operation once it is DONE, with or without an error in it. @throws ActionError GCP_OPERATION_FAILED after a quarter of an hour */
export async function waitUntilDone(
  google: GoogleClient,
  first: JsonRecord,
  { purpose }: Pick<ComputeChange, 'purpose'>
): Promise<JsonRecord> {
  const startedAt = google.clock.now()
  let operation = first
  while (operation['status'] !== 'DONE') {
    const askedAt = google.clock.now()
    if (askedAt - startedAt > DEADLINE_MS) {
      throw new ActionError(
        'GCP_OPERATION_FAILED',
        `Could not ${purpose}: operation ${asText(operation['name'])} was still ${asText(operation['status'])} after ${renderDuration(DEADLINE_MS)}.`
      )
    }
    operation = await waitOnce(google, operation, purpose)
    const restMs = PAUSE_MS - (google.clock.now() - askedAt)
    if (operation['status'] !== 'DONE' && restMs > 0) await google.pause(restMs)
  }
  return operation
}

async function waitOnce(
  google: GoogleClient,
  operation: JsonRecord,
  purpose: string
): Promise<JsonRecord> {
  const link = asText(operation['selfLink'])
  if (link === '') {
    throw new ActionError(
      'GCP_UNEXPECTED_ANSWER',
      `Could not ${purpose}: Compute Engine answered without an operation.`
    )
  }
  const path = link.slice(link.indexOf('projects/'))
  const answer = await google.request({
    service: 'compute',
    method: 'POST',
    path: `${path}/wait`,
    purpose: `${purpose} (waiting for the operation)`,
    timeoutMs: WAIT_TIMEOUT_MS,
  })
  return asRecord(answer.json)
}

// The server does not always set the HTTP status of a failed operation, so both are looked at.
function throwIfFailed(google: GoogleClient, operation: JsonRecord, purpose: string): void {
  const errors = asList(asRecord(operation['error'])['errors']).map(asRecord)
  if (errors.length === 0 && operation['httpErrorStatusCode'] === undefined) return
  const said = errors.map((error) => `${asText(error['code'])}: ${asText(error['message'])}`)
  const status = asNumber(operation['httpErrorStatusCode']) ?? 403
  const hints = errors.flatMap(
    ({ code, message }) =>
      google.fixFor({ status, reason: asText(code), message: asText(message), details: {} }) ?? []
  )
  throw new ActionError(
    'GCP_OPERATION_FAILED',
    `Could not ${purpose}: ${said.join('; ') || asText(operation['httpErrorMessage'])}`,
    { hint: hints[0] }
  )
}
