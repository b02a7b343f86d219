import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

/** What a boot script said of itself in the guest attribute deploy/boot. */
export interface BootReport {
  readonly phase: string
  readonly detail: string
  readonly release: string
  readonly image: string
  readonly at: string
  readonly log?: string
}

/** What happens to a request instead of its usual answer, or before it. */
export interface Fault {
  readonly path: RegExp
  /** Left out: the usual answer. */
  readonly status?: number
  readonly delayMs?: number
  times: number
}

export interface GoogleStubOptions {
  readonly attributes?: Readonly<Record<string, string>>
  /** `projects/P/secrets/S/versions/V` to payload; a number is the status to refuse with. */
  readonly secrets?: Readonly<Record<string, Buffer | number>>
  readonly faults?: readonly Fault[]
  readonly guestAttributesStatus?: number
  readonly ip?: string
  /** Access token of the VM. */
  readonly token?: string
  /** False for a server that never lets anybody wait. */
  readonly etags?: boolean
}

export interface GoogleStub {
  readonly host: string
  /** Raw bodies of the guest attribute, in the order they came. */
  readonly writes: readonly string[]
  readonly reports: readonly BootReport[]
  readonly requests: readonly string[]
  /** Announces the preemption of the VM, as Google does at the beginning of the notice. */
  preempt(): void
  close(): Promise<void>
}

export const INSTANCE = 'mervis-x7k2'
export const TOKEN = 'ya29.the-access-token'

/** A metadata server and a Secret Manager on one loopback port, as a VM sees them. */
export async function startGoogleStub(options: GoogleStubOptions = {}): Promise<GoogleStub> {
  const writes: string[] = []
  const requests: string[] = []
  const preemption = new Preemption(options.etags ?? true)
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`)
    const fault = options.faults?.find(
      (candidate) => candidate.times > 0 && candidate.path.test(request.url ?? '')
    )
    if (fault !== undefined) fault.times -= 1
    setTimeout(() => {
      if (fault?.status !== undefined) response.writeHead(fault.status).end()
      else if (request.url?.includes('/instance/preempted')) preemption.answer(request, response)
      else answer(request, response, options, writes)
    }, fault?.delayMs ?? 0)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    host: `127.0.0.1:${address.port}`,
    writes,
    requests,
    get reports() {
      return writes.map(parseReport)
    },
    preempt: () => preemption.announce(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** `instance/preempted`, for readers who wait for a change of it. */
class Preemption {
  #value = 'FALSE'
  readonly #waiting: (() => void)[] = []
  readonly #etags: boolean

  constructor(etags: boolean) {
    this.#etags = etags
  }

  announce(): void {
    this.#value = 'TRUE'
    for (const wake of this.#waiting.splice(0)) wake()
  }

  answer(request: IncomingMessage, response: ServerResponse): void {
    const query = new URL(request.url ?? '', 'http://metadata').searchParams
    const etag = () => `etag-of-${this.#value}`
    const headers = () => (this.#etags ? { etag: etag() } : {})
    const send = () => response.writeHead(200, headers()).end(this.#value)
    const waits = query.get('wait_for_change') === 'true' && query.get('last_etag') === etag()
    if (waits) this.#waiting.push(send)
    else send()
  }
}

/** @throws when the text is no boot report. */
export function parseReport(text: string): BootReport {
  const value: unknown = JSON.parse(text)
  if (typeof value !== 'object' || value === null || !('phase' in value)) throw new Error(text)
  return value as BootReport
}

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  options: GoogleStubOptions,
  writes: string[]
): void {
  const path = request.url ?? ''
  if (path.startsWith('/secretmanager/v1/')) {
    answerSecret(request, response, options)
    return
  }
  if (request.headers['metadata-flavor'] !== 'Google') {
    response.writeHead(403).end('Missing Metadata-Flavor header')
    return
  }
  if (request.method === 'PUT') {
    takeReport(request, response, options, writes)
    return
  }
  const text = metadata(path.replace('/computeMetadata/v1/', ''), options)
  response.writeHead(text === undefined ? 404 : 200, { 'metadata-flavor': 'Google' }).end(text)
}

function takeReport(
  request: IncomingMessage,
  response: ServerResponse,
  options: GoogleStubOptions,
  writes: string[]
): void {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const status = options.guestAttributesStatus ?? 200
    if (status === 200) {
      // Fatal on bytes that are not UTF-8: the real server refuses those as well.
      writes.push(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks)))
    }
    response.writeHead(status).end()
  })
}

function metadata(path: string, options: GoogleStubOptions): string | undefined {
  if (path.startsWith('instance/attributes/')) {
    return options.attributes?.[path.slice('instance/attributes/'.length)]
  }
  const known: Record<string, string> = {
    'instance/name': INSTANCE,
    'instance/network-interfaces/0/ip': options.ip ?? '10.10.0.7',
    'instance/service-accounts/default/token': JSON.stringify({
      access_token: options.token ?? TOKEN,
      expires_in: 3599,
      token_type: 'Bearer',
    }),
    'project/project-id': 'mervis-demo',
  }
  return known[path]
}

function answerSecret(
  request: IncomingMessage,
  response: ServerResponse,
  options: GoogleStubOptions
): void {
  const name = (request.url ?? '').replace('/secretmanager/v1/', '').replace(/:access$/, '')
  const payload = options.secrets?.[name] ?? 404
  const status = request.headers.authorization === `Bearer ${TOKEN}` ? 200 : 401
  if (status !== 200 || typeof payload === 'number') {
    response.writeHead(typeof payload === 'number' ? payload : status).end('{"error":{}}')
    return
  }
  // Indented, with a name in front and a checksum behind, as Google prints it.
  const body = { name, payload: { data: payload.toString('base64'), dataCrc32c: '4157' } }
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body, null, 2))
}
