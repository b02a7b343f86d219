import { ActionError } from '../errors.ts'
import { abortable } from '../lib/abortable.ts'
import { parseJson } from '../lib/json.ts'
import { networkReason } from '../lib/network-reason.ts'
import { type Attempt, type RetryPolicy, retry } from '../lib/retry.ts'
import type { Clock, Http, HttpResponse, Log, TokenSource } from '../ports.ts'
import { fixFor } from './diagnosis/diagnose.ts'
import { failureInWords, type GoogleFailure, readFailure } from './diagnosis/failure.ts'
import { isRateLimit } from './diagnosis/rows/compute.ts'
import type { Surroundings } from './diagnosis/surroundings.ts'
import { type Endpoints, SERVICE_NAMES, type Service } from './endpoints.ts'

export interface GoogleRequest {
  readonly service: Service
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Relative to the service's base. */
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  /** A text is sent as it is, everything else as JSON. */
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** Completes the sentence "Could not …". */
  readonly purpose: string
  /** Statuses that are an answer and not an error, such as 404. */
  readonly accept?: readonly number[]
  readonly timeoutMs?: number
}

export interface GoogleAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** The parsed body, or undefined when it is empty or not JSON. */
  readonly json: unknown
  readonly text: string
}

export interface GoogleClientPorts {
  readonly http: Http
  readonly tokens: TokenSource
  readonly clock: Clock
  readonly log: Log
}

export interface GoogleClientOptions extends Surroundings {
  readonly endpoints: Endpoints
  readonly signal: AbortSignal
  readonly random?: () => number
  /** How long passing failures are tried again; undefined: for half a minute beyond the request's own timeout. */
  readonly retryForMs?: number | undefined
}

const RETRY_FOR_MS = 30_000
const TIMEOUT_MS = 15_000

/** A request that hung until its timeout still gets the whole budget for trying again. */
function retryPolicy(timeoutMs: number, retryForMs = timeoutMs + RETRY_FOR_MS): RetryPolicy {
  return { totalMs: retryForMs, firstDelayMs: 250, maxDelayMs: 8_000 }
}

/**
 * The one way to Google's APIs. Every request must be safe to repeat (reads, PATCH with a
 * fingerprint, inserts with a requestId or a content-addressed name): transient failures are
 * retried for 30 s beyond its own timeout. A rejected token is not refreshed here: the source refreshes by time.
 */
export class GoogleClient {
  readonly #ports: GoogleClientPorts
  readonly #options: GoogleClientOptions

  constructor(ports: GoogleClientPorts, options: GoogleClientOptions) {
    this.#ports = ports
    this.#options = options
  }

  get clock(): Clock {
    return this.#ports.clock
  }

  /** Waits, unless the run is cancelled. */
  pause(durationMs: number): Promise<void> {
    return this.#ports.clock.sleep(durationMs, this.#options.signal)
  }

  /** What a failure in this project means, and the next command; undefined for one that nobody knows. */
  fixFor(failure: GoogleFailure): string | undefined {
    return fixFor(failure, this.#options)
  }

  /** The same for words of docker or terraform. */
  fixForWords(text: string): string | undefined {
    return this.fixFor(failureInWords(text))
  }

  /** @throws ActionError GCP_UNREACHABLE, GCP_REQUEST_FAILED, AUTH_FAILED */
  async request(request: GoogleRequest): Promise<GoogleAnswer> {
    const { clock, log } = this.#ports
    const { signal, random = Math.random, retryForMs } = this.#options
    const policy = retryPolicy(request.timeoutMs ?? TIMEOUT_MS, retryForMs)
    return retry(() => this.#attempt(request), policy, {
      clock,
      signal,
      random,
      onRetry: (why, delayMs) =>
        log.debug(`${request.method} ${request.path}: ${why}; again in ${Math.round(delayMs)} ms`),
    })
  }

  async #attempt(request: GoogleRequest): Promise<Attempt<GoogleAnswer>> {
    let response: HttpResponse
    const { signal } = this.#options
    const token = await abortable(signal, () => this.#ports.tokens.accessToken())
    try {
      response = await this.#ports.http.send(this.#toHttp(request, token))
    } catch (error) {
      signal.throwIfAborted()
      return { again: networkReason(error), giveUp: () => this.#giveUpUnreachable(request, error) }
    }
    if (response.status < 300 || request.accept?.includes(response.status)) {
      const { status, headers, body } = response
      return { done: { status, headers, json: parseJson(body), text: body } }
    }
    const failure = readFailure(response.status, response.body)
    if (!isTransient(failure)) this.#fail(request, failure)
    return {
      again: `${failure.status} ${failure.reason}`,
      notBeforeMs: retryAfterMs(response.headers['retry-after']),
      giveUp: () => this.#fail(request, failure),
    }
  }

  #toHttp(request: GoogleRequest, token: string): Parameters<Http['send']>[0] {
    const url = new URL(request.path, this.#options.endpoints[request.service])
    for (const [name, value] of Object.entries(request.query ?? {}))
      url.searchParams.set(name, value)
    return {
      method: request.method,
      url: url.href,
      headers: {
        authorization: `Bearer ${token}`,
        ...(request.body !== undefined && { 'content-type': 'application/json' }),
        ...request.headers,
      },
      body: renderBody(request.body),
      timeoutMs: request.timeoutMs ?? TIMEOUT_MS,
      signal: this.#options.signal,
    }
  }

  #giveUpUnreachable(request: GoogleRequest, cause: unknown): never {
    const service = SERVICE_NAMES[request.service]
    const { host } = new URL(this.#options.endpoints[request.service])
    throw new ActionError(
      'GCP_UNREACHABLE',
      `Could not ${request.purpose}: ${service} did not answer at ${host} (${networkReason(cause)}).`,
      {
        cause,
        isPassing: true,
        hint: 'Check https://status.cloud.google.com and the network of the runner, then run the job again.',
      }
    )
  }

  #fail(request: GoogleRequest, failure: GoogleFailure): never {
    const service = SERVICE_NAMES[request.service]
    const reason = failure.reason === '' ? '' : ` ${failure.reason}`
    throw new ActionError(
      'GCP_REQUEST_FAILED',
      `Could not ${request.purpose}: ${service} answered ${failure.status}${reason}: ${failure.message}`,
      { hint: this.fixFor(failure), isPassing: isTransient(failure) }
    )
  }
}

// Compute's rate limit is a 403 (https://cloud.google.com/compute/api-quota), told by its reason.
function isTransient(failure: GoogleFailure): boolean {
  const { status } = failure
  if (status === 403) return isRateLimit(failure)
  return status === 408 || status === 429 || status >= 500
}

function retryAfterMs(header: string | undefined): number | undefined {
  return header !== undefined && /^[0-9]+$/.test(header) ? Number(header) * 1000 : undefined
}

function renderBody(body: unknown): string | undefined {
  return body === undefined || typeof body === 'string' ? body : JSON.stringify(body)
}
