import { describe, expect, it } from '@jest/globals'
import { gaxiosHttp } from '../../../../src/adapters/network/http.ts'
import type { HttpRequest } from '../../../../src/ports.ts'
import { withServer } from '../../../fakes/loopback-server.ts'

function request(url: string, more: Partial<HttpRequest> = {}): HttpRequest {
  return {
    method: 'GET',
    url,
    headers: {},
    timeoutMs: 5_000,
    signal: new AbortController().signal,
    ...more,
  }
}

describe('gaxiosHttp', () => {
  it('sends what it is given and nothing else of note', async () => {
    await withServer(
      (_, response) => response.end('{}'),
      async (url, received) => {
        const headers = { authorization: 'Bearer t', 'content-type': 'application/json' }
        await gaxiosHttp().send(
          request(`${url}a?b=c%2Fd`, { method: 'PATCH', headers, body: '{"a":1}' })
        )
        expect(received).toMatchObject([
          { method: 'PATCH', url: '/a?b=c%2Fd', headers, body: '{"a":1}' },
        ])
      }
    )
  })

  it.each([200, 204, 301, 400, 401, 403, 404, 412, 429, 500, 503])(
    'takes status %d for an answer, asked once',
    async (status) => {
      await withServer(
        (_, response) =>
          response.writeHead(status, { 'X-Name': 'Value' }).end(status === 204 ? '' : 'text'),
        async (url, received) => {
          const answer = await gaxiosHttp().send(request(url))
          expect(answer).toMatchObject({
            status,
            headers: { 'x-name': 'Value' },
            body: status === 204 ? '' : 'text',
          })
          expect(received).toHaveLength(1)
        }
      )
    }
  )

  it('gives JSON as the text that it was', async () => {
    const text = '{ "n": 1.10, "grüße": "🎉" }'
    await withServer(
      (_, response) => response.writeHead(200, { 'content-type': 'application/json' }).end(text),
      async (url) => {
        expect((await gaxiosHttp().send(request(url))).body).toBe(text)
      }
    )
  })

  it('throws when nobody answers', async () => {
    await expect(gaxiosHttp().send(request('http://127.0.0.1:9/'))).rejects.toThrow()
  })

  it.each<[string, (cancel: AbortController) => Partial<HttpRequest>]>([
    ['its timeout is over', () => ({ timeoutMs: 100 })],
    [
      'it is cancelled',
      (cancel) => {
        setTimeout(() => cancel.abort(new Error('cancelled')), 100)
        return { signal: cancel.signal }
      },
    ],
  ])('ends a request that hangs when %s', async (_, more) => {
    await withServer(
      () => undefined,
      async (url) => {
        const startedAt = performance.now()
        await expect(gaxiosHttp().send(request(url, more(new AbortController())))).rejects.toThrow()
        expect(performance.now() - startedAt).toBeLessThan(2_000)
      }
    )
  })
})
