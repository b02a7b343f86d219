import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { completed, type Json, notFound, parse, refusal, zones } from './fake-answers.ts'

/** One request as it came in. */
export interface Seen {
  readonly method: string
  readonly path: string
  readonly query: string
  readonly body: Json
  readonly authorization: string
}

/** An answer that a request gets instead of its own. */
export interface Fault {
  readonly request: RegExp
  readonly status: number
  readonly body: unknown
}

/**
 * As much of Google as a provider needs: every resource is what was sent, every change an
 * operation that is seen running once. Independent of the emulator, so that a shared mistake shows.
 */
export class FakeGoogle {
  readonly resources = new Map<string, Json>()
  readonly policies = new Map<string, Json>()
  readonly services = new Set<string>()
  readonly requests: Seen[] = []
  readonly faults: Fault[] = []
  /** Requests whose operation ends in this error. */
  readonly operationErrors: { readonly request: RegExp; readonly error: unknown }[] = []
  /** Operations of these requests stay running until the expression is taken out. */
  readonly held: RegExp[] = []
  /** Groups made from now on, and those there are, say that they are not stable. */
  unstable = false
  url = ''
  readonly #operations = new Map<string, Json>()
  readonly #server: Server
  readonly #waiting: (() => void)[] = []
  #count = 1000

  constructor() {
    this.#server = createServer((request, response) => this.#serve(request, response))
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    const address = this.#server.address()
    if (typeof address !== 'object' || address === null) throw new Error('no address')
    this.url = `http://127.0.0.1:${address.port}`
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  /** The variables that point the provider here. */
  endpoints(): Record<string, string> {
    const paths = {
      COMPUTE: 'compute/v1/',
      ARTIFACT_REGISTRY: 'artifactregistry/v1/',
      SECRET_MANAGER: 'secretmanager/v1/',
      SERVICE_USAGE: 'serviceusage/v1/',
      RESOURCE_MANAGER: 'cloudresourcemanager/v1/',
      IAM: 'iam/v1/',
      STORAGE: 'storage/v1/',
    }
    return Object.fromEntries(
      Object.entries(paths).map(([name, path]) => [
        `GOOGLE_${name}_CUSTOM_ENDPOINT`,
        `${this.url}/${path}`,
      ])
    )
  }

  /** The resource whose path ends so. */
  find(end: string): Json {
    const found = [...this.resources].find(([path]) => path.endsWith(end))
    if (!found) throw new Error(`${end} does not exist`)
    return found[1]
  }

  /** Resolves once `count` more requests that match have come in. */
  async seen(request: RegExp, count = 1): Promise<void> {
    for (let left = count; left > 0; ) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
      const last = this.requests.at(-1)
      if (last && request.test(`${last.method} ${last.path}`)) left--
    }
  }

  changes(): string[] {
    return this.requests
      .filter(({ method, path }) => method !== 'GET' && !path.endsWith(':getIamPolicy'))
      .map(({ method, path, query }) => `${method} ${path}${query}`)
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(Buffer.from(chunk))
    const text = Buffer.concat(chunks).toString()
    const url = new URL(request.url ?? '/', this.url)
    const seen: Seen = {
      method: request.method ?? '',
      path: url.pathname,
      query: url.search,
      body: parse(text, request.headers['content-type']),
      authorization: request.headers.authorization ?? '',
    }
    this.requests.push(seen)
    for (const wake of this.#waiting.splice(0)) wake()
    const [status, body] = this.#answer(seen, url.searchParams)
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(JSON.stringify(body))
  }

  #answer(seen: Seen, query: URLSearchParams): [number, unknown] {
    const line = `${seen.method} ${seen.path}`
    const fault = this.faults.findIndex(({ request }) => request.test(line))
    if (fault >= 0) {
      const [answer] = this.faults.splice(fault, 1)
      return [answer?.status ?? 500, answer?.body]
    }
    if (seen.path.startsWith('/sts/')) return this.#exchange(seen)
    const [, api = '', path = ''] = /^\/(\w+)\/v\d\/(.*)$/.exec(seen.path) ?? []
    if (path.includes('/operations/')) return this.#operation(path)
    if (/:[gs]etIamPolicy$|\/iam$/.test(path)) return this.#policy(api, path, seen)
    if (api === 'serviceusage') return this.#serviceUsage(path, seen)
    if (path.endsWith('/zones')) return [200, { items: zones() }]
    if (api === 'cloudresourcemanager') {
      return [200, { projectId: path.split('/')[1], projectNumber: '123456789012', name: 'Demo' }]
    }
    return this.#resource(`${api}/${path}`, seen, query)
  }

  #exchange(seen: Seen): [number, unknown] {
    const subject = String(seen.body['subject_token'])
    return [
      200,
      {
        access_token: `token-of-${subject}`,
        token_type: 'Bearer',
        expires_in: 3600,
        issued_token_type: 'urn:ietf:params:oauth:token-type:access_token',
      },
    ]
  }

  #operation(path: string): [number, unknown] {
    const operation = this.#operations.get(path)
    if (!operation) return notFound(path)
    const held = this.held.some((request) => request.test(String(operation['request'])))
    if (held) return [200, operation]
    const error = this.operationErrors.find(({ request }) => {
      return request.test(String(operation['request']))
    })?.error
    Object.assign(operation, { status: 'DONE' }, error !== undefined && { error })
    return [200, operation]
  }

  #policy(api: string, path: string, seen: Seen): [number, unknown] {
    const key = `${api}/${path.replace(/(:[gs]etIamPolicy|\/iam)$/, '')}`
    const now = this.policies.get(key) ?? { version: 1, etag: 'ACAB', bindings: [] }
    if (seen.method === 'GET' || path.endsWith(':getIamPolicy')) return [200, now]
    const next = (seen.body['policy'] ?? seen.body) as Json
    if (next['etag'] !== now['etag']) {
      return refusal(409, 'There were concurrent policy changes.', 'aborted')
    }
    this.policies.set(key, { ...next, etag: `BwX${++this.#count}` })
    return [200, this.policies.get(key)]
  }

  #serviceUsage(path: string, seen: Seen): [number, unknown] {
    if (path.endsWith(':batchEnable')) {
      for (const id of seen.body['serviceIds'] as string[]) this.services.add(id)
      return [200, { name: 'operations/noop', done: true }]
    }
    if (path.endsWith(':disable')) {
      this.services.delete(path.split('/').at(-1)?.split(':')[0] ?? '')
      return [200, { name: 'operations/noop', done: true }]
    }
    return [
      200,
      { services: [...this.services].map((name) => ({ name: `projects/1/services/${name}` })) },
    ]
  }

  #resource(key: string, seen: Seen, query: URLSearchParams): [number, unknown] {
    const known = this.resources.get(key)
    if (seen.method === 'POST') {
      const owner = this.resources.get(key.slice(0, key.lastIndexOf('/')))
      return owner && key.startsWith('compute/')
        ? this.#verb(owner, key, seen, query)
        : this.#insert(key, seen, query)
    }
    if (seen.method === 'PUT' && query.has('autoscaler')) {
      Object.assign(this.resources.get(`${key}/${query.get('autoscaler')}`) ?? {}, seen.body)
      return [200, this.#done(key, seen)]
    }
    if (!known) return notFound(key.slice(key.indexOf('/') + 1))
    if (seen.method === 'GET') return [200, this.unstable ? { ...known, status: {} } : known]
    if (seen.method === 'DELETE') {
      const user = [...this.resources].find(
        ([path, other]) =>
          path !== key && JSON.stringify(other).includes(`${key.slice(key.indexOf('/') + 1)}"`)
      )
      if (user && key.startsWith('compute/')) {
        return refusal(
          400,
          `The resource '${key.slice(8)}' is already being used by '${user[0].slice(8)}'`,
          'resourceInUseByAnotherResource'
        )
      }
      this.resources.delete(key)
    } else if (key.startsWith('iam/') && seen.body['serviceAccount']) {
      Object.assign(known, seen.body['serviceAccount'])
    } else Object.assign(known, seen.body)
    return [200, this.#done(key, seen)]
  }

  #verb(owner: Json, key: string, seen: Seen, query: URLSearchParams): [number, unknown] {
    if (query.has('size')) owner['targetSize'] = Number(query.get('size'))
    else Object.assign(owner, seen.body)
    return [200, this.#done(key, seen)]
  }

  #insert(key: string, seen: Seen, query: URLSearchParams): [number, unknown] {
    const body = (seen.body['serviceAccount'] ?? seen.body['role'] ?? seen.body) as Json
    const project = /projects\/([^/]+)/.exec(key)?.[1] ?? 'demo'
    const email = `${seen.body['accountId']}@${project}.iam.gserviceaccount.com`
    const name = String(
      query.get('repository_id') ??
        query.get('secretId') ??
        query.get('workloadIdentityPoolProviderId') ??
        query.get('workloadIdentityPoolId') ??
        seen.body['roleId'] ??
        (seen.body['accountId'] ? email : body['name'])
    )
    const path = `${key}/${name}`
    const short = path.slice(path.indexOf('/') + 1)
    if (this.resources.has(path)) {
      return refusal(409, `The resource '${short}' already exists`, 'alreadyExists')
    }
    const isCompute = key.startsWith('compute/')
    const made: Json = {
      ...completed(key, body, `${this.url}/compute/v1/${short}`),
      id: key.startsWith('storage/') ? name : String(++this.#count),
      name: isCompute || key.startsWith('storage/') ? name : short,
      ...(seen.body['accountId'] !== undefined && { email, projectId: project, uniqueId: '7' }),
    }
    const line = `${seen.method} ${seen.path}`
    const failing = this.operationErrors.some(({ request }) => request.test(line))
    if (!failing) this.resources.set(path, made)
    return [200, this.#done(path, seen, made)]
  }

  // Compute answers with an operation, the others with the resource or a finished operation.
  #done(key: string, seen: Seen, made?: Json): unknown {
    if (!key.startsWith('compute/')) {
      return key.startsWith('artifactregistry/')
        ? { name: 'operations/noop', done: true }
        : (made ?? {})
    }
    const scope = /projects\/[^/]+\/(?:global|regions\/[^/]+|zones\/[^/]+)/.exec(key)?.[0] ?? ''
    const path = `${scope}/operations/operation-${++this.#count}`
    const operation = {
      kind: 'compute#operation',
      name: `operation-${this.#count}`,
      status: 'RUNNING',
      request: `${seen.method} ${seen.path}`,
      selfLink: `${this.url}/compute/v1/${path}`,
    }
    this.#operations.set(path, operation)
    return operation
  }
}
