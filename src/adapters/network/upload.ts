import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { gaxios } from 'google-auth-library'
import type { BlobRequest, BlobSender } from '../../image/push/upload.ts'

/**
 * Uploads through gaxios, as all of Google's requests go, proxies included. The file is streamed:
 * of a layer of gigabytes only some kilobytes are in memory.
 */
export function gaxiosBlobSender(): BlobSender {
  const client = new gaxios.Gaxios()
  return {
    send: async ({ method, url, headers, body, idleMs, signal }) => {
      const idle = new Idle(idleMs)
      try {
        const response = await client.request<string>({
          method,
          url,
          headers: { ...headers },
          ...(body && { body: Readable.from(readPart(body, idle)) }),
          signal: AbortSignal.any([signal, idle.signal]),
          responseType: 'text',
          redirect: 'manual',
          retry: false,
          validateStatus: () => true,
        })
        return {
          status: response.status,
          headers: Object.fromEntries(response.headers),
          body: typeof response.data === 'string' ? response.data : '',
        }
      } catch (error) {
        // The library says of every abort no more than that it was one.
        idle.signal.throwIfAborted()
        throw error
      } finally {
        idle.end()
      }
    },
  }
}

/** Aborts when nothing has moved for a while: a large upload may take long, a dead one may not. */
class Idle {
  readonly #stop = new AbortController()
  readonly #timer: NodeJS.Timeout

  constructor(idleMs: number) {
    const reason = new Error(`nothing moved for ${idleMs / 1000} s`)
    this.#timer = setTimeout(() => this.#stop.abort(reason), idleMs)
  }

  get signal(): AbortSignal {
    return this.#stop.signal
  }

  moved(): void {
    this.#timer.refresh()
  }

  end(): void {
    clearTimeout(this.#timer)
  }
}

async function* readPart(
  { path, offset, length }: NonNullable<BlobRequest['body']>,
  idle: Idle
): AsyncGenerator<Uint8Array> {
  const stream = createReadStream(path, { start: offset, end: offset + length - 1 })
  for await (const chunk of stream) {
    idle.moved()
    yield chunk
  }
}
