/**
 * An error answer of a Google API, thrown by any route and turned into a response by the server.
 *
 * The body has the two shapes that clients look for at once: `errors[]` of the older JSON APIs
 * (Compute, Storage) and `status` with `details[]` of google.rpc.Status
 * (https://cloud.google.com/apis/design/errors).
 */
export class GoogleError extends Error {
  readonly httpStatus: number
  readonly reason: string
  readonly status: string
  readonly details: readonly unknown[]
  readonly #location: GoogleErrorFields['location'] | undefined

  constructor(httpStatus: number, message: string, more: Partial<GoogleErrorFields> = {}) {
    super(message)
    this.name = 'GoogleError'
    this.httpStatus = httpStatus
    this.reason = more.reason ?? defaultReason(httpStatus)
    this.status = more.status ?? defaultStatus(httpStatus)
    this.details = more.details ?? []
    this.#location = more.location
  }

  toBody(): unknown {
    return {
      error: {
        code: this.httpStatus,
        message: this.message,
        errors: [
          { message: this.message, domain: 'global', reason: this.reason, ...this.#location },
        ],
        status: this.status,
        ...(this.details.length > 0 && { details: this.details }),
      },
    }
  }
}

interface GoogleErrorFields {
  /** What of the request it was, where an API says so. */
  readonly location: { readonly locationType: string; readonly location: string }
  readonly reason: string
  readonly status: string
  readonly details: readonly unknown[]
}

/** 404 in the words of Compute Engine; `path` is the resource name without the host. */
export function resourceNotFound(path: string): GoogleError {
  return new GoogleError(404, `The resource '${path}' was not found`)
}

const REASONS: Readonly<Record<number, readonly [reason: string, status: string]>> = {
  400: ['invalid', 'INVALID_ARGUMENT'],
  401: ['required', 'UNAUTHENTICATED'],
  403: ['forbidden', 'PERMISSION_DENIED'],
  404: ['notFound', 'NOT_FOUND'],
  409: ['alreadyExists', 'ALREADY_EXISTS'],
  412: ['conditionNotMet', 'FAILED_PRECONDITION'],
  429: ['rateLimitExceeded', 'RESOURCE_EXHAUSTED'],
  500: ['internalError', 'INTERNAL'],
  503: ['backendError', 'UNAVAILABLE'],
}

function defaultReason(httpStatus: number): string {
  return REASONS[httpStatus]?.[0] ?? 'invalid'
}

function defaultStatus(httpStatus: number): string {
  return REASONS[httpStatus]?.[1] ?? 'UNKNOWN'
}
