import { ProviderError } from '../wire/diagnostics.ts'

interface ErrorItem {
  readonly reason?: string
  readonly message?: string
}

interface ErrorBody {
  readonly message?: string
  readonly errors?: readonly ErrorItem[]
  readonly details?: readonly unknown[]
}

/** A Google API's refusal, in the words of the Go client that the real provider is built on. */
export class ApiError extends ProviderError {
  readonly status: number
  readonly reasons: readonly string[]

  constructor(status: number, text: string) {
    const body = parseBody(text)
    super(body ? describe(status, body) : describeUnparsed(status, text))
    this.name = 'ApiError'
    this.status = status
    this.reasons = (body?.errors ?? []).flatMap((item) => item.reason ?? [])
  }
}

/** True for the answer to a request for something that does not exist (any more). */
export function isNotFound(error: unknown): boolean {
  return error instanceof ApiError && error.status === 404
}

/** True when somebody else changed the thing between reading and writing it. */
export function isConflict(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 409 || error.status === 412)
}

function parseBody(text: string): ErrorBody | undefined {
  try {
    const parsed: unknown = JSON.parse(text)
    const error = typeof parsed === 'object' && parsed !== null && Reflect.get(parsed, 'error')
    return typeof error === 'object' && error !== null ? (error as ErrorBody) : undefined
  } catch {
    // A proxy or a crash answers with something else than JSON; it is shown as it came.
    return undefined
  }
}

function describe(status: number, body: ErrorBody): string {
  const message = `googleapi: Error ${status}: ${body.message ?? ''}`
  const details = body.details?.length
    ? `\nDetails:\n${JSON.stringify(body.details, null, 2)}\n`
    : ''
  const errors = body.errors ?? []
  const [first, ...others] = errors
  if (!first) return (message + details).trim()
  if (others.length === 0 && first.message === body.message) {
    return `${message}${details}, ${first.reason ?? ''}`
  }
  const list = errors.map((item) => `Reason: ${item.reason}, Message: ${item.message}\n`)
  return `${message}${details}\nMore details:\n${list.join('')}`
}

function describeUnparsed(status: number, text: string): string {
  return `googleapi: got HTTP response code ${status} with body: ${text}`
}
