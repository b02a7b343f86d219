import type { Context } from 'hono'
import { GoogleError } from '../../../emulator/google/errors.ts'
import type { HttpResponse } from '../../../src/ports.ts'

/** A request as it reaches the cloud, without host. */
export interface Asked {
  readonly method: string
  /** Such as `/projects/p/regions/r`, relative to the routes. */
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

interface Route {
  readonly method: string
  readonly path: string
  readonly handler: unknown
}

/** A route's path as a pattern, and where it stands in its table. */
interface Entry {
  readonly method: string
  readonly pattern: RegExp
  readonly names: readonly string[]
  readonly index: number
}

interface Found {
  readonly index: number
  readonly params: Readonly<Record<string, string>>
}

/**
 * Finds handlers in the route tables of the emulator. Every run makes new tables, which are all
 * alike, so patterns are compiled once and a path is looked up once.
 */
export class RouteFinder {
  #entries: readonly Entry[] | undefined
  readonly #known = new Map<string, Found | undefined>()

  find(routes: readonly Route[], method: string, path: string): Found | undefined {
    const key = `${method} ${path}`
    const known = this.#known.get(key)
    if (known !== undefined || this.#known.has(key)) return known
    this.#entries ??= routes.map(entryOf)
    const found = search(this.#entries, method, path)
    // VM names are different in every run: the memory must not grow with them.
    if (this.#known.size > 500) this.#known.clear()
    this.#known.set(key, found)
    return found
  }
}

function entryOf({ method, path }: Route, index: number): Entry {
  const names: string[] = []
  const pattern = path.replace(/:(\w+)(?:\{((?:[^{}]|\{[^}]*\})*)\})?/g, (_, name, custom) => {
    names.push(String(name))
    return `(${custom === undefined ? '[^/]+' : String(custom)})`
  })
  return { method, pattern: new RegExp(`^${pattern}$`), names, index }
}

function search(entries: readonly Entry[], method: string, path: string): Found | undefined {
  for (const { method: one, pattern, names, index } of entries) {
    const match = one === method ? pattern.exec(path) : null
    if (match === null) continue
    const params = names.map((name, at) => [name, decodeURIComponent(match[at + 1] ?? '')])
    return { index, params: Object.fromEntries(params) }
  }
  return undefined
}

/**
 * Asks the emulator's own route handlers, without sockets, Request and Response objects and
 * middleware: those cost more than everything else in a run together.
 */
export function ask(
  finder: RouteFinder,
  routes: readonly Route[],
  asked: Asked
): Promise<HttpResponse> {
  const found = finder.find(routes, asked.method, asked.path)
  const handler = found && routes[found.index]?.handler
  if (typeof handler !== 'function') {
    return Promise.resolve(errorAnswer(new GoogleError(404, `No route: ${asked.path}`)))
  }
  const context = new FastContext(asked, found?.params ?? {})
  // The fidelity test holds what this leaves out of a Context against the real one.
  return run(() => handler(context as unknown as Context))
}

async function run(handle: () => unknown): Promise<HttpResponse> {
  try {
    const answer = await handle()
    if (answer instanceof FastResponse) return answer
    if (answer instanceof Response) return await readResponse(answer)
    throw new Error('A route gave no answer.')
  } catch (error) {
    if (error instanceof GoogleError) return errorAnswer(error)
    throw error
  }
}

function errorAnswer(error: GoogleError): HttpResponse {
  return new FastResponse(error.httpStatus, {}, JSON.stringify(error.toBody()))
}

async function readResponse(response: Response): Promise<HttpResponse> {
  const headers = Object.fromEntries(response.headers)
  return { status: response.status, headers, body: await response.text() }
}

class FastResponse implements HttpResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string

  constructor(status: number, headers: Readonly<Record<string, string>>, body: string) {
    this.status = status
    this.headers = headers
    this.body = body
  }
}

type Headers = Readonly<Record<string, string>>

/** As much of Hono's Context as the emulator's handlers ask for. */
class FastContext {
  readonly req: FastRequest

  constructor(asked: Asked, params: Readonly<Record<string, string>>) {
    this.req = new FastRequest(asked, params)
  }

  get(name: string): string | undefined {
    return name === 'member' ? 'serviceAccount:deployer@demo.iam.gserviceaccount.com' : undefined
  }

  json(value: unknown, status = 200, headers: Headers = {}): FastResponse {
    return new FastResponse(status, headers, JSON.stringify(value))
  }

  body(data: Uint8Array | string | null, status = 200, headers: Headers = {}): FastResponse {
    const text = data === null || typeof data === 'string' ? data : Buffer.from(data).toString()
    return new FastResponse(status, headers, text ?? '')
  }
}

class FastRequest {
  readonly path: string
  readonly method: string
  readonly #asked: Asked
  readonly #params: Readonly<Record<string, string>>

  constructor(asked: Asked, params: Readonly<Record<string, string>>) {
    this.path = asked.path
    this.method = asked.method
    this.#asked = asked
    this.#params = params
  }

  param(name?: string): unknown {
    return name === undefined ? this.#params : this.#params[name]
  }

  query(name: string): string | undefined {
    return this.#asked.query.get(name) ?? undefined
  }

  header(name: string): string | undefined {
    return this.#asked.headers[name]
  }

  async text(): Promise<string> {
    return this.#asked.body
  }

  async arrayBuffer(): Promise<Uint8Array> {
    return Buffer.from(this.#asked.body)
  }
}
