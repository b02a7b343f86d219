import { ActionError } from '../../../../errors.ts'
import type { GoogleAnswer, GoogleClient, GoogleRequest } from '../../../../google/client.ts'
import { readFailure } from '../../../../google/diagnosis/failure.ts'
import { SERVICE_NAMES } from '../../../../google/endpoints.ts'
import { asList, asRecord, asText, type JsonRecord } from '../../../../lib/json.ts'

type Question = Pick<GoogleRequest, 'service' | 'path' | 'purpose'>

/** One resource, or undefined where there is none. @throws ActionError GCP_* */
export async function find(
  google: GoogleClient,
  question: Question
): Promise<JsonRecord | undefined> {
  const answer = await google.request({ ...question, method: 'GET', accept: [404] })
  return answer.status === 404 ? undefined : asRecord(answer.json)
}

/**
 * Which of `permissions` the job holds; undefined where the resource does not exist, which the
 * statuses `absent` say.
 *
 * @throws ActionError GCP_*
 */
export async function test(
  google: GoogleClient,
  question: Question,
  permissions: readonly string[],
  absent: readonly number[] = [404]
): Promise<ReadonlySet<string> | undefined> {
  const answer = await google.request({
    ...question,
    path: `${question.path}:testIamPermissions`,
    method: 'POST',
    body: { permissions },
    accept: absent,
  })
  return absent.includes(answer.status) ? undefined : heldIn(answer)
}

/** The permissions that an answer of any API grants. */
export function heldIn(answer: GoogleAnswer): ReadonlySet<string> {
  return new Set(asList(asRecord(answer.json)['permissions']).map(asText))
}

/** Turns an answer that was accepted as data into the error that it is after all. */
export function refuse(
  google: GoogleClient,
  { service, purpose }: Question,
  { status, text }: GoogleAnswer
): never {
  const failure = readFailure(status, text)
  throw new ActionError(
    'GCP_REQUEST_FAILED',
    `Could not ${purpose}: ${SERVICE_NAMES[service]} answered ${status} ${failure.reason}: ${failure.message}`,
    { hint: google.fixFor(failure) }
  )
}
