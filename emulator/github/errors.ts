/** An error answer of GitHub's REST API, thrown by any route and turned into a response by the router. */
export class GitHubError extends Error {
  readonly httpStatus: number
  readonly #more: GitHubErrorMore

  constructor(httpStatus: number, message: string, more: GitHubErrorMore = {}) {
    super(message)
    this.name = 'GitHubError'
    this.httpStatus = httpStatus
    this.#more = more
  }

  toResponse(): Response {
    const { errors, documentationUrl = DOCUMENTATION, headers = {} } = this.#more
    const body = {
      message: this.message,
      ...(errors && { errors }),
      documentation_url: documentationUrl,
      status: String(this.httpStatus),
    }
    return Response.json(body, { status: this.httpStatus, headers: { ...headers } })
  }
}

export interface GitHubErrorMore {
  readonly errors?: readonly FieldError[]
  readonly documentationUrl?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** What was wrong with one field of a request that answers 422. */
export interface FieldError {
  readonly resource: string
  readonly code: string
  readonly field: string
  readonly message?: string
  /** Of a deployment: the checks that have not passed. */
  readonly contexts?: readonly unknown[]
}

const DOCUMENTATION = 'https://docs.github.com/rest'

export function notFound(): GitHubError {
  return new GitHubError(404, 'Not Found')
}

export function validationFailed(...errors: readonly FieldError[]): GitHubError {
  return new GitHubError(422, 'Validation Failed', { errors })
}
