import { asRecord, asText, parseJson } from '../../src/lib/json.ts'
import type { Clock, Http, HttpRequest, HttpResponse } from '../../src/ports.ts'
import { answer, googleError } from './scripted-http.ts'

/**
 * What may befall one request: a 503 instead of an answer, a connection that breaks before the
 * request arrives, or one that breaks after it was served.
 */
export type Fault = 'unavailable' | 'request lost' | 'answer lost'

interface FakeObject {
  readonly text: string
  readonly generation: number
  readonly updatedAtMs: number
  readonly cacheControl: string
}

/** How long a request takes on its way there and back. */
export interface Latency {
  readonly thereMs: number
  readonly backMs: number
}

export interface FakeBucketOptions {
  readonly name?: string
  /** How far Google's clock is ahead of `clock`. */
  readonly aheadMs?: number
}

/**
 * One bucket of Cloud Storage behind HTTP: reads, multipart uploads and removals of whole objects,
 * with generations and preconditions. Every write makes a new generation; errors have Google's shape.
 */
export class FakeBucket implements Http {
  readonly requests: HttpRequest[] = []
  /** Asked before each request is served: the place to go wrong, or to let something else happen first. */
  fault: (request: HttpRequest) => Fault | undefined = () => undefined
  /** Asked for each request; needs a clock whose time passes for several sleepers at once. */
  latency: (request: HttpRequest) => Latency | undefined = () => undefined
  /** Told of each change that took place. */
  onChange: (name: string, text: string | undefined) => void = () => undefined
  readonly #objects = new Map<string, FakeObject>()
  readonly #clock: Clock
  readonly #name: string
  readonly #aheadMs: number
  #generation = 1_700_000_000_000_000

  constructor(clock: Clock, options: FakeBucketOptions = {}) {
    this.#clock = clock
    this.#name = options.name ?? 'mervis-demo-tfstate'
    this.#aheadMs = options.aheadMs ?? 0
  }

  /** The text of an object as it stands, or undefined. */
  text(name: string): string | undefined {
    return this.#objects.get(name)?.text
  }

  generation(name: string): string {
    return String(this.#objects.get(name)?.generation ?? 0)
  }

  cacheControl(name: string): string | undefined {
    return this.#objects.get(name)?.cacheControl
  }

  /** Writes past the API, as somebody else would. */
  put(name: string, text: string, cacheControl = ''): void {
    this.#generation += 1
    const generation = this.#generation
    this.#objects.set(name, { text, generation, updatedAtMs: this.#googleNowMs(), cacheControl })
    this.onChange(name, text)
  }

  /** Removes past the API, as somebody else would. */
  drop(name: string): void {
    this.#objects.delete(name)
    this.onChange(name, undefined)
  }

  async send(request: HttpRequest): Promise<HttpResponse> {
    request.signal.throwIfAborted()
    this.requests.push(request)
    const fault = this.fault(request)
    const { thereMs, backMs } = this.latency(request) ?? { thereMs: 0, backMs: 0 }
    if (thereMs > 0) await this.#clock.sleep(thereMs, request.signal)
    if (fault === 'request lost') throw new Error('socket hang up')
    if (fault === 'unavailable') return googleError(503, { reason: 'backendError' })
    const served = this.#serve(request)
    if (backMs > 0) await this.#clock.sleep(backMs, request.signal)
    if (fault === 'answer lost') throw new Error('socket hang up')
    const date = new Date(this.#googleNowMs()).toUTCString()
    return { ...served, headers: { date, ...served.headers } }
  }

  /** Method and object of each request, in order. */
  get lines(): readonly string[] {
    return this.requests.map(({ method, url }) => {
      const { pathname } = new URL(url)
      return `${method} ${decodeURIComponent(pathname.replace(/^.*\/b\/[^/]+\/o\/?/, '')) || '(bucket)'}`
    })
  }

  #serve(request: HttpRequest): HttpResponse {
    const { pathname, searchParams } = new URL(request.url)
    const [, upload, bucket, encoded] =
      /^\/(upload\/)?storage\/v1\/b\/([^/]+)\/o(?:\/([^/]+))?$/.exec(pathname) ?? []
    if (bucket !== this.#name) {
      return googleError(404, {
        message: 'The specified bucket does not exist.',
        reason: 'notFound',
      })
    }
    const ifGeneration = searchParams.get('ifGenerationMatch')
    const name = decodeURIComponent(encoded ?? '')
    if (upload && request.method === 'POST') return this.#upload(request, ifGeneration)
    if (request.method === 'GET')
      return name === '' ? answer(200, { kind: 'storage#objects' }) : this.#download(name)
    if (request.method === 'DELETE') return this.#remove(name, ifGeneration)
    return googleError(400, { message: `nobody expects ${request.method} ${pathname}` })
  }

  #download(name: string): HttpResponse {
    const object = this.#objects.get(name)
    // Errors of media requests are plain text, unlike all others.
    if (!object) return answer(404, `No such object: ${this.#name}/${name}`)
    return answer(200, object.text, {
      'x-goog-generation': String(object.generation),
      'last-modified': new Date(object.updatedAtMs).toUTCString(),
    })
  }

  #upload({ headers, body = '' }: HttpRequest, ifGeneration: string | null): HttpResponse {
    const { resource, media } = parseUpload(headers['content-type'] ?? '', body)
    const name = asText(resource['name'])
    if (name === '') return googleError(400, { message: 'Required', reason: 'required' })
    if (ifGeneration !== null && ifGeneration !== this.generation(name)) return refused()
    this.put(name, media, asText(resource['cacheControl']))
    return answer(200, { generation: this.generation(name) })
  }

  #remove(name: string, ifGeneration: string | null): HttpResponse {
    if (!this.#objects.has(name)) return googleError(404, { reason: 'notFound' })
    if (ifGeneration !== null && ifGeneration !== this.generation(name)) return refused()
    this.drop(name)
    return answer(204, '')
  }

  #googleNowMs(): number {
    return this.#clock.now() + this.#aheadMs
  }
}

function refused(): HttpResponse {
  const message = 'At least one of the pre-conditions you specified did not hold.'
  return googleError(412, { message, reason: 'conditionNotMet' })
}

function parseUpload(contentType: string, body: string) {
  const boundary = /boundary=(\S+)$/.exec(contentType)?.[1] ?? ''
  const [, head = '', media = ''] = body.split(`--${boundary}`)
  const contentOf = (part: string): string => part.slice(part.indexOf('\r\n\r\n') + 4, -2)
  return { resource: asRecord(parseJson(contentOf(head))), media: contentOf(media) }
}
