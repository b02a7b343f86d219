import { Hono } from 'hono'
import type { GoogleEnv } from '../google/route.ts'
import { challengeOf, identify, issueRegistryToken } from './authentication.ts'
import { serveBlob } from './blob-routes.ts'
import { RegistryError } from './errors.ts'
import { serveManifest, serveTags } from './manifest-routes.ts'
import { permit, type RegistryOptions, type RegistryRequest } from './request.ts'
import { serveUpload } from './upload-routes.ts'

type Serve = (request: RegistryRequest, options: RegistryOptions) => Response | Promise<Response>

/** Names hold slashes, so routes are told apart by what follows the name. */
const ROUTES: readonly (readonly [path: RegExp, serve: Serve])[] = [
  [/^\/v2\/(.+)\/blobs\/uploads\/([^/]*)$/, serveUpload],
  [/^\/v2\/(.+)\/blobs\/([^/]+)$/, serveBlob],
  [/^\/v2\/(.+)\/manifests\/([^/]+)$/, serveManifest],
  [/^\/v2\/(.+)\/tags\/(list)$/, serveTags],
]

/** The Docker registry protocol (HTTP API v2) in front of Artifact Registry, `/v2` included. */
export function createRegistry(options: RegistryOptions): Hono<GoogleEnv> {
  const routes = new Hono<GoogleEnv>()
  routes.onError((error, c) => {
    if (!(error instanceof RegistryError)) throw error
    if (error.httpStatus === 401) c.header('www-authenticate', challengeOf(c))
    return c.json(error.toBody(), error.httpStatus)
  })
  routes.use('/v2/*', async (c, next) => {
    options.cleanup.catchUp()
    await next()
    c.header('docker-distribution-api-version', 'registry/2.0')
  })
  routes.on(['GET', 'POST'], '/v2/token', (c) => issueRegistryToken(c, options.tokens))
  routes.get('/v2/', (c) => {
    c.set('member', identify(c, options.tokens))
    return c.json({})
  })
  routes.all('/v2/*', (c) => {
    const [name = '', reference = '', serve] = matchRoute(c.req.path)
    if (!serve) throw new RegistryError(404, 'NAME_INVALID', 'invalid repository name')
    const member = identify(c, options.tokens)
    c.set('member', member)
    const repository = permit({ c, member, name, options })
    return serve({ c, member, name, repository, reference }, options)
  })
  return routes
}

function matchRoute(path: string): readonly [name?: string, reference?: string, serve?: Serve] {
  for (const [pattern, serve] of ROUTES) {
    const [, name, reference] = pattern.exec(path) ?? []
    if (name !== undefined && reference !== undefined) return [name, reference, serve]
  }
  return []
}
