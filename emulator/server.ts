import type { Server } from 'node:http'
import { gunzipSync } from 'node:zlib'
import { createAdaptorServer, type HttpBindings } from '@hono/node-server'
import { type Context, Hono, type MiddlewareHandler } from 'hono'
import { GITHUB_API_PATH } from './environment.ts'
import { GitHubError } from './github/errors.ts'
import { GoogleError } from './google/errors.ts'
import type { Access } from './google/iam/access.ts'
import { demandOf, permissionDenied } from './google/iam/permissions.ts'
import { type GoogleEnv, unknownUrl } from './google/route.ts'
import type { EnabledServices } from './google/service-usage.ts'
import type { Tokens } from './google/tokens.ts'
import type { HttpFaults } from './http-faults.ts'
import type { Recording } from './recording.ts'

/** One API of Google, its routes being relative to `path`. */
export interface GoogleApi {
  /** `/compute/v1`. */
  readonly path: string
  /** `compute.googleapis.com`: what must be enabled, and whose permissions are asked. */
  readonly api: string
  readonly routes: Hono<GoogleEnv>
  /** Asked before the permission, with the path inside the API: what is public knowledge. */
  readonly precheck?: (path: string) => void
}

/** Routes that ask for no Google access token, or have a check of their own. */
export interface OpenRoutes {
  readonly path: string
  readonly routes: Hono
}

/** What stands behind the one door. */
export interface AppParts {
  readonly tokens: Tokens
  readonly access: Access
  readonly services: EnabledServices
  readonly recording: Recording
  readonly faults: HttpFaults
  readonly googleApis: readonly GoogleApi[]
  readonly openRoutes: readonly OpenRoutes[]
  /** Pages for people: no fault meets them, and nobody counts their requests. */
  readonly pages?: OpenRoutes
  /** The Docker registry, which answers everything below `/v2`. */
  readonly registry: Hono<GoogleEnv>
  /** `GET /<bucket>/<object>`: asked last, since any path could be one. */
  readonly objectReads: Hono<GoogleEnv>
}

/** Puts all services behind one door: recording, decompression, tokens, enabled APIs, permissions, errors. */
export function createApp(parts: AppParts): Hono<GoogleEnv> {
  const app = new Hono<GoogleEnv>()
  app.onError(answerError)
  app.notFound((c) => answerError(unknownUrl(c.req.path)))
  if (parts.pages) mountOpen(app, parts.pages)
  app.use(decompress, parts.recording.middleware(), parts.faults.middleware())
  for (const open of parts.openRoutes) mountOpen(app, open)
  app.route('/', parts.registry)
  for (const google of parts.googleApis) mount(app, google, parts)
  app.use('/:bucket/:object{.+}', authenticate(parts.tokens))
  app.route('/', parts.objectReads)
  return app
}

function mountOpen(app: Hono<GoogleEnv>, { path, routes }: OpenRoutes): void {
  app.route(path, routes)
  app.all(`${path}/*`, (c) => answerError(unknownUrl(c.req.path)))
}

function mount(app: Hono<GoogleEnv>, google: GoogleApi, parts: AppParts): void {
  const { path, api, routes, precheck } = google
  app.use(`${path}/*`, authenticate(parts.tokens), async (c, next) => {
    parts.services.require(api)
    const method = c.req.method === 'HEAD' ? 'GET' : c.req.method
    const inner = c.req.path.slice(path.length + 1)
    precheck?.(inner)
    const demand = demandOf(api, method, inner)
    if (demand && !parts.access.holds(c.get('member'), demand.permission, demand.resource)) {
      throw permissionDenied(api, demand, c.get('member'))
    }
    await next()
  })
  app.route(path, routes)
  app.all(`${path}/*`, (c) => {
    throw unknownUrl(c.req.path)
  })
}

function authenticate(tokens: Tokens): MiddlewareHandler<GoogleEnv> {
  return async (c, next) => {
    const token = /^bearer (.+)$/i.exec(c.req.header('authorization') ?? '')?.[1]
    if (token === undefined) {
      throw new GoogleError(
        401,
        'Request is missing required authentication credential. Expected OAuth 2 access token, ' +
          'login cookie or other valid authentication credential.'
      )
    }
    const identity = tokens.verify(token)
    if (!identity) throw invalidCredentials()
    c.set('member', identity.member)
    await next()
  }
}

function invalidCredentials(): GoogleError {
  const message =
    'Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie ' +
    'or other valid authentication credential.'
  return new GoogleError(401, message, {
    reason: 'authError',
    details: [
      {
        '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
        reason: 'ACCESS_TOKEN_TYPE_UNSUPPORTED',
        domain: 'googleapis.com',
      },
    ],
  })
}

/** Google's APIs take compressed request bodies from any client. */
const decompress: MiddlewareHandler<GoogleEnv> = async (c, next) => {
  if (c.req.header('content-encoding') === 'gzip') {
    const body = gunzip(Buffer.from(await c.req.arrayBuffer()))
    c.req.raw = new Request(c.req.raw, { body: new Uint8Array(body) })
    c.req.bodyCache = {}
  }
  await next()
}

function gunzip(bytes: Buffer): Buffer {
  try {
    return gunzipSync(bytes)
  } catch {
    throw new GoogleError(400, 'The request body is not valid gzip.')
  }
}

function answerError(error: Error, c?: Context): Response {
  // An injected failure of GitHub has GitHub's shape.
  if (error instanceof GoogleError && c?.req.path.startsWith(GITHUB_API_PATH))
    return new GitHubError(error.httpStatus, error.message).toResponse()
  const known =
    error instanceof GoogleError
      ? error
      : new GoogleError(500, `The emulator failed: ${error.stack ?? error.message}`)
  const challenge = { 'www-authenticate': 'Bearer realm="https://accounts.google.com/"' }
  return Response.json(known.toBody(), {
    status: known.httpStatus,
    headers: known.httpStatus === 401 ? challenge : {},
  })
}

type Fetch = (request: Request, env: HttpBindings) => Response | Promise<Response>

/** A port that is open before there is anything behind it: services want to know their own address. */
export interface OpenPort {
  readonly port: number
  readonly url: string
  serve(fetch: Fetch): void
  close(): Promise<void>
}

/** Listens on loopback only. Port 0 takes any free one. @throws when the port is taken. */
export async function openPort(port: number): Promise<OpenPort> {
  let fetch: Fetch = () => new Response('starting', { status: 503 })
  const server = createAdaptorServer({
    fetch: (request: Request, env) => fetch(request, env as HttpBindings),
  }) as Server
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const address = server.address()
  const actual = typeof address === 'object' && address !== null ? address.port : port
  return {
    port: actual,
    url: `http://127.0.0.1:${actual}`,
    serve(next) {
      fetch = next
    },
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      await closed
    },
  }
}
