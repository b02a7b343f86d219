import type { HttpBindings } from '@hono/node-server'
import type { Context, MiddlewareHandler } from 'hono'

/** What is kept of a request. Credentials are never part of it. */
export interface RecordedRequest {
  readonly method: string
  readonly path: string
  readonly query: string
  /** The first 4 KiB; empty for what is streamed. */
  readonly body: string
  readonly status: number
  /** Who asked, where a token had to be shown. */
  readonly member?: string
  readonly userAgent: string
  readonly at: string
  readonly durationMs: number
}

const MAX_BODY_BYTES = 4096
const MAX_REQUESTS = 20_000

/** Tokens and secret payloads that travel in bodies. */
const CREDENTIAL_FIELDS =
  /("(?:subjectToken|subject_token|data|access_token|assertion)"\s*:\s*")[^"]*|((?:^|&)(?:subject_token|password|refresh_token|assertion)=)[^&]*/g

/** Keeps the newest requests, oldest first, in the order in which they were answered. */
export class Recording {
  readonly #requests: RecordedRequest[] = []

  get requests(): readonly RecordedRequest[] {
    return this.#requests
  }

  clear(): void {
    this.#requests.length = 0
  }

  /** Records what clients ask, also what fails; control requests are none of it. Must run around everything else. */
  middleware(): MiddlewareHandler<{ Bindings: HttpBindings; Variables: { member: string } }> {
    return async (c, next) => {
      if (/^\/emulator(\/|$)/.test(c.req.path)) return next()
      const startedAt = performance.now()
      const at = new Date().toISOString()
      const body = await readBody(c)
      await next()
      this.#add({
        method: c.req.method,
        path: c.req.path,
        query: new URL(c.req.url).search,
        body,
        status: c.res.status,
        ...(c.get('member') && { member: c.get('member') }),
        userAgent: c.req.header('user-agent') ?? '',
        at,
        durationMs: Math.round(performance.now() - startedAt),
      })
    }
  }

  #add(request: RecordedRequest): void {
    this.#requests.push(request)
    if (this.#requests.length > MAX_REQUESTS) this.#requests.shift()
  }
}

/** Image layers are left in the socket: they are large, and the registry streams them to disk. */
async function readBody(c: Context): Promise<string> {
  if (c.req.method === 'GET' || c.req.method === 'HEAD' || c.req.path.startsWith('/v2/')) return ''
  const bytes = Buffer.from(await c.req.arrayBuffer())
  return bytes
    .toString('utf8', 0, Math.min(bytes.length, MAX_BODY_BYTES))
    .replace(CREDENTIAL_FIELDS, '$1$2[removed]')
}
