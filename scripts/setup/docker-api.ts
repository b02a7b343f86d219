import { type RequestOptions, request } from 'node:http'

/** What an address said when asked whether a Docker engine is behind it. */
export type EngineAnswer =
  | { readonly kind: 'engine'; readonly version: string }
  | { readonly kind: 'silent'; readonly reason: string }
  | { readonly kind: 'denied' }

/**
 * Asks the engine at `dockerHost` for its version; never throws, never takes longer than
 * `timeoutMs`.
 */
export async function askEngine(dockerHost: string, timeoutMs = 3_000): Promise<EngineAnswer> {
  const target = toRequestTarget(dockerHost)
  if (target === undefined) return { kind: 'silent', reason: `cannot speak ${dockerHost}` }
  try {
    const version = await fetchVersion(target, timeoutMs)
    return { kind: 'engine', version }
  } catch (error) {
    return toRefusal(error)
  }
}

/**
 * The address in the terms of node:http; undefined for ssh and named pipes, which only the docker
 * client speaks.
 */
export function toRequestTarget(dockerHost: string): RequestOptions | undefined {
  if (dockerHost.startsWith('unix://')) return { socketPath: dockerHost.slice('unix://'.length) }
  const tcp = /^(?:tcp|http):\/\/(\[[^\]]+\]|[^:/]+)(?::(\d+))?\/?$/.exec(dockerHost)
  if (tcp?.[1] === undefined) return undefined
  return { host: tcp[1].replace(/[[\]]/g, ''), port: Number(tcp[2] ?? 2375) }
}

function toRefusal(error: unknown): EngineAnswer {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'EACCES') return { kind: 'denied' }
  return { kind: 'silent', reason: error instanceof Error ? error.message : String(error) }
}

function fetchVersion(target: RequestOptions, timeoutMs: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(timeoutMs)
    const call = request({ ...target, path: '/version', signal }, (response) => {
      let body = ''
      response.setEncoding('utf8').on('data', (part: string) => {
        body += part
      })
      response.on('error', reject)
      response.on('end', () => {
        const version = parseVersion(body)
        if (response.statusCode === 200 && version !== undefined) resolve(version)
        else reject(new Error(`status ${response.statusCode}, not a Docker engine`))
      })
    })
    call.on('error', reject)
    call.end()
  })
}

function parseVersion(body: string): string | undefined {
  try {
    const value: unknown = JSON.parse(body)
    const isObject = typeof value === 'object' && value !== null
    return isObject && 'Version' in value && typeof value.Version === 'string'
      ? value.Version
      : undefined
  } catch {
    // Something else listens there and does not speak JSON.
    return undefined
  }
}
