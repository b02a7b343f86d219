import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { type Answer, fetchText, Visitor, type Visits } from '../../../scripts/demo/visitor.ts'

describe('Visitor', () => {
  let server: Server
  let url: string
  let answer: { readonly status: number; readonly body: string }

  beforeEach(async () => {
    answer = { status: 200, body: '{"version": "1.0.0"}' }
    server = createServer((_, response) => response.writeHead(answer.status).end(answer.body))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  })

  afterEach(() => new Promise((resolve) => server.close(resolve)))

  /** Waits until the visitor has seen enough, and gives all that it counted meanwhile. */
  async function collect(visitor: Visitor, enough: (visits: Visits) => boolean): Promise<Visits> {
    const sum = {
      total: 0,
      failed: 0,
      failures: [] as string[],
      versions: {} as Record<string, number>,
    }
    while (!enough(sum)) {
      await new Promise((resolve) => setTimeout(resolve, 20))
      const { total, failed, failures, versions } = visitor.take()
      sum.total += total
      sum.failed += failed
      sum.failures.push(...failures)
      for (const [version, count] of Object.entries(versions)) {
        sum.versions[version] = (sum.versions[version] ?? 0) + count
      }
    }
    return sum
  }

  it('counts answers by version', async () => {
    const visitor = new Visitor(url)
    await collect(visitor, ({ versions }) => (versions['1.0.0'] ?? 0) > 1)
    answer = { status: 200, body: '{"version": "1.1.0"}' }
    const { failed } = await collect(visitor, ({ versions }) => (versions['1.1.0'] ?? 0) > 1)
    await visitor.stop()
    expect(failed).toBe(0)
  })

  it('tells of every answer, and of every failure', async () => {
    const heard: Answer[] = []
    answer = { status: 200, body: '{"version": "1.0.0", "release": "abc"}' }
    const visitor = new Visitor(url, (one) => heard.push(one))
    await collect(visitor, ({ total }) => total > 1)
    answer = { status: 503, body: '' }
    await collect(visitor, ({ failed }) => failed > 0)
    await visitor.stop()
    expect(heard[0]).toEqual({ version: '1.0.0', release: 'abc' })
    expect(heard.at(-1)).toBeUndefined()
  })

  it.each([
    ['an error', { status: 503, body: 'no healthy VM' }, 'answered 503: no healthy VM'],
    ['an answer that is none of the service', { status: 200, body: '<html>' }, 'JSON'],
  ])('counts %s as a failure and says why', async (_, wrong, why) => {
    answer = wrong
    const visitor = new Visitor(url)
    const { failures } = await collect(visitor, ({ failed }) => failed > 0)
    await visitor.stop()
    expect(failures[0]).toContain(why)
  })

  it('counts a refused connection as a failure', async () => {
    const visitor = new Visitor('http://127.0.0.1:1/')
    const { failures } = await collect(visitor, ({ failed }) => failed > 0)
    await visitor.stop()
    expect(failures[0]).toContain('ECONNREFUSED')
  })
})

describe('fetchText', () => {
  it('refuses what is not there', async () => {
    await expect(fetchText('http://127.0.0.1:1/')).rejects.toThrow('ECONNREFUSED')
  })
})
