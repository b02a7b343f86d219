import { readFile } from 'node:fs/promises'
import { IdentityPoolClient, type IdentityPoolClientOptions } from 'google-auth-library'
import { ProviderError } from '../wire/diagnostics.ts'
import type { Fields } from '../wire/values.ts'
import type { Environment } from './environment.ts'

/** Gives a bearer token that is valid now. */
export type TokenSource = () => Promise<string>

const CREDENTIAL_VARIABLES = [
  'GOOGLE_CREDENTIALS',
  'GOOGLE_CLOUD_KEYFILE_JSON',
  'GCLOUD_KEYFILE_JSON',
] as const

const NO_CREDENTIALS =
  'Attempted to load application default credentials since neither `credentials` nor `access_token` was set in the ' +
  "provider block.  No credentials loaded. To use your gcloud credentials, run 'gcloud auth application-default login'.  " +
  'Original error: google: could not find default credentials. ' +
  'See https://cloud.google.com/docs/authentication/external/set-up-adc for more information.'

/**
 * Chooses the identity as the real provider does: the provider block, then the variables of its
 * own, then application default credentials.
 * @throws ProviderError in the real provider's words when there is none.
 */
export async function resolveCredentials(
  config: Fields,
  environment: Environment
): Promise<TokenSource> {
  const token = textOf(config['access_token'])
  const inline = textOf(config['credentials'])
  if (token) return async () => token
  if (inline) return externalAccount(await readCredentials(inline))
  if (environment['GOOGLE_OAUTH_ACCESS_TOKEN']) {
    const fromEnvironment = environment['GOOGLE_OAUTH_ACCESS_TOKEN']
    return async () => fromEnvironment
  }
  const source = CREDENTIAL_VARIABLES.map((name) => environment[name]).find(Boolean)
  if (source) return externalAccount(await readCredentials(source))
  const file = environment['GOOGLE_APPLICATION_CREDENTIALS']
  if (file) return externalAccount(await readDefaultCredentials(file))
  throw new ProviderError(NO_CREDENTIALS)
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

// `credentials` holds either JSON or the path of a file with it.
async function readCredentials(source: string): Promise<unknown> {
  const text = source.trimStart().startsWith('{') ? source : await readCredentialFile(source)
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new ProviderError('JSON credentials are not valid: ' + String(cause), { cause })
  }
}

async function readCredentialFile(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    throw new ProviderError(`Error loading credentials: ${String(cause)}`, { cause })
  }
}

async function readDefaultCredentials(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'))
  } catch (cause) {
    throw new ProviderError(
      `${NO_CREDENTIALS} (error getting credentials using GOOGLE_APPLICATION_CREDENTIALS environment variable: ${String(cause)})`,
      { cause }
    )
  }
}

function externalAccount(json: unknown): TokenSource {
  const type = typeof json === 'object' && json !== null ? Reflect.get(json, 'type') : undefined
  if (type !== 'external_account') {
    throw new ProviderError(
      `The stand-in google provider accepts credentials of type external_account, not ${JSON.stringify(type)}.`
    )
  }
  const client = openClient(json as IdentityPoolClientOptions)
  client.scopes = ['https://www.googleapis.com/auth/cloud-platform']
  return () => fetchToken(() => client.getAccessToken())
}

function openClient(options: IdentityPoolClientOptions): IdentityPoolClient {
  try {
    return new IdentityPoolClient(options)
  } catch (cause) {
    throw new ProviderError(`The external_account credentials are not usable: ${String(cause)}`, {
      cause,
    })
  }
}

async function fetchToken(
  request: () => Promise<{ readonly token?: string | null | undefined }>
): Promise<string> {
  try {
    const { token } = await request()
    if (token) return token
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new ProviderError(`oauth2/google: unable to generate access token: ${reason}`, { cause })
  }
  throw new ProviderError('oauth2/google: the token endpoint answered without an access token')
}
