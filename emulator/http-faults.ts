import type { HttpBindings } from '@hono/node-server'
import type { MiddlewareHandler } from 'hono'
import { GoogleError } from './google/errors.ts'
import { type JsonObject, textOf } from './google/route.ts'

/** A failure that a request meets instead of its answer. */
export interface HttpFault {
  readonly id: string
  /** `*` for any. */
  readonly method: string
  /** Regular expression over the path. */
  readonly path: string
  readonly status: number
  readonly message: string
  readonly reason?: string
  /** Instead of an answer: the connection is reset in the middle of the request, or after its work is done. */
  readonly connection?: 'reset' | 'lost-answer'
  /** How much of the request's body comes in before a reset. */
  readonly afterBytes: number
  /** How often it still strikes. */
  readonly remaining: number
  /** How often it has struck: a test that injects a fault can tell whether it was met. */
  readonly fired: number
}

/** Faults injected by request; each strikes a set number of times and counts. */
export class HttpFaults {
  #faults: readonly HttpFault[] = []
  #count = 0

  list(): readonly HttpFault[] {
    return this.#faults
  }

  clear(): void {
    this.#faults = []
  }

  /** @throws GoogleError 400 when the description makes no sense. */
  add(body: JsonObject): HttpFault {
    const reason = textOf(body, 'reason')
    const connection = textOf(body, 'connection')
    const fault: HttpFault = {
      id: `fault-${++this.#count}`,
      method: textOf(body, 'method') ?? '*',
      path: textOf(body, 'path') ?? '.*',
      status: Number(body['status'] ?? 503),
      message: textOf(body, 'message') ?? 'Backend Error',
      ...(reason && { reason }),
      ...((connection === 'reset' || connection === 'lost-answer') && { connection }),
      afterBytes: Number(body['afterBytes'] ?? 0),
      remaining: Number(body['count'] ?? 1),
      fired: 0,
    }
    if (!(fault.status >= 400 && fault.status <= 599) || !(fault.remaining > 0)) {
      throw new GoogleError(400, 'A fault needs a status of 400 to 599 and a count above 0.')
    }
    if (!isPattern(fault.path))
      throw new GoogleError(400, `Not a regular expression: ${fault.path}`)
    this.#faults = [...this.#faults, fault]
    return fault
  }

  /** Strikes before anything else is looked at. `/emulator` itself never fails. */
  middleware(): MiddlewareHandler<{ Bindings: HttpBindings }> {
    return async (c, next) => {
      const fault = this.#strike(c.req.method, c.req.path)
      if (!fault) return next()
      const { status, message, reason, connection, afterBytes } = fault
      if (connection === 'lost-answer') await next()
      if (connection === 'reset') await receive(c.env.incoming, afterBytes)
      if (connection !== undefined) {
        c.env.incoming.socket.resetAndDestroy()
        return
      }
      throw new GoogleError(status, message, reason === undefined ? {} : { reason })
    }
  }

  #strike(method: string, path: string): HttpFault | undefined {
    if (path.startsWith('/emulator')) return undefined
    const met = this.#faults.find(
      (fault) =>
        fault.remaining > 0 &&
        (fault.method === '*' || fault.method === method) &&
        new RegExp(fault.path).test(path)
    )
    if (!met) return undefined
    const struck = { ...met, remaining: met.remaining - 1, fired: met.fired + 1 }
    this.#faults = this.#faults.map((fault) => (fault === met ? struck : fault))
    return struck
  }
}

/** Takes in that much of a request's body, or all of a shorter one. */
async function receive(incoming: AsyncIterable<Buffer>, bytes: number): Promise<void> {
  let left = bytes
  if (left <= 0) return
  for await (const chunk of incoming) {
    left -= chunk.length
    if (left <= 0) return
  }
}

function isPattern(text: string): boolean {
  try {
    return new RegExp(text).source.length > 0
  } catch {
    return false
  }
}
