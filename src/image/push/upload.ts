import { readFailure } from '../../google/diagnosis/failure.ts'
import { networkReason } from '../../lib/network-reason.ts'
import type { Clock, HttpResponse, Log, TokenSource } from '../../ports.ts'
import type { Blob } from './layout.ts'
import type { RegistryWriter } from './registry-writer.ts'
import { type PushTarget, pushFailed, refused } from './target.ts'

export interface BlobRequest {
  readonly method: 'PUT' | 'PATCH' | 'GET'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  /** Part of a file, streamed; without it the body is empty. */
  readonly body?: { readonly path: string; readonly offset: number; readonly length: number }
  /** How long it may take until the next bytes are sent, or the answer comes. */
  readonly idleMs: number
  readonly signal: AbortSignal
}

/** Sends one request once, however large; any status is an answer, only a missing answer throws. */
export interface BlobSender {
  send(request: BlobRequest): Promise<HttpResponse>
}

export interface UploadPorts {
  readonly sender: BlobSender
  readonly tokens: TokenSource
  readonly clock: Clock
  readonly log: Log
  readonly random: () => number
}

export interface UploadOptions {
  readonly target: PushTarget
  readonly registry: RegistryWriter
  /** Base of the registry's addresses: uploads may go elsewhere, and then without our token. */
  readonly registryUrl: string
  /** The file in which the blobs are. */
  readonly path: string
  readonly signal: AbortSignal
}

const IDLE_MS = 2 * 60_000
/** In a row, without a byte more in the registry. */
const MOST_FAILURES = 6
const FIRST_DELAY_MS = 1_000
const MAX_DELAY_MS = 20_000

/** An upload that has begun. */
interface Session {
  readonly location: string
  /** How much of it the registry has. */
  readonly offset: number
}

/**
 * Uploads one blob, unless the registry has it, in the one way that Artifact Registry takes: whole,
 * in one PUT ("Artifact Registry does not support Docker chunked uploads",
 * https://cloud.google.com/artifact-registry/docs/reference/docker-api). When that breaks, a registry
 * that kept the beginning and says so gets the rest; another one gets it all again.
 */
export class BlobUpload {
  readonly #ports: UploadPorts
  readonly #options: UploadOptions
  readonly #blob: Blob
  #session: Session | undefined
  /** Off for a registry that kept a beginning and then did not take the rest. */
  #canResume = true
  #failures = 0
  /** How far the registry has ever come. */
  #reached = 0

  constructor(ports: UploadPorts, options: UploadOptions, blob: Blob) {
    this.#ports = ports
    this.#options = options
    this.#blob = blob
  }

  /** Answers whether bytes had to be sent. @throws ActionError IMAGE_PUSH_FAILED */
  async run(): Promise<boolean> {
    const { registry, signal } = this.#options
    for (let isFirst = true; ; isFirst = false) {
      signal.throwIfAborted()
      // Also after a failure: the answer may be all that was lost.
      if (await registry.hasBlob(this.#blob.digest)) return !isFirst
      if (!isFirst) await this.#findProgress()
      this.#session ??= { location: await registry.startUpload(), offset: 0 }
      const answer = await this.#sendRest(this.#session).catch((error: unknown) => {
        signal.throwIfAborted()
        return networkReason(error)
      })
      if (typeof answer !== 'string' && answer.status === 201) return true
      await this.#takeFailure(answer)
    }
  }

  async #sendRest({ location, offset }: Session): Promise<HttpResponse> {
    const { digest, sizeBytes } = this.#blob
    if (offset === 0) return this.#send('PUT', withDigest(location, digest), 0)
    if (offset === sizeBytes) return this.#send('PUT', withDigest(location, digest))
    const answer = await this.#send('PATCH', location, offset)
    if (answer.status !== 202) return answer
    const rest = { location: answer.headers['location'] ?? location, offset: sizeBytes }
    this.#session = rest
    return this.#sendRest(rest)
  }

  /** What an interrupted upload has come to; a registry that does not say so starts afresh. */
  async #findProgress(): Promise<void> {
    const { location } = this.#session ?? {}
    this.#session = undefined
    if (location === undefined || !this.#canResume) return
    const answer = await this.#send('GET', location).catch(() => undefined)
    const end = /^(?:bytes=)?0-(\d+)$/.exec(answer?.headers['range'] ?? '')?.[1]
    // 0-0 is what registries say of nothing as well as of one byte.
    const offset = answer?.status === 204 && Number(end) > 0 ? Number(end) + 1 : 0
    if (offset === 0 || offset > this.#blob.sizeBytes) return
    this.#session = { location: answer?.headers['location'] ?? location, offset }
    if (offset > this.#reached) this.#failures = 0
    this.#reached = Math.max(offset, this.#reached)
    this.#ports.log.info(`${shortDigest(this.#blob.digest)}: going on at byte ${offset}`)
  }

  async #takeFailure(answer: HttpResponse | string): Promise<void> {
    const { target } = this.#options
    const failure = typeof answer === 'string' ? undefined : readFailure(answer.status, answer.body)
    const why = typeof answer === 'string' ? answer : `${answer.status} ${failure?.message ?? ''}`
    const resumed = (this.#session?.offset ?? 0) > 0
    if (failure && isRefusal(failure.status)) {
      if (!resumed) throw refused(target, failure)
      this.#canResume = false
      this.#session = undefined
    }
    // An address that is no more, and a token that is none any more, are had anew.
    if (failure?.status === 404) this.#session = undefined
    this.#failures += 1
    if (this.#failures >= MOST_FAILURES) {
      throw pushFailed(
        target,
        `the upload of ${shortDigest(this.#blob.digest)} broke off again and again: ${why}`,
        {
          isPassing: true,
          hint: refused(target, failure ?? { status: 0, message: why }).hint,
        }
      )
    }
    await this.#pause(why)
  }

  async #pause(why: string): Promise<void> {
    const { clock, log, random } = this.#ports
    const delayMs = Math.min(FIRST_DELAY_MS * 2 ** (this.#failures - 1), MAX_DELAY_MS)
    const jitteredMs = delayMs * (0.5 + random() / 2)
    log.info(`${shortDigest(this.#blob.digest)}: ${why}; again in ${Math.round(jitteredMs)} ms`)
    await clock.sleep(jitteredMs, this.#options.signal)
  }

  async #send(
    method: BlobRequest['method'],
    location: string,
    from?: number
  ): Promise<HttpResponse> {
    const { registryUrl, path, signal } = this.#options
    const { offset, sizeBytes } = this.#blob
    const url = new URL(location, registryUrl)
    const isOurs = url.origin === new URL(registryUrl).origin
    const token = isOurs ? await this.#ports.tokens.accessToken() : undefined
    const length = sizeBytes - (from ?? sizeBytes)
    return this.#ports.sender.send({
      method,
      url: url.href,
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(method !== 'GET' && {
          'content-type': 'application/octet-stream',
          'content-length': String(length),
        }),
        ...(method === 'PATCH' && { 'content-range': `${from}-${sizeBytes - 1}` }),
      },
      ...(length > 0 && from !== undefined && { body: { path, offset: offset + from, length } }),
      idleMs: IDLE_MS,
      signal,
    })
  }
}

function withDigest(location: string, digest: string): string {
  return `${location}${location.includes('?') ? '&' : '?'}digest=${encodeURIComponent(digest)}`
}

/** A 401 is a token that ended meanwhile, a 404 an upload that did. */
function isRefusal(status: number): boolean {
  return status >= 400 && status < 500 && ![401, 404, 408, 429].includes(status)
}

/** As long as people need it to tell one from another. */
export function shortDigest(digest: string): string {
  return digest.slice(0, 'sha256:'.length + 12)
}
