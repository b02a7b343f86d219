import { inspect } from 'node:util'
import { describe, expect, it } from '@jest/globals'
import type { GoogleRequest } from '../../../src/google/client.ts'
import type { HttpRequest } from '../../../src/ports.ts'
import { FakeClock } from '../../fakes/fake-clock.ts'
import { TOKEN } from '../../fakes/fixed-tokens.ts'
import { googleClientOn } from '../../fakes/google-client.ts'
import { RecordingLog } from '../../fakes/recording-log.ts'
import { answer, googleError, type HttpAnswer, ScriptedHttp } from '../../fakes/scripted-http.ts'

const READ: GoogleRequest = {
  service: 'compute',
  method: 'GET',
  path: 'projects/mervis-demo/regions/europe-west1/instanceTemplates/mervis',
  purpose: 'read the instance template mervis',
}

/** Sends one request against scripted answers and tells what came of it. */
async function send(script: readonly HttpAnswer[], request: GoogleRequest = READ) {
  const clock = new FakeClock()
  const log = new RecordingLog()
  const http = new ScriptedHttp(script)
  const client = googleClientOn(http, { clock, log })
  const outcome = await client.request(request).then(
    (value) => ({ value, error: undefined }),
    (error: unknown) => ({ value: undefined, error })
  )
  return { ...outcome, http, log, sleepsMs: clock.sleepsMs }
}

const OK = answer(200, { name: 'mervis' }, { etag: 'x' })

describe('GoogleClient.request', () => {
  it('sends one request to the service, with the token and nothing that was not asked for', async () => {
    const { http } = await send([OK])
    expect(http.requests).toEqual([
      {
        method: 'GET',
        url: 'https://compute.googleapis.com/compute/v1/projects/mervis-demo/regions/europe-west1/instanceTemplates/mervis',
        headers: { authorization: `Bearer ${TOKEN}` },
        body: undefined,
        timeoutMs: expect.any(Number),
        signal: expect.any(AbortSignal),
      },
    ])
  })

  it('sends query, body and headers along', async () => {
    const query = { requestId: 'a b&c', queryPath: 'deploy/boot' }
    const request = {
      ...READ,
      method: 'POST' as const,
      query,
      body: { a: [1] },
      headers: { accept: 'x/y' },
    }
    const { http } = await send([OK], request)
    const [sent] = http.requests
    expect(Object.fromEntries(new URL(sent?.url ?? '').searchParams)).toEqual(query)
    expect(sent?.headers).toEqual({
      authorization: `Bearer ${TOKEN}`,
      'content-type': 'application/json',
      accept: 'x/y',
    })
    expect(sent?.body).toBe('{"a":[1]}')
  })

  it('gives status, headers and the parsed body', async () => {
    expect((await send([OK])).value).toEqual({
      status: 200,
      headers: { etag: 'x' },
      json: { name: 'mervis' },
      text: JSON.stringify({ name: 'mervis' }),
    })
  })

  it.each(['', '<html>'])('reads the body %j as nothing', async (body) => {
    expect((await send([answer(200, body)])).value?.json).toBeUndefined()
  })

  it('takes an accepted status for an answer', async () => {
    const { value } = await send([googleError(404)], { ...READ, accept: [404] })
    expect(value?.status).toBe(404)
  })

  describe.each([
    ['408', googleError(408)],
    ['429', googleError(429)],
    ['500', googleError(500)],
    ['502 of a proxy', answer(502, '<html>Bad gateway</html>')],
    ['503', googleError(503)],
    ['504', googleError(504)],
    ["Compute Engine's rate limit", googleError(403, { reason: 'rateLimitExceeded' })],
    ["a user's rate limit", googleError(403, { reason: 'userRateLimitExceeded' })],
    [
      'the rate limit of the newer APIs',
      googleError(403, { errorInfo: { reason: 'RATE_LIMIT_EXCEEDED' } }),
    ],
    [
      'an operation too many',
      googleError(403, { errorInfo: { reason: 'RESOURCE_OPERATION_RATE_EXCEEDED' } }),
    ],
    ['a connection that breaks', new Error('socket hang up')],
  ])('when the first answer is %s', (_, first) => {
    it('tries again after a pause', async () => {
      const { value, http, sleepsMs } = await send([first, OK])
      expect(value?.status).toBe(200)
      expect(http.requests).toHaveLength(2)
      expect(sleepsMs).toEqual([250])
    })

    it('gives up in the end', async () => {
      const { error, sleepsMs } = await send(Array.from({ length: 100 }, () => first))
      expect(error).toMatchObject({
        code: expect.stringMatching(/^GCP_(UNREACHABLE|REQUEST_FAILED)$/),
      })
      expect(sleepsMs.length).toBeGreaterThanOrEqual(5)
      expect(sleepsMs.length).toBeLessThan(50)
    })
  })

  it.each([400, 401, 403, 404, 409, 412])('never repeats a %d', async (status) => {
    const { error, http } = await send([googleError(status), OK])
    expect(error).toMatchObject({ code: 'GCP_REQUEST_FAILED' })
    expect(http.requests).toHaveLength(1)
  })

  it('waits as long as Retry-After says', async () => {
    const busy = answer(429, {}, { 'retry-after': '7' })
    expect((await send([busy, OK])).sleepsMs).toEqual([7_000])
  })

  it.each(['soon', '-1', '', 'Wed, 21 Oct 2015 07:28:00 GMT'])(
    'takes no notice of Retry-After %j',
    async (header) => {
      const busy = answer(429, {}, { 'retry-after': header })
      expect((await send([busy, OK])).sleepsMs).toEqual([250])
    }
  )

  it('says at debug what it waits for, without the query', async () => {
    const { log } = await send([googleError(503), OK], { ...READ, query: { q: 'private' } })
    expect(log.of('debug')).toEqual([
      expect.stringMatching(/^GET .*mervis: 503 .*again in 250 ms$/),
    ])
    expect(log.text).not.toContain('private')
  })

  it('repeats a request that hung once until its own timeout', async () => {
    const clock = new FakeClock()
    const script: HttpAnswer[] = [new Error('The operation was aborted due to timeout'), OK]
    const http = new ScriptedHttp(({ timeoutMs }: HttpRequest) => {
      const next = script.shift() ?? OK
      if (next instanceof Error) clock.advance(timeoutMs)
      return next
    })
    expect((await googleClientOn(http, { clock }).request(READ)).status).toBe(200)
  })

  it('ends with the reason of a cancel, not with what the network makes of it', async () => {
    const cancel = new AbortController()
    const http = new ScriptedHttp(() => {
      cancel.abort(new Error('cancelled by a person'))
      return new Error('aborted')
    })
    const running = googleClientOn(http, { signal: cancel.signal }).request(READ)
    await expect(running).rejects.toThrow('cancelled by a person')
    expect(http.requests).toHaveLength(1)
  })

  describe('its errors', () => {
    it('say what failed, which service answered what, and what to do', async () => {
      const message =
        "Required 'compute.instanceTemplates.get' permission for 'projects/mervis-demo/x'"
      const { error } = await send([googleError(403, { message, reason: 'forbidden' })])
      expect(error).toMatchObject({
        code: 'GCP_REQUEST_FAILED',
        message: `Could not read the instance template mervis: Compute Engine answered 403 forbidden: ${message}`,
        hint: 'This job lacks compute.instanceTemplates.get on projects/mervis-demo/x; roles/compute.instanceAdmin.v1 holds it.\ngcloud projects add-iam-policy-binding mervis-demo --member=MEMBER --role=roles/compute.instanceAdmin.v1 --condition=None',
      })
    })

    it('name service, host and the innermost cause when there was no answer', async () => {
      const refused = new Error('fetch failed', {
        cause: new Error('connect ECONNREFUSED 192.0.2.1:443'),
      })
      const { error } = await send(Array.from({ length: 20 }, () => refused))
      expect(error).toMatchObject({
        code: 'GCP_UNREACHABLE',
        message:
          'Could not read the instance template mervis: Compute Engine did not answer at compute.googleapis.com (connect ECONNREFUSED 192.0.2.1:443).',
        hint: expect.stringContaining('https://status.cloud.google.com'),
      })
    })

    it.each([
      ['a refusal', [googleError(403)]],
      ['a refusal that is no JSON', [answer(400, 'x'.repeat(5000))]],
      ['no answer', Array.from({ length: 20 }, () => new Error('socket hang up'))],
    ])('hold no token after %s', async (_, script) => {
      const { error, log } = await send(script)
      expect(error).toBeInstanceOf(Error)
      expect(inspect(error, { depth: 20, showHidden: true })).not.toContain(TOKEN)
      expect(log.text).not.toContain(TOKEN)
    })

    it('quote only the beginning of a page that is not meant for us', async () => {
      const { error } = await send([answer(400, `<html>\n${'x'.repeat(5000)}`)])
      expect(String(error).length).toBeLessThan(400)
    })
  })
})
