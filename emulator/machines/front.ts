import {
  createServer,
  type IncomingMessage,
  request,
  type Server,
  type ServerResponse,
} from 'node:http'
import { connect, type Socket } from 'node:net'
import type { Clock } from '../clock.ts'

/** An instance that may be sent requests. */
export interface FrontTarget {
  readonly name: string
  readonly address: string
  readonly port: number
  /** What it serves, for whoever counts. */
  readonly release?: string
}

/** Where the front listens and whom it may ask. */
export interface FrontOptions {
  readonly clock: Clock
  /** Asked at every request: who is healthy and stays. */
  readonly targets: () => readonly FrontTarget[]
  readonly host?: string
  /** 0 = any free one. */
  readonly port?: number
  /** Told of every answer; `target` is undefined where nobody could be asked. */
  readonly onAnswer?: (status: number, target: FrontTarget | undefined) => void
}

const DRAIN_MS = 10_000
const HOP_BY_HOP = new Set(['connection', 'keep-alive', 'transfer-encoding', 'upgrade'])

/**
 * Stands for the load balancer: spreads requests over the targets in turn, passes over one that
 * refuses the connection, and lets requests in flight finish before an instance is taken away.
 */
export class Front {
  readonly #options: FrontOptions
  readonly #server: Server
  readonly #inFlight = new Map<string, number>()
  readonly #idle = new Map<string, Set<() => void>>()
  #turn = 0

  constructor(options: FrontOptions) {
    this.#options = options
    this.#server = createServer((asked, answer) => {
      this.#forward(asked, answer).catch((error: unknown) => refuse(answer, 502, String(error)))
    })
  }

  /** Resolves to the front's URL. */
  async listen(): Promise<string> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const { host = '127.0.0.1', port = 0 } = this.#options
    this.#server.once('error', reject)
    this.#server.listen({ host, port }, () => resolve(undefined))
    await promise
    return this.url
  }

  get url(): string {
    const address = this.#server.address()
    if (address === null || typeof address === 'string') return ''
    return `http://${address.address}:${address.port}`
  }

  /** Calls `done` when no request is with the instance any more, at the latest after 10 s. */
  drain(name: string, done: () => void): void {
    if (!this.#inFlight.has(name)) {
      done()
      return
    }
    const waiting = this.#idle.get(name) ?? new Set()
    const once = () => {
      cancel()
      waiting.delete(once)
      done()
    }
    const cancel = this.#options.clock.after(this.#options.clock.scaled(DRAIN_MS), once)
    this.#idle.set(name, waiting.add(once))
  }

  async close(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#server.close(() => resolve(undefined))
    this.#server.closeAllConnections()
    return promise
  }

  async #forward(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    const targets = this.#options.targets()
    const start = this.#turn++
    let asking: FrontTarget | undefined
    answer.once('finish', () => this.#options.onAnswer?.(answer.statusCode, asking))
    for (let tried = 0; tried < targets.length; tried++) {
      const target = targets[(start + tried) % targets.length]
      asking = target
      // Counted before connecting: an instance must not be stopped between the two.
      if (target && (await this.#within(target, () => tryTarget(target, asked, answer)))) return
    }
    asking = undefined
    refuse(answer, 503, 'no healthy upstream')
  }

  async #within(target: FrontTarget, work: () => Promise<boolean>): Promise<boolean> {
    const { name } = target
    this.#inFlight.set(name, (this.#inFlight.get(name) ?? 0) + 1)
    try {
      return await work()
    } finally {
      this.#leave(name)
    }
  }

  #leave(name: string): void {
    const left = (this.#inFlight.get(name) ?? 1) - 1
    if (left > 0) {
      this.#inFlight.set(name, left)
      return
    }
    this.#inFlight.delete(name)
    for (const wake of [...(this.#idle.get(name) ?? [])]) wake()
    this.#idle.delete(name)
  }
}

/** False when the connection was refused: nothing was sent, so another target may have the request. */
async function tryTarget(
  target: FrontTarget,
  asked: IncomingMessage,
  answer: ServerResponse
): Promise<boolean> {
  const socket = await connectTo(target)
  if (!socket) return false
  // A client may have left meanwhile; its 'close' is over and would be waited for in vain.
  if (answer.destroyed) socket.destroy()
  else await exchange(socket, asked, answer)
  return true
}

function connectTo({ address, port }: FrontTarget): Promise<Socket | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<Socket | undefined>()
  const socket = connect({ host: address, port })
  const fail = (error: NodeJS.ErrnoException) => {
    if (error.code === 'ECONNREFUSED') resolve(undefined)
    else reject(error)
  }
  socket.once('error', fail)
  socket.once('connect', () => {
    socket.off('error', fail)
    resolve(socket)
  })
  return promise
}

/** Resolves when the answer is complete or the client has left; a broken upstream is a 502. */
function exchange(socket: Socket, asked: IncomingMessage, answer: ServerResponse): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const finish = () => {
    socket.destroy()
    resolve(undefined)
  }
  const { method, url: path } = asked
  const upstream = request({
    ...(method && { method }),
    ...(path && { path }),
    headers: { ...endToEnd(asked), connection: 'close' },
    createConnection: () => socket,
  })
  upstream.once('response', (response) => {
    answer.writeHead(response.statusCode ?? 502, endToEnd(response))
    response.once('error', () => answer.destroy())
    response.once('aborted', () => answer.destroy())
    response.pipe(answer)
  })
  upstream.on('error', (error) => refuse(answer, 502, error.message))
  answer.once('close', finish)
  asked.pipe(upstream)
  return promise
}

function endToEnd({ headers }: IncomingMessage): IncomingMessage['headers'] {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !HOP_BY_HOP.has(name)))
}

function refuse(answer: ServerResponse, status: number, reason: string): void {
  if (answer.headersSent) {
    answer.destroy()
    return
  }
  answer.writeHead(status, { 'content-type': 'text/plain', connection: 'close' })
  answer.end(`${reason}\n`)
}
