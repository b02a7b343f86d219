import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from '@jest/globals'
import { askEngine, toRequestTarget } from '../../../scripts/setup/docker-api.ts'

describe('toRequestTarget', () => {
  it.each([
    ['unix:///var/run/docker.sock', { socketPath: '/var/run/docker.sock' }],
    ['tcp://127.0.0.1:2376', { host: '127.0.0.1', port: 2376 }],
    ['tcp://docker', { host: 'docker', port: 2375 }],
    ['tcp://[::1]:2375/', { host: '::1', port: 2375 }],
    ['ssh://me@host', undefined],
    ['npipe:////./pipe/docker_engine', undefined],
  ])('%s', (dockerHost, target) => {
    expect(toRequestTarget(dockerHost)).toEqual(target)
  })
})

describe('askEngine', () => {
  const cleanUps: (() => Promise<unknown>)[] = []
  afterEach(async () => {
    for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
  })

  async function listening(status: number, body: string | undefined): Promise<string> {
    const directory = await mkdtemp(join(tmpdir(), 'engine-'))
    cleanUps.push(() => rm(directory, { recursive: true }))
    const server: Server = createServer((_, response) => {
      response.writeHead(status)
      if (body !== undefined) response.end(body)
    })
    const path = join(directory, 'docker.sock')
    await new Promise<void>((resolve) => server.listen(path, resolve))
    cleanUps.push(() => new Promise((resolve) => server.close(resolve)))
    cleanUps.push(async () => server.closeAllConnections())
    return `unix://${path}`
  }

  it('tells the version of an engine', async () => {
    const host = await listening(200, '{"Components":[{"Version":"1"}],"Version":"26.1.5"}')
    expect(await askEngine(host)).toEqual({ kind: 'engine', version: '26.1.5' })
  })

  it.each([
    ['another server', 200, '<html>'],
    ['a JSON server', 200, '[]'],
    ['a server in trouble', 500, '{"Version":"26.1.5"}'],
  ])('does not take %s for an engine', async (_, status, body) => {
    const host = await listening(status, body)
    expect(await askEngine(host)).toEqual({
      kind: 'silent',
      reason: `status ${status}, not a Docker engine`,
    })
  })

  it('does not wait for one that hangs', async () => {
    const host = await listening(200, undefined)
    expect(await askEngine(host, 50)).toMatchObject({ kind: 'silent' })
  })

  it('says why nothing answers', async () => {
    const nothing = await askEngine('unix:///nowhere/docker.sock')
    expect(nothing).toEqual({
      kind: 'silent',
      reason: expect.stringContaining('ENOENT'),
    })
  })
})
