import { setTimeout as sleep } from 'node:timers/promises'
import { ProviderError } from '../wire/diagnostics.ts'
import { type Fields, isFields, isList, type Value } from '../wire/values.ts'
import type { GoogleClient } from './client.ts'
import type { Api } from './endpoints.ts'

/** What is being waited for: `activity` as in "Creating Network", for at most `timeoutMs`. */
export interface Wait {
  readonly activity: string
  readonly timeoutMs: number
}

/**
 * Waits until the operation that an API answered with is done; any other answer is done already.
 * @throws ProviderError with the operation's own errors, or when the time is up.
 */
export async function awaitOperation(
  client: GoogleClient,
  api: Api,
  answer: Fields,
  wait: Wait
): Promise<Fields> {
  const deadline = Date.now() + wait.timeoutMs
  let operation = answer
  let delayMs = FIRST_POLL_MS
  while (isPending(operation)) {
    if (Date.now() > deadline) throw timedOut(wait, operation)
    await sleep(delayMs)
    delayMs = Math.min(delayMs * 1.5, SLOWEST_POLL_MS)
    operation = await client.request({ api, method: 'GET', path: pathOf(operation) })
  }
  refuseFailure(operation, wait)
  return operation
}

const FIRST_POLL_MS = 50
const SLOWEST_POLL_MS = 2000

function isComputeOperation(answer: Fields): boolean {
  return String(answer['kind']).endsWith('#operation')
}

function isLongRunning(answer: Fields): boolean {
  return /(^|\/)operations\//.test(String(answer['name']))
}

function isPending(answer: Fields): boolean {
  if (isComputeOperation(answer)) return answer['status'] !== 'DONE'
  return isLongRunning(answer) && answer['done'] !== true
}

function pathOf(operation: Fields): string {
  return String(isComputeOperation(operation) ? operation['selfLink'] : operation['name'])
}

// Compute sets `error` and the HTTP status independently of each other: either means failure.
function refuseFailure(operation: Fields, wait: Wait): void {
  const error = operation['error']
  const errors = isFields(error) ? error['errors'] : undefined
  const prefix = `Error waiting for ${wait.activity}: `
  if (isList(errors) && errors.length > 0) {
    throw new ProviderError(prefix + errors.map(messageOf).join('\n\n'))
  }
  if (isFields(error) && !isComputeOperation(operation)) {
    throw new ProviderError(`${prefix}Error code ${error['code']}, message: ${error['message']}`)
  }
  if (Number(operation['httpErrorStatusCode'] ?? 0) >= 400) {
    throw new ProviderError(prefix + String(operation['httpErrorMessage']))
  }
}

function messageOf(error: Value): string {
  return String(isFields(error) ? error['message'] : error)
}

function timedOut(wait: Wait, operation: Fields): ProviderError {
  const last = String(operation['status'] ?? 'PENDING')
  const limit = `${Math.round(wait.timeoutMs / 60_000)}m0s`
  return new ProviderError(
    `Error waiting for ${wait.activity}: timeout while waiting for state to become 'done: true' ` +
      `(last state: '${last}', timeout: ${limit})`
  )
}
