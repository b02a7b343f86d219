import { request } from 'node:http'
import { connect } from 'node:net'
import type { HealthProbe, ProbeResult } from './machine.ts'

/** One health probe over the network; only HTTP 200 counts, redirects do not. */
export function probeAddress(
  address: string,
  check: HealthProbe,
  report: (result: ProbeResult) => void
): void {
  const once = firstOnly(report)
  const attempt = begin(address, check, once)
  if (!attempt) return
  const timer = setTimeout(() => {
    once('timeout')
    attempt.destroy()
  }, check.timeoutMs)
  attempt.once('close', () => clearTimeout(timer))
}

/** Undefined for a port or path that cannot be asked for: nobody answers there either. */
function begin(
  address: string,
  check: HealthProbe,
  report: (result: ProbeResult) => void
): Attempt | undefined {
  try {
    return (check.type === 'HTTP' ? probeHttp : probeTcp)(address, check, report)
  } catch {
    report('timeout')
    return undefined
  }
}

interface Attempt {
  destroy(): unknown
  once(event: 'close', listener: () => void): unknown
}

function probeHttp(
  host: string,
  { port, path }: HealthProbe,
  report: (result: ProbeResult) => void
): Attempt {
  const headers = { 'user-agent': 'GoogleHC/1.0', connection: 'close' }
  const attempt = request({ host, port, path, headers, agent: false })
  attempt.once('response', (response) => {
    report(response.statusCode === 200 ? 'healthy' : 'unhealthy')
    response.resume()
  })
  attempt.on('error', () => report('timeout'))
  attempt.end()
  return attempt
}

function probeTcp(
  host: string,
  { port }: HealthProbe,
  report: (result: ProbeResult) => void
): Attempt {
  const socket = connect({ host, port })
  socket.once('connect', () => {
    report('healthy')
    socket.destroy()
  })
  socket.on('error', () => report('timeout'))
  return socket
}

function firstOnly(report: (result: ProbeResult) => void): (result: ProbeResult) => void {
  let open = true
  return (result) => {
    if (open) report(result)
    open = false
  }
}
