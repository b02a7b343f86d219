import type { Http, HttpRequest, HttpResponse } from '../../src/ports.ts'

export type HttpAnswer = HttpResponse | Error
type Script = readonly HttpAnswer[] | ((request: HttpRequest) => HttpAnswer)

/** Answers from a list, one by one, or by a function; records what was sent. */
export class ScriptedHttp implements Http {
  readonly requests: HttpRequest[] = []
  readonly #answer: (request: HttpRequest) => HttpAnswer

  constructor(script: Script) {
    const rest = typeof script === 'function' ? [] : [...script]
    this.#answer =
      typeof script === 'function'
        ? script
        : ({ method, url }) => rest.shift() ?? new Error(`nobody expects ${method} ${url}`)
  }

  async send(request: HttpRequest): Promise<HttpResponse> {
    request.signal.throwIfAborted()
    this.requests.push(request)
    const answer = this.#answer(request)
    if (answer instanceof Error) throw answer
    return answer
  }

  /** Method and path (without the base) of each request. */
  get lines(): readonly string[] {
    return this.requests.map(({ method, url }) => `${method} ${new URL(url).pathname}`)
  }
}

export function answer(
  status: number,
  body: unknown = {},
  headers: Readonly<Record<string, string>> = {}
): HttpResponse {
  return { status, headers, body: typeof body === 'string' ? body : JSON.stringify(body) }
}

/** An error as Google's newer APIs and Compute Engine shape it. */
export function googleError(
  status: number,
  {
    message = 'No.',
    reason = '',
    ...info
  }: { message?: string; reason?: string; errorInfo?: unknown } = {}
): HttpResponse {
  return answer(status, {
    error: {
      code: status,
      message,
      ...(reason !== '' && { errors: [{ message, domain: 'global', reason }] }),
      ...(info.errorInfo !== undefined && {
        details: [
          { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', ...Object(info.errorInfo) },
        ],
      }),
    },
  })
}
