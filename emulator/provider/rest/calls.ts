import type { ApiRequest } from '../session/client.ts'
import { awaitOperation } from '../session/operations.ts'
import type { Session } from '../session/session.ts'
import { ProviderError } from '../wire/diagnostics.ts'
import { type Fields, isFields, type Value } from '../wire/values.ts'

/** Puts what was being done in front of the message of anything that fails. */
export async function describeFailure<T>(prefix: string, work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    throw new ProviderError(`${prefix}: ${error.message}`, { cause: error })
  }
}

/** What a change is called in messages, and how long it may take. */
export interface Change {
  /** "Error creating Network" */
  readonly failure: string
  /** "Creating Network" */
  readonly activity: string
  /** "Error waiting to create Network"; absent where the provider adds nothing. */
  readonly waitFailure?: string
  readonly timeoutMs: number
}

/** Sends a change and waits until the operation behind it is done. */
export async function perform(
  session: Session,
  request: ApiRequest,
  change: Change
): Promise<Fields> {
  const { client } = session
  const answer = await describeFailure(change.failure, client.request(request))
  const done = awaitOperation(client, request.api, answer, change)
  return change.waitFailure ? describeFailure(change.waitFailure, done) : done
}

/** The time that the resource's `timeouts` block grants for `step`, else the default. */
export function timeoutOf(
  fields: Fields,
  step: 'create' | 'update' | 'delete',
  defaultMs: number
): number {
  const timeouts = fields['timeouts']
  const text = isFields(timeouts) ? timeouts[step] : null
  return typeof text === 'string' ? parseDuration(text) : defaultMs
}

const UNIT_MS: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 }

/** Milliseconds of a Go duration such as "1h30m". @throws ProviderError for anything else. */
export function parseDuration(text: string): number {
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|h|m|s)/g)]
  if (parts.length === 0 || parts.map(([part]) => part).join('') !== text) {
    throw new ProviderError(`time: invalid duration "${text}"`, { path: ['timeouts'] })
  }
  return parts.reduce((sum, [, count, unit]) => {
    return sum + Number(count) * (UNIT_MS[unit ?? ''] ?? 0)
  }, 0)
}

/** The object without its null and undefined entries: an API takes null for "clear this". */
export function compact(fields: Readonly<Record<string, Value | undefined>>): Fields {
  const present = Object.entries(fields).filter(
    (entry): entry is [string, Value] => entry[1] !== undefined && entry[1] !== null
  )
  return Object.fromEntries(present)
}
