import type { Context } from 'hono'
import type { Tokens } from '../google/tokens.ts'
import { RegistryError } from './errors.ts'

const TOKEN_LIFETIME_SECONDS = 3600

/** Tells a client without a token where to get one. */
export function challengeOf(c: Context): string {
  const { host, origin } = new URL(c.req.url)
  return `Bearer realm="${origin}/v2/token",service="${host}"`
}

/**
 * The member behind a request: a Google access token as bearer or as password of
 * `oauth2accesstoken`, or a token of `/v2/token`. @throws RegistryError 401
 */
export function identify(c: Context, tokens: Tokens): string {
  const header = c.req.header('authorization') ?? ''
  const bearer = /^bearer (.+)$/i.exec(header)?.[1]
  const identity = tokens.verify(bearer ?? passwordOf(header) ?? '')
  if (identity) return identity.member
  throw new RegistryError(401, 'UNAUTHORIZED', 'authentication failed')
}

/** `docker login` and every push come here with the access token as password. */
export async function issueRegistryToken(c: Context, tokens: Tokens): Promise<Response> {
  const member = await memberOf(c, tokens)
  if (member === undefined) {
    throw new RegistryError(401, 'UNAUTHORIZED', 'Request had invalid authentication credentials.')
  }
  const token = tokens.issue(member, TOKEN_LIFETIME_SECONDS)
  return c.json({
    token,
    access_token: token,
    expires_in: TOKEN_LIFETIME_SECONDS,
    issued_at: new Date().toISOString(),
  })
}

/** Without credentials the token is that of the public, which may read what is open to all. */
async function memberOf(c: Context, tokens: Tokens): Promise<string | undefined> {
  const form = c.req.method === 'POST' ? new URLSearchParams(await c.req.text()) : undefined
  const header = c.req.header('authorization') ?? ''
  if (!form && header === '') return 'allUsers'
  const password = form?.get('password') ?? form?.get('refresh_token') ?? passwordOf(header)
  return tokens.verify(password ?? '')?.member
}

function passwordOf(header: string): string | undefined {
  const encoded = /^basic (.+)$/i.exec(header)?.[1]
  if (encoded === undefined) return undefined
  const [user, ...password] = Buffer.from(encoded, 'base64').toString().split(':')
  return user === 'oauth2accesstoken' ? password.join(':') : undefined
}
