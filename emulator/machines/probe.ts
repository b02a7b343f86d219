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
  const probe = check.type === 'HTTP' ? probeHttp : probeTcp
  const give = probe(address, check, once)
  const timer = setTimeout(() => {
    once('timeout')
    give.destroy()
  }, check.timeoutMs)
  give.once('close', () => clearTimeout(timer))
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
  attempt.once('error', () => report('timeout'))
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
  socket.once('error', () => report('timeout'))
  return socket
}

function firstOnly(report: (result: ProbeResult) => void): (result: ProbeResult) => void {
  let open = true
  return (result) => {
    if (open) report(result)
    open = false
  }
}
