import { createServer } from 'node:http'
import { createServer as createTcpServer, type Server } from 'node:net'
import { afterEach, describe, expect, it } from '@jest/globals'
import type { HealthProbe, ProbeResult } from '../../../emulator/machines/machine.ts'
import { probeAddress } from '../../../emulator/machines/probe.ts'

const servers: Server[] = []

async function listen(server: Server): Promise<number> {
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}

afterEach(async () => {
  for (const server of servers.splice(0)) {
    await new Promise((resolve) => server.close(resolve))
  }
})

function probe(check: Partial<HealthProbe> & { port: number }): Promise<ProbeResult> {
  const full = { type: 'HTTP', path: '/healthz', timeoutMs: 200, ...check } as const
  return new Promise((resolve) => probeAddress('127.0.0.1', full, resolve))
}

describe('probeAddress', () => {
  it.each([
    [200, 'healthy'],
    [204, 'unhealthy'],
    [302, 'unhealthy'],
    [404, 'unhealthy'],
    [503, 'unhealthy'],
  ])('calls HTTP %i %s', async (status, result) => {
    const port = await listen(createServer((_, response) => response.writeHead(status).end()))
    expect(await probe({ port })).toBe(result)
  })

  it('asks for the path of the health check', async () => {
    let path: string | undefined
    const port = await listen(
      createServer((request, response) => {
        path = request.url
        response.end()
      })
    )
    await probe({ port, path: '/ready?deep=1' })
    expect(path).toBe('/ready?deep=1')
  })

  it('calls a refused connection and a silent server a timeout', async () => {
    expect(await probe({ port: 1 })).toBe('timeout')
    const port = await listen(createTcpServer((socket) => socket.once('error', () => {}).resume()))
    expect(await probe({ port, timeoutMs: 30 })).toBe('timeout')
  })

  it.each([
    ['a port that is none', { port: 99_999 }],
    ['a path that HTTP cannot carry', { port: 1, path: '/not a path' }],
    ['a TCP port that is none', { port: 99_999, type: 'TCP' as const }],
  ])('calls %s a timeout, and survives it', async (_, check) => {
    expect(await probe(check)).toBe('timeout')
  })

  it('is content with a connection when the check is TCP', async () => {
    const port = await listen(createTcpServer((socket) => socket.once('error', () => {}).end()))
    expect(await probe({ port, type: 'TCP' })).toBe('healthy')
    expect(await probe({ port: 1, type: 'TCP' })).toBe('timeout')
  })
})
