import { setTimeout as sleep } from 'node:timers/promises'
import { ProviderError } from '../wire/diagnostics.ts'
import { type Fields, isFields, parseJson, type Value } from '../wire/values.ts'
import { ApiError, isNotFound } from './api-error.ts'
import type { TokenSource } from './credentials.ts'
import type { Api, Endpoints } from './endpoints.ts'

/** One call of a Google API; `path` may be a whole URL, as operations give it in selfLink. */
export interface ApiRequest {
  readonly api: Api
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly body?: Value
}

/** Sends requests with the user's identity and lasting patience for what passes by itself. */
export class GoogleClient {
  readonly #endpoints: Endpoints
  readonly #tokens: TokenSource
  readonly #userAgent: string

  constructor(endpoints: Endpoints, tokens: TokenSource, terraformVersion: string) {
    this.#endpoints = endpoints
    this.#tokens = tokens
    this.#userAgent = `Terraform/${terraformVersion} (+https://www.terraform.io) terraform-provider-google/6.50.0`
  }

  /** The parsed answer. @throws ApiError for any status above 299 that did not go away. */
  async request(request: ApiRequest): Promise<Fields> {
    let delayMs = FIRST_RETRY_MS
    for (const deadline = Date.now() + RETRY_FOR_MS; ; delayMs *= 2) {
      try {
        return await this.#send(request)
      } catch (error) {
        if (!isPassing(error) || Date.now() + delayMs > deadline) throw error
      }
      await sleep(delayMs)
    }
  }

  /** Whether a GET of the path finds something. */
  async exists(request: ApiRequest): Promise<boolean> {
    try {
      await this.request(request)
      return true
    } catch (error) {
      if (isNotFound(error)) return false
      throw error
    }
  }

  /** The API's address, ending in a slash. */
  base(api: Api): string {
    return this.#endpoints.base(api)
  }

  async #send({ api, method, path, body }: ApiRequest): Promise<Fields> {
    const url = /^https?:/.test(path) ? path : this.base(api) + path
    const response = await fetch(url, {
      method,
      headers: await this.#headers(),
      signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
      ...(body !== undefined && { body: JSON.stringify(body, bigintsAsText) }),
    }).catch((cause: unknown) => {
      throw new Unreachable(`Error when reading or editing ${url}: ${reasonOf(cause)}`, { cause })
    })
    const text = await response.text()
    if (!response.ok) throw new ApiError(response.status, text)
    const answer = text === '' ? {} : parseJson(text)
    if (!isFields(answer))
      throw new ProviderError(`${method} ${url} did not answer with an object.`)
    return answer
  }

  async #headers(): Promise<Record<string, string>> {
    return {
      authorization: `Bearer ${await this.#tokens()}`,
      'content-type': 'application/json',
      'user-agent': this.#userAgent,
    }
  }
}

const REQUEST_TIMEOUT_MS = 120_000
const FIRST_RETRY_MS = 250
const RETRY_FOR_MS = 60_000
const PASSING_STATUS: ReadonlySet<number> = new Set([429, 500, 502, 503])

class Unreachable extends ProviderError {}

// Compute's rate limit is a 403 that only its reason tells from a missing permission.
function isPassing(error: unknown): boolean {
  if (error instanceof Unreachable) return true
  if (!(error instanceof ApiError)) return false
  return PASSING_STATUS.has(error.status) || error.reasons.includes('rateLimitExceeded')
}

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause)
  return cause.cause instanceof Error ? cause.cause.message : cause.message
}

// Google writes 64-bit integers as strings.
function bigintsAsText(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value
}
