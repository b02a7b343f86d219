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

/** One answer that is given instead of the usual one; taken off the list when given. */
export interface Fault {
  readonly path: RegExp
  readonly status: number
  times: number
}

export interface GoogleStubOptions {
  readonly attributes?: Readonly<Record<string, string>>
  /** `projects/P/secrets/S/versions/V` to payload; a number is the status to refuse with. */
  readonly secrets?: Readonly<Record<string, Buffer | number>>
  readonly faults?: readonly Fault[]
  readonly guestAttributesStatus?: number
  readonly ip?: string
}

export interface GoogleStub {
  readonly host: string
  /** Raw bodies of the guest attribute, in the order they came. */
  readonly writes: readonly string[]
  readonly reports: readonly BootReport[]
  readonly requests: readonly string[]
  close(): Promise<void>
}

export const INSTANCE = 'mervis-x7k2'
export const TOKEN = 'ya29.the-access-token'

/** A metadata server and a Secret Manager on one loopback port, as a VM sees them. */
export async function startGoogleStub(options: GoogleStubOptions = {}): Promise<GoogleStub> {
  const writes: string[] = []
  const requests: string[] = []
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`)
    answer(request, response, options, writes)
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
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function parseReport(text: string): BootReport {
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
  const fault = options.faults?.find(
    (candidate) => candidate.times > 0 && candidate.path.test(path)
  )
  if (fault !== undefined) {
    fault.times -= 1
    response.writeHead(fault.status).end()
    return
  }
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
      access_token: TOKEN,
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
