import type { BlobRequest, BlobSender } from '../../../../src/image/push/upload.ts'
import type { Http, HttpRequest, HttpResponse } from '../../../../src/ports.ts'
import { digestOf } from './layouts.ts'

/** What an upload's request meets instead of its end: after so many bytes the connection breaks. */
export type Mishap =
  | { readonly afterBytes: number }
  | { readonly status: number; readonly message?: string }
  | 'lost answer'

export interface Upload {
  bytes: Buffer
}

/**
 * A registry in memory, on both of the ways that lead to it. Artifact Registry forgets a broken
 * upload; `keepsParts` makes it one of those that go on (distribution).
 */
export class FakeRegistry implements Http, BlobSender {
  readonly blobs = new Map<string, Buffer>()
  readonly manifests = new Map<string, string>()
  readonly requests: string[] = []
  readonly tokens: (string | undefined)[] = []
  /** For the next requests that bring more than 1 kB, in their order. */
  mishaps: Mishap[] = []
  /** Statuses for the next small requests that match. */
  refusals: { readonly match: RegExp; readonly status: number; readonly body?: string }[] = []
  /** Where uploads go: relative, or another host. */
  uploadBase = ''
  keepsParts = false
  takesRest = true
  atOnce = 0
  mostAtOnce = 0
  sentBytes = 0
  readonly #file: Buffer
  readonly #uploads = new Map<string, Upload>()

  constructor(file: Buffer) {
    this.#file = file
  }

  /** Small requests. */
  async send(request: HttpRequest | BlobRequest): Promise<HttpResponse> {
    return 'idleMs' in request ? this.#upload(request) : this.#small(request)
  }

  #small({ method, url, body, headers }: HttpRequest): HttpResponse {
    const path = new URL(url).pathname.replace('/v2/p/r/app/', '')
    this.requests.push(`${method} ${path}`)
    const refusal = this.refusals.find(({ match }) => match.test(`${method} ${path}`))
    if (refusal) {
      this.refusals = this.refusals.filter((it) => it !== refusal)
      return { status: refusal.status, headers: {}, body: refusal.body ?? '' }
    }
    const [kind = '', name = ''] = path.split('/')
    if (method === 'POST') {
      const id = `upload-${this.#uploads.size + 1}`
      this.#uploads.set(id, { bytes: Buffer.alloc(0) })
      return {
        status: 202,
        headers: { location: `${this.uploadBase}/uploads/${id}?s=1` },
        body: '',
      }
    }
    if (kind === 'blobs') return this.blobs.has(name) ? found(name) : missing()
    if (method === 'PUT') return this.#putManifest(name, body ?? '', headers['content-type'] ?? '')
    const text = this.manifests.get(name)
    return text === undefined ? missing() : { ...found(digestOf(Buffer.from(text))), body: text }
  }

  #putManifest(name: string, text: string, type: string): HttpResponse {
    const digest = digestOf(Buffer.from(text))
    const { config, layers = [], manifests = [] } = JSON.parse(text)
    for (const { digest: blob } of config ? [config, ...layers] : [])
      if (!this.blobs.has(blob)) return { status: 400, headers: {}, body: `blob unknown ${blob}` }
    for (const { digest: child } of manifests)
      if (!this.manifests.has(child)) return { status: 400, headers: {}, body: 'manifest unknown' }
    if (!type.includes('vnd.oci.image')) return { status: 400, headers: {}, body: 'type' }
    this.manifests.set(name, text)
    this.manifests.set(digest, text)
    return { status: 201, headers: { 'docker-content-digest': digest }, body: '' }
  }

  async #upload(request: BlobRequest): Promise<HttpResponse> {
    this.atOnce += 1
    this.mostAtOnce = Math.max(this.mostAtOnce, this.atOnce)
    // The others get their turn, as they would on a network.
    await new Promise((resolve) => setImmediate(resolve))
    try {
      return this.#receive(request)
    } finally {
      this.atOnce -= 1
    }
  }

  #receive({ method, url, headers, body }: BlobRequest): HttpResponse {
    const { pathname, searchParams } = new URL(url)
    const id = pathname.split('/').at(-1) ?? ''
    this.requests.push(`${method} ${id}${range(headers)}`)
    this.tokens.push(headers['authorization'])
    const upload = this.#uploads.get(id)
    if (!upload) return missing()
    if (method === 'GET') {
      const headers = { range: `0-${Math.max(0, upload.bytes.length - 1)}` }
      return this.keepsParts ? { status: 204, headers, body: '' } : missing()
    }
    if (method === 'PATCH' && !this.takesRest) {
      return { status: 405, headers: {}, body: '{"errors":[{"code":"UNSUPPORTED"}]}' }
    }
    const part = body
      ? this.#file.subarray(body.offset, body.offset + body.length)
      : Buffer.alloc(0)
    if (Number(headers['content-length']) !== part.length) throw new Error('wrong content-length')
    const mishap = part.length > 1_000 ? this.mishaps.shift() : undefined
    if (mishap !== undefined && mishap !== 'lost answer') return this.#meet(mishap, upload, part)
    this.sentBytes += part.length
    upload.bytes = Buffer.concat([upload.bytes, part])
    if (method === 'PATCH')
      return { status: 202, headers: { location: `/uploads/${id}` }, body: '' }
    const digest = searchParams.get('digest') ?? ''
    if (digestOf(upload.bytes) !== digest) {
      return { status: 400, headers: {}, body: '{"errors":[{"code":"DIGEST_INVALID"}]}' }
    }
    this.blobs.set(digest, upload.bytes)
    this.#uploads.delete(id)
    if (mishap === 'lost answer') throw new Error('read ECONNRESET')
    return { status: 201, headers: { 'docker-content-digest': digest }, body: '' }
  }

  #meet(mishap: Exclude<Mishap, string>, upload: Upload, part: Buffer): HttpResponse {
    if ('status' in mishap) {
      const body = JSON.stringify({ errors: [{ code: 'X', message: mishap.message ?? 'No.' }] })
      return { status: mishap.status, headers: {}, body }
    }
    this.sentBytes += Math.min(mishap.afterBytes, part.length)
    upload.bytes = Buffer.concat([upload.bytes, part.subarray(0, mishap.afterBytes)])
    throw new Error('write ECONNRESET')
  }
}

function range(headers: Readonly<Record<string, string>>): string {
  const value = headers['content-range']
  return value === undefined ? '' : ` ${value}`
}

function found(digest: string): HttpResponse {
  return {
    status: 200,
    headers: { 'docker-content-digest': digest, 'content-type': TYPE },
    body: '',
  }
}

const TYPE = 'application/vnd.oci.image.manifest.v1+json'

function missing(): HttpResponse {
  return { status: 404, headers: {}, body: '' }
}
