import { type GoogleFailure, readFailure } from '../../../google/diagnosis/failure.ts'
import { asList, asRecord, asText, type JsonRecord, parseJson } from '../../../lib/json.ts'
import { networkReason } from '../../../lib/network-reason.ts'
import type { Clock, Http } from '../../../ports.ts'
import { type Claims, readClaims } from './claims.ts'

/** What a step of signing in came to. A token stays in here: nothing of it is shown. */
export type Outcome<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'refused'; readonly failure: GoogleFailure }
  | { readonly kind: 'silent'; readonly why: string }

/** A workload identity provider, as far as it matters here. */
export interface Provider {
  readonly condition: string
  readonly mapping: Readonly<Record<string, string>>
  readonly issuer: string
  readonly audiences: readonly string[]
  readonly isDisabled: boolean
  readonly isDeleted: boolean
}

export interface ExchangePorts {
  readonly http: Http
  readonly clock: Clock
  /** Called with each token before anybody sees it. */
  readonly mask: (secret: string) => void
}

export interface ExchangeOptions {
  readonly workloadIdentityProvider: string
  readonly serviceAccount: string | undefined
  readonly endpoints: {
    readonly stsToken: string
    readonly iamCredentials: string
    readonly iam: string
  }
  /** Undefined where GitHub gives the job no token. */
  readonly oidc: { readonly requestUrl: string; readonly requestToken: string } | undefined
  /** A token of somebody who may read the provider, should the job not come so far. */
  readonly otherToken: string | undefined
  readonly signal: AbortSignal
}

const SCOPE = 'https://www.googleapis.com/auth/cloud-platform'
/** One that hangs is told as such within a check's own limit. */
const TIMEOUT_MS = 8_000
const ATTEMPTS = 3
const PAUSE_MS = 500

/**
 * Signing in, step by step and each step once, so that every check can see how far it came: the
 * token of GitHub, Google's federated one, that of the service account.
 */
export class Exchange {
  readonly #ports: ExchangePorts
  readonly #options: ExchangeOptions
  readonly #oidcToken = once(() => this.#askGitHub())
  readonly #federatedToken = once(() => this.#askTokenService())
  readonly #accountToken = once(() => this.#askIamCredentials())
  /** The provider as somebody sees it who may: the account, the federated job, or who gave another token. */
  readonly provider = once(() => this.#findProvider())

  constructor(ports: ExchangePorts, options: ExchangeOptions) {
    this.#ports = ports
    this.#options = options
  }

  /** What GitHub says of this job. */
  async claims(): Promise<Outcome<Claims>> {
    const outcome = await this.#oidcToken()
    if (outcome.kind !== 'done') return outcome
    const claims = readClaims(outcome.value)
    return claims
      ? { kind: 'done', value: claims }
      : { kind: 'silent', why: 'it answered no token' }
  }

  /** Whether Google takes the job's token. */
  async federation(): Promise<Outcome<'taken'>> {
    return withoutToken(await this.#federatedToken())
  }

  /** Whether the job may then become the service account. */
  async impersonation(): Promise<Outcome<'taken'>> {
    return withoutToken(await this.#accountToken())
  }

  async #findProvider(): Promise<Outcome<Provider>> {
    let last: Outcome<Provider> = { kind: 'silent', why: 'nobody here can ask for it' }
    for (const token of await this.#readers()) {
      last = await this.#readProvider(token)
      const isGone = last.kind === 'refused' && last.failure.status === 404
      if (last.kind === 'done' || isGone) return last
    }
    return last
  }

  async #readers(): Promise<readonly string[]> {
    const outcomes = await Promise.all([this.#accountToken(), this.#federatedToken()])
    const own = outcomes.flatMap((it) => (it.kind === 'done' ? [it.value] : []))
    return [...new Set([...own, this.#options.otherToken].filter((it) => it !== undefined))]
  }

  async #askGitHub(): Promise<Outcome<string>> {
    const { oidc } = this.#options
    if (oidc === undefined) return { kind: 'silent', why: 'GitHub gives this job no OIDC token' }
    const audience = encodeURIComponent(this.#audience('https:'))
    const url = `${oidc.requestUrl}&audience=${audience}`
    return this.#token('value', { method: 'GET', url, token: oidc.requestToken })
  }

  async #askTokenService(): Promise<Outcome<string>> {
    const subject = await this.#oidcToken()
    if (subject.kind !== 'done') return subject
    return this.#token('access_token', {
      method: 'POST',
      url: this.#options.endpoints.stsToken,
      body: {
        audience: this.#audience(''),
        grantType: 'urn:ietf:params:oauth:grant-type:token-exchange',
        requestedTokenType: 'urn:ietf:params:oauth:token-type:access_token',
        scope: SCOPE,
        subjectTokenType: 'urn:ietf:params:oauth:token-type:jwt',
        subjectToken: subject.value,
      },
    })
  }

  async #askIamCredentials(): Promise<Outcome<string>> {
    const { serviceAccount, endpoints } = this.#options
    const federated = await this.#federatedToken()
    if (federated.kind !== 'done' || serviceAccount === undefined) return federated
    return this.#token('accessToken', {
      method: 'POST',
      url: `${endpoints.iamCredentials}projects/-/serviceAccounts/${serviceAccount}:generateAccessToken`,
      token: federated.value,
      // As long as other commands ask for: what a policy makes of that shows here.
      body: { scope: [SCOPE], lifetime: '3600s' },
    })
  }

  async #readProvider(token: string): Promise<Outcome<Provider>> {
    const { endpoints, workloadIdentityProvider } = this.#options
    const url = `${endpoints.iam}${workloadIdentityProvider}`
    const outcome = await this.#send({ method: 'GET', url, token })
    return outcome.kind === 'done' ? { kind: 'done', value: toProvider(outcome.value) } : outcome
  }

  #audience(scheme: '' | 'https:'): string {
    return `${scheme}//iam.googleapis.com/${this.#options.workloadIdentityProvider}`
  }

  async #token(field: string, request: Asked): Promise<Outcome<string>> {
    const outcome = await this.#send(request)
    if (outcome.kind !== 'done') return outcome
    const token = asText(outcome.value[field])
    if (token === '') return { kind: 'silent', why: 'the answer held no token' }
    this.#ports.mask(token)
    return { kind: 'done', value: token }
  }

  /** A server that is down for a moment says nothing about the job: it is asked again, and then silent. */
  async #send(asked: Asked): Promise<Outcome<JsonRecord>> {
    const { signal } = this.#options
    let why = ''
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      try {
        const { status, body } = await this.#ports.http.send(this.#toHttp(asked))
        if (status < 300) return { kind: 'done', value: asRecord(parseJson(body)) }
        const failure = readFailure(status, body)
        if (status < 500 && status !== 408 && status !== 429) return { kind: 'refused', failure }
        why = `it answered ${status}: ${failure.message.replace(/\.$/, '')}`
      } catch (error) {
        why = networkReason(error)
      }
      if (attempt < ATTEMPTS) await this.#ports.clock.sleep(PAUSE_MS, signal)
    }
    return { kind: 'silent', why }
  }

  #toHttp({ method, url, token, body }: Asked): Parameters<Http['send']>[0] {
    return {
      method,
      url,
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      timeoutMs: TIMEOUT_MS,
      signal: this.#options.signal,
    }
  }
}

interface Asked {
  readonly method: 'GET' | 'POST'
  readonly url: string
  readonly token?: string
  readonly body?: unknown
}

/** The same promise for everybody who asks. */
function once<T>(work: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | undefined
  return () => {
    running ??= work()
    return running
  }
}

function withoutToken(outcome: Outcome<string>): Outcome<'taken'> {
  return outcome.kind === 'done' ? { kind: 'done', value: 'taken' } : outcome
}

function toProvider(resource: JsonRecord): Provider {
  const oidc = asRecord(resource['oidc'])
  const mapping = Object.entries(asRecord(resource['attributeMapping']))
  return {
    condition: asText(resource['attributeCondition']),
    mapping: Object.fromEntries(mapping.map(([target, source]) => [target, asText(source)])),
    issuer: asText(oidc['issuerUri']),
    audiences: asList(oidc['allowedAudiences']).map(asText),
    isDisabled: resource['disabled'] === true,
    isDeleted: resource['state'] === 'DELETED',
  }
}
