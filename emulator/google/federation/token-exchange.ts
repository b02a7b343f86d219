import type { Context } from 'hono'
import { Hono } from 'hono'
import type { Clock } from '../../clock.ts'
import { readJson, textOf } from '../route.ts'
import type { Tokens } from '../tokens.ts'
import type { Claims, Federation, IdentityProvider } from './pools.ts'

export interface TokenExchangeOptions {
  readonly clock: Clock
  readonly tokens: Tokens
  readonly federation: Federation
  /** The claims of a token whose signature holds, or undefined. */
  readonly verifySignature: (jwt: string) => Claims | undefined
}

/** An answer in the shape of RFC 6749, which is what Google's STS speaks instead of its own errors. */
class ExchangeRefusal extends Error {
  readonly code: string

  constructor(code: string, description: string) {
    super(description)
    this.code = code
  }
}

const GRANT_TYPE = 'urn:ietf:params:oauth:grant-type:token-exchange'
const ACCESS_TOKEN_TYPE = 'urn:ietf:params:oauth:token-type:access_token'
const MAX_LIFETIME_SECONDS = 300

/** The Security Token Service: an OIDC token of GitHub goes in, a federated access token comes out. */
export function createTokenExchange(options: TokenExchangeOptions): { readonly routes: Hono } {
  const routes = new Hono()
  routes.post('/token', async (c) => {
    try {
      return c.json(exchange(await readRequest(c), options))
    } catch (error) {
      if (!(error instanceof ExchangeRefusal)) throw error
      return c.json({ error: error.code, error_description: error.message }, 400)
    }
  })
  return { routes }
}

interface ExchangeRequest {
  readonly grantType: string
  readonly audience: string
  readonly subjectToken: string
  readonly subjectTokenType: string
  readonly requestedTokenType: string
}

/** Clients write JSON in camelCase (Google's REST reference) or forms in snake_case (RFC 8693). */
async function readRequest(c: Context): Promise<ExchangeRequest> {
  const isJson = (c.req.header('content-type') ?? '').includes('json')
  const fields = isJson
    ? await readJson(c)
    : Object.fromEntries(new URLSearchParams(await c.req.text()))
  const field = (camel: string, snake: string): string =>
    textOf(fields, camel) ?? textOf(fields, snake) ?? ''
  return {
    grantType: field('grantType', 'grant_type'),
    audience: field('audience', 'audience'),
    subjectToken: field('subjectToken', 'subject_token'),
    subjectTokenType: field('subjectTokenType', 'subject_token_type'),
    requestedTokenType: field('requestedTokenType', 'requested_token_type'),
  }
}

function exchange(request: ExchangeRequest, options: TokenExchangeOptions): unknown {
  checkForm(request)
  const provider = findProvider(request.audience, options.federation)
  const claims = options.verifySignature(request.subjectToken)
  if (!claims) throw invalidGrant('Unable to verify the signature of the ID Token.')
  checkClaims(claims, provider, options.clock.now() / 1000)
  const admission = options.federation.admit(provider, claims)
  if (!admission.admitted) throw refusalOf(admission.why)
  const remaining = Number(claims['exp']) - Math.floor(options.clock.now() / 1000)
  const lifetimeSeconds = Math.min(MAX_LIFETIME_SECONDS, remaining)
  return {
    access_token: options.tokens.issue(admission.member, lifetimeSeconds),
    issued_token_type: ACCESS_TOKEN_TYPE,
    token_type: 'Bearer',
    expires_in: lifetimeSeconds,
  }
}

function checkForm(request: ExchangeRequest): void {
  if (request.grantType !== GRANT_TYPE) {
    throw new ExchangeRefusal(
      'unsupported_grant_type',
      `Invalid grant type "${request.grantType}".`
    )
  }
  if (!/:(jwt|id_token)$/.test(request.subjectTokenType)) {
    throw new ExchangeRefusal('invalid_request', 'Invalid value for "subjectTokenType".')
  }
  if (request.requestedTokenType !== ACCESS_TOKEN_TYPE) {
    throw new ExchangeRefusal('invalid_request', 'Invalid value for "requestedTokenType".')
  }
}

function findProvider(audience: string, federation: Federation): IdentityProvider {
  const form =
    /^\/\/iam\.googleapis\.com\/(projects\/\d+\/locations\/global\/workloadIdentityPools\/[^/]+\/providers\/[^/]+)$/
  const name = form.exec(audience)?.[1]
  if (name === undefined) {
    throw new ExchangeRefusal(
      'invalid_request',
      'Invalid value for "audience". This value should be the full resource name of the Identity Provider.'
    )
  }
  const provider = federation.find(name)
  if (provider && !provider.disabled) return provider
  throw new ExchangeRefusal(
    'invalid_target',
    'The target service indicated by the "audience" parameters is invalid. This might either be ' +
      "because the pool or provider is disabled or deleted or because it doesn't exist."
  )
}

function checkClaims(claims: Claims, provider: IdentityProvider, nowSeconds: number): void {
  if (claims['iss'] !== provider.issuer) {
    throw invalidGrant(
      `The issuer in ID Token ${String(claims['iss'])} does not match the expected ones: ${provider.issuer}.`
    )
  }
  const own = `https://iam.googleapis.com/${provider.name}`
  const expected =
    provider.audiences.length > 0 ? provider.audiences : [own, own.slice('https:'.length)]
  if (!expected.includes(String(claims['aud']))) {
    throw invalidGrant(
      `The audience in ID Token [${String(claims['aud'])}] does not match the expected audience ${expected[0]}.`
    )
  }
  if (Number(claims['exp']) <= nowSeconds) {
    throw invalidGrant(`ID Token issued at ${String(claims['iat'])} is stale to sign-in.`)
  }
}

function invalidGrant(description: string): ExchangeRefusal {
  return new ExchangeRefusal('invalid_grant', description)
}

function refusalOf(why: 'condition' | 'too-long'): ExchangeRefusal {
  return why === 'condition'
    ? new ExchangeRefusal(
        'unauthorized_client',
        'The given credential is rejected by the attribute condition.'
      )
    : new ExchangeRefusal(
        'invalid_grant',
        'The size of mapped attribute exceeds the 127 bytes limit. Either modify your attribute mapping or the incoming assertion to produce a mapped attribute that is less than 127 bytes.'
      )
}
