import { ActionError, type ErrorCode, type ErrorMore } from '../../errors.ts'
import { asList, asRecord, asText } from '../../lib/json.ts'
import { networkReason } from '../../lib/network-reason.ts'
import type { ApiAnswer } from './port.ts'

/** What was tried, and what it takes. */
export interface Undertaking {
  /** Completes the sentence "Could not …". */
  readonly purpose: string
  /** The line below `permissions:` that allows it, such as `pull-requests: write`. */
  readonly permission: string
}

/**
 * `limited`: nothing was done, and it may be asked again after a while. `lost`: GitHub broke down,
 * and whether the request was carried out is open.
 */
export interface Failure {
  readonly kind: 'limited' | 'lost' | 'denied' | 'refused'
  readonly status: number
  readonly message: string
  /** For `limited`: how long to wait. */
  readonly waitMs?: number | undefined
}

/** What GitHub refused or could not do, with the permission to add where that is the reason. */
export class GitHubError extends ActionError {
  readonly kind: Failure['kind']
  readonly waitMs: number | undefined

  constructor(text: string, { kind, waitMs }: Pick<Failure, 'kind' | 'waitMs'>, more: ErrorMore) {
    super(CODES[kind], text, { ...more, isPassing: kind === 'limited' || kind === 'lost' })
    this.name = 'GitHubError'
    this.kind = kind
    this.waitMs = waitMs
  }
}

/** Pure: what an answer of 300 and above says. */
export function readFailure(answer: ApiAnswer, nowMs: number): Failure {
  const { status, headers } = answer
  const message = messageOf(answer)
  const fields = { status, message }
  if (status === 429 || (status === 403 && isLimit(message, headers)))
    return { ...fields, kind: 'limited', waitMs: waitOf(headers, nowMs) }
  if (status >= 500 || status === 408) return { ...fields, kind: 'lost' }
  return { ...fields, kind: status === 401 || status === 403 ? 'denied' : 'refused' }
}

export function toError({ purpose, permission }: Undertaking, failure: Failure): GitHubError {
  const text = `Could not ${purpose}: GitHub answered ${failure.status}: ${failure.message}`
  return new GitHubError(text, failure, { hint: hintFor(failure, permission) })
}

export function unreachable({ purpose }: Undertaking, cause: unknown): GitHubError {
  const text = `Could not ${purpose}: GitHub did not answer (${networkReason(cause)}).`
  return new GitHubError(text, { kind: 'lost' }, { cause, hint: STATUS_PAGE })
}

const CODES: Readonly<Record<Failure['kind'], ErrorCode>> = {
  denied: 'GITHUB_DENIED',
  refused: 'GITHUB_REQUEST_FAILED',
  limited: 'GITHUB_REQUEST_FAILED',
  lost: 'GITHUB_UNREACHABLE',
}
/** GitHub asks for a minute at least where it names no time for its secondary limit. */
const LIMITED_MS = 60_000
const STATUS_PAGE =
  'Check https://www.githubstatus.com and the network of the runner, then run the job again.'

function hintFor({ kind, status, message }: Failure, permission: string): string | undefined {
  if (kind === 'lost') return STATUS_PAGE
  if (kind === 'limited')
    return 'The token has used up its requests for now: run the job again later.'
  if (status === 401)
    return 'The input `github_token` must be a token that is still valid, such as ${{ github.token }}.'
  if (/is locked/i.test(message))
    return 'Unlock the conversation of the pull request, or set the input `comment` to false.'
  if (/personal access token/i.test(message))
    return `Give the token of the input \`github_token\` the permission \`${permission}\`, or leave the input out.`
  if (kind === 'denied' || status === 404)
    return `Add \`permissions: ${permission}\` to the job. A pull request from a fork never gets it.`
  return undefined
}

// The documentation names the headers; the words are all that tells a secondary limit without them.
function isLimit(message: string, headers: ApiAnswer['headers']): boolean {
  return (
    headers['retry-after'] !== undefined ||
    headers['x-ratelimit-remaining'] === '0' ||
    /rate limit|abuse detection/i.test(message)
  )
}

function waitOf(headers: ApiAnswer['headers'], nowMs: number): number {
  const after = Number(headers['retry-after'] ?? Number.NaN)
  if (after >= 0) return after * 1000
  if (headers['x-ratelimit-remaining'] !== '0') return LIMITED_MS
  const reset = Number(headers['x-ratelimit-reset'] ?? Number.NaN)
  return reset > 0 ? Math.max(0, reset * 1000 - nowMs) : LIMITED_MS
}

function messageOf({ status, data }: ApiAnswer): string {
  const { message, errors } = asRecord(data)
  const details = asList(errors).map((error) => asText(asRecord(error)['message']) || asText(error))
  const texts = [asText(message), ...details].filter((text) => text !== '')
  return texts.length > 0 ? texts.join(': ') : `status ${status} without a reason`
}
