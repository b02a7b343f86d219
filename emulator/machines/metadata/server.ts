import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { GuestAttributes } from './guest-attributes.ts'
import { type Directory, etagOf, findNode, type Node, renderListing, toJson } from './tree.ts'

/** What a metadata server serves, and where. */
export interface MetadataOptions {
  readonly tree: Directory
  readonly guestAttributes: GuestAttributes
  /** Metadata `enable-guest-attributes` is TRUE. */
  readonly guestAttributesEnabled: boolean
  readonly address: string
  readonly port: number
}

const ROOT = '/computeMetadata/v1'
const GUEST = `${ROOT}/instance/guest-attributes`
const HEADERS = { 'Metadata-Flavor': 'Google', Server: 'Metadata Server for VM' }

/** What a VM finds at metadata.google.internal; here at an address and port of its own. */
export class MetadataServer {
  readonly #options: MetadataOptions
  readonly #server: Server
  readonly #waiting = new Set<() => void>()

  constructor(options: MetadataOptions) {
    this.#options = options
    this.#server = createServer((request, response) => {
      this.#answer(request, response).catch((error: unknown) => {
        send(response, 503, { body: `metadata server failed: ${error}\n` })
      })
    })
  }

  async listen(): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    this.#server.once('error', reject)
    this.#server.listen({ host: this.#options.address, port: this.#options.port }, resolve)
    return promise
  }

  async close(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#server.close(() => resolve())
    this.#server.closeAllConnections()
    return promise
  }

  /** Wakes whoever waits with `wait_for_change`. */
  announceChange(): void {
    for (const wake of [...this.#waiting]) wake()
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://metadata.google.internal')
    if (request.headers['x-forwarded-for'] !== undefined) {
      send(response, 403, page(403, 'Forbidden', 'Requests must not be forwarded.'))
    } else if (request.headers['metadata-flavor']?.toString().toLowerCase() !== 'google') {
      send(response, 403, page(403, 'Forbidden', 'Missing Metadata-Flavor:Google header.'))
    } else if (url.pathname.startsWith(`${GUEST}/`)) {
      await this.#answerGuestAttributes(request, response, url)
    } else if (request.method !== 'GET' && request.method !== 'HEAD') {
      send(response, 405, page(405, 'Method Not Allowed', `${request.method} is not allowed.`))
    } else {
      await this.#answerTree(response, url)
    }
  }

  async #answerTree(response: ServerResponse, url: URL): Promise<void> {
    const inside = url.pathname === '/' || `${url.pathname}/`.startsWith(`${ROOT}/`)
    const path = url.pathname.slice(ROOT.length)
    const node = inside ? findNode(this.#options.tree, path) : undefined
    if (!node) {
      send(response, 404, notFound(url))
    } else if (node.kind === 'directory' && !path.endsWith('/') && path !== '') {
      // Google sends readers of a directory to its address with a slash.
      send(response, 301, { headers: { Location: `${url.pathname}/${url.search}` } })
    } else {
      await this.#awaitChange(response, node, url.searchParams)
      send(response, 200, render(node, url.searchParams))
    }
  }

  /** `wait_for_change`: answers at once if the content is not `last_etag` any more. */
  async #awaitChange(response: ServerResponse, node: Node, query: URLSearchParams): Promise<void> {
    if (query.get('wait_for_change')?.toLowerCase() !== 'true') return
    const known = query.get('last_etag') ?? etagOf(render(node, query).body)
    const deadline = Number(query.get('timeout_sec') ?? 0)
    const expired = deadline > 0 ? AbortSignal.timeout(deadline * 1000) : undefined
    while (etagOf(render(node, query).body) === known && !expired?.aborted) {
      if (!(await this.#nextChange(response, expired))) return
    }
  }

  /** False when there is nobody left to tell, or no time. */
  #nextChange(response: ServerResponse, expired: AbortSignal | undefined): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>()
    const wake = () => resolve(true)
    const giveUp = () => resolve(false)
    this.#waiting.add(wake)
    response.once('close', giveUp)
    expired?.addEventListener('abort', giveUp, { once: true })
    return promise.finally(() => {
      this.#waiting.delete(wake)
      response.off('close', giveUp)
    })
  }

  async #answerGuestAttributes(
    request: IncomingMessage,
    response: ServerResponse,
    url: URL
  ): Promise<void> {
    const [namespace, key, ...more] = url.pathname
      .slice(GUEST.length + 1)
      .split('/')
      .map(decodeURIComponent)
    if (!this.#options.guestAttributesEnabled) {
      send(response, 403, page(403, 'Forbidden', 'Guest attributes endpoint access is disabled.'))
    } else if (!namespace || !key || more.length > 0) {
      this.#listGuestAttributes(response, namespace)
    } else if (request.method === 'PUT') {
      const value = await readBody(request)
      this.#options.guestAttributes.write({ namespace, key, value })
      send(response, 200, {})
    } else if (request.method === 'DELETE') {
      this.#options.guestAttributes.remove(namespace, key)
      send(response, 200, {})
    } else {
      const value = this.#options.guestAttributes.read(namespace, key)
      if (value === undefined) send(response, 404, notFound(url))
      else send(response, 200, { body: value })
    }
  }

  #listGuestAttributes(response: ServerResponse, namespace: string | undefined): void {
    const all = this.#options.guestAttributes.list()
    const lines = namespace
      ? all.filter((one) => one.namespace === namespace).map((one) => one.key)
      : [...new Set(all.map((one) => `${one.namespace}/`))]
    send(response, 200, { body: lines.map((line) => `${line}\n`).join('') })
  }
}

interface Content {
  readonly body: string
  readonly type: string
}

function render(node: Node, query: URLSearchParams): Content {
  const recursive = query.get('recursive')?.toLowerCase() === 'true'
  const json = query.get('alt') === 'json' || (recursive && node.kind === 'directory')
  if (json) return { body: JSON.stringify(toJson(node)), type: 'application/json' }
  const body = node.kind === 'leaf' ? node.text() : renderListing(node)
  const isJson = node.kind === 'leaf' && !node.recursive
  return { body, type: isJson ? 'application/json' : 'application/text' }
}

interface Answer {
  readonly body?: string
  readonly type?: string
  readonly headers?: Readonly<Record<string, string>>
}

function send(response: ServerResponse, status: number, answer: Answer): void {
  const { body = '', type = 'application/text', headers } = answer
  if (response.headersSent || response.destroyed) return
  response.writeHead(status, {
    ...HEADERS,
    ...headers,
    'Content-Type': type,
    'Content-Length': Buffer.byteLength(body),
    ETag: etagOf(body),
  })
  response.end(body)
}

function notFound(url: URL): Answer {
  const what = `The requested URL <code>${url.pathname.replace(/[<>&]/g, '')}</code> was not found.`
  return page(404, 'Not Found', what)
}

/** Errors of the metadata server are web pages, a trap for scripts that print what they get. */
function page(status: number, title: string, text: string): Answer {
  const body = `<!DOCTYPE html>\n<html lang=en>\n  <title>Error ${status} (${title})!!1</title>\n  <p><b>${status}.</b> ${text}\n`
  return { body, type: 'text/html; charset=UTF-8' }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString('utf8')
}
