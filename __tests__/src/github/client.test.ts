import { beforeEach, describe, expect, it } from '@jest/globals'
import { GitHubClient } from '../../../src/github/api/client.ts'
import type { ApiAnswer, ApiRequest } from '../../../src/github/api/port.ts'
import { FakeClock } from '../../fakes/fake-clock.ts'
import { RecordingLog } from '../../fakes/recording-log.ts'

const REQUEST = {
  route: 'GET /repos/{owner}/{repo}/pulls/{pull_number}',
  parameters: { pull_number: 7 },
  purpose: 'read pull request #7',
  permission: 'pull-requests: read',
}

let clock: FakeClock
let log: RecordingLog
let sent: ApiRequest[]
let controller: AbortController
beforeEach(() => {
  clock = new FakeClock()
  log = new RecordingLog()
  sent = []
  controller = new AbortController()
})

/** Gives the answers one by one, the last of them for ever. */
function clientFor(...answers: readonly (Partial<ApiAnswer> | Error)[]): GitHubClient {
  const rest = [...answers]
  const send = async (request: ApiRequest): Promise<ApiAnswer> => {
    sent.push(request)
    const next = rest.length > 1 ? rest.shift() : rest[0]
    if (next instanceof Error) throw next
    return { status: 200, headers: {}, data: undefined, ...next }
  }
  return new GitHubClient(
    { api: { send }, clock, log },
    { repository: 'octo-org/shop', signal: controller.signal, random: () => 1 }
  )
}

const OK = { status: 200, data: { number: 7 } }
const BAD_GATEWAY = { status: 502, data: '<html>' }
/** By its header alone a limit is known; without one, by its words. */
const limit = (headers: Record<string, string> = {}, status = 403) => ({
  status,
  headers,
  data: {
    message:
      Object.keys(headers).length > 0 ? 'Slow down.' : 'You have exceeded a secondary rate limit.',
  },
})

describe('GitHubClient.request', () => {
  it('fills in owner and repository', async () => {
    expect((await clientFor(OK).request(REQUEST)).data).toEqual({ number: 7 })
    expect(sent[0]?.parameters).toEqual({ owner: 'octo-org', repo: 'shop', pull_number: 7 })
  })

  it.each([
    ['502', BAD_GATEWAY],
    ['500', { status: 500 }],
    ['408', { status: 408 }],
    ['a lost connection', new Error('read ECONNRESET')],
  ])('tries again after %s', async (_, failure) => {
    await clientFor(failure, failure, OK).request(REQUEST)
    expect(sent).toHaveLength(3)
    expect(clock.sleepsMs).toEqual([500, 1000])
    expect(log.of('debug')).toHaveLength(2)
  })

  it('gives up when GitHub stays broken', async () => {
    const startedAt = clock.now()
    await expect(clientFor(BAD_GATEWAY).request(REQUEST)).rejects.toMatchObject({
      kind: 'lost',
      isPassing: true,
      message: 'Could not read pull request #7: GitHub answered 502: status 502 without a reason',
      hint: expect.stringContaining('https://www.githubstatus.com'),
    })
    expect(clock.now() - startedAt).toBeLessThan(60_000)
  })

  it('says what the network said', async () => {
    const error = new Error('fetch failed', {
      cause: new Error('connect ECONNREFUSED 1.2.3.4:443'),
    })
    await expect(clientFor(error).request(REQUEST)).rejects.toThrow(
      'Could not read pull request #7: GitHub did not answer (connect ECONNREFUSED 1.2.3.4:443).'
    )
  })

  it.each([
    ['what Retry-After says', limit({ 'retry-after': '7' }), 7_000],
    ['what Retry-After says of a 429', limit({ 'retry-after': '7' }, 429), 7_000],
    ['a minute where nothing is said', limit(), 60_000],
    [
      'until the limit is reset',
      limit({
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': String(Date.UTC(2026, 10, 23) / 1000 + 90),
      }),
      90_000,
    ],
    [
      'a moment where the reset is over',
      limit({ 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '5' }),
      500,
    ],
  ])('waits %s', async (_, answer, expectedMs) => {
    await clientFor(answer, OK).request(REQUEST)
    expect(clock.sleepsMs).toEqual([expectedMs])
  })

  it('does not wait for a limit that lasts an hour', async () => {
    const answer = limit({ 'retry-after': '3600' })
    await expect(clientFor(answer).request(REQUEST)).rejects.toMatchObject({
      kind: 'limited',
      hint: 'The token has used up its requests for now: run the job again later.',
    })
    expect(clock.sleepsMs).toEqual([])
  })

  it.each([
    [401, 'Bad credentials', /github_token/],
    [403, 'Resource not accessible by integration', /permissions: pull-requests: read/],
    [
      403,
      'Resource not accessible by personal access token',
      /Give the token of the input .* `pull-requests: read`/,
    ],
    [404, 'Not Found', /permissions: pull-requests: read/],
  ])('does not repeat a %i "%s", and says what to do', async (status, message, hint) => {
    await expect(clientFor({ status, data: { message } }).request(REQUEST)).rejects.toMatchObject({
      isPassing: false,
      message: `Could not read pull request #7: GitHub answered ${status}: ${message}`,
      hint: expect.stringMatching(hint),
    })
    expect(sent).toHaveLength(1)
  })

  it.each([
    [
      { message: 'Validation Failed', errors: [{ message: 'a' }, { code: 'b' }] },
      'Validation Failed: a',
    ],
    [{ message: 'Validation Failed', errors: ['a', 'b'] }, 'Validation Failed: a: b'],
    ['<html>', 'status 422 without a reason'],
  ])('says what was wrong with the request: %j', async (data, expected) => {
    await expect(clientFor({ status: 422, data }).request(REQUEST)).rejects.toMatchObject({
      message: `Could not read pull request #7: GitHub answered 422: ${expected}`,
      hint: undefined,
    })
  })

  it('takes a status for an answer where it is told to', async () => {
    const answer = await clientFor({ status: 404 }).request({ ...REQUEST, accept: [404] })
    expect(answer.status).toBe(404)
  })

  it('ends with the reason of the abort', async () => {
    controller.abort(new Error('cancelled'))
    await expect(clientFor(new Error('aborted')).request(REQUEST)).rejects.toThrow('cancelled')
  })
})

describe('GitHubClient.requestOnce', () => {
  it.each([
    ['a broken answer', BAD_GATEWAY, 'lost'],
    ['a lost connection', new Error('read ECONNRESET'), 'lost'],
    ['a limit', limit(), 'limited'],
  ])('never repeats after %s', async (_, failure, kind) => {
    await expect(clientFor(failure, OK).requestOnce(REQUEST)).rejects.toMatchObject({
      isPassing: true,
      kind,
    })
    expect(sent).toHaveLength(1)
  })
})

describe('GitHubClient.readAll', () => {
  it('reads page by page, also past a short one', async () => {
    const next = { headers: { link: '<https://elsewhere.test/?page=2>; rel="next"' } }
    const client = clientFor({ data: [1, 2], ...next }, { data: [3], ...next }, { data: [4] })
    expect(await client.readAll(REQUEST)).toEqual([1, 2, 3, 4])
    expect(sent.map(({ parameters }) => parameters['page'])).toEqual([1, 2, 3])
    expect(sent[0]?.parameters).toMatchObject({ per_page: 100, pull_number: 7 })
  })

  it('reads a list that is none as empty', async () => {
    expect(await clientFor({ data: { message: 'odd' } }).readAll(REQUEST)).toEqual([])
  })
})

describe('GitHubClient.ownLogin', () => {
  it('asks once', async () => {
    const client = clientFor({ data: { data: { viewer: { login: 'hubot' } } } })
    expect(await Promise.all([client.ownLogin(), client.ownLogin()])).toEqual(['hubot', 'hubot'])
    expect(sent.map(({ route }) => route)).toEqual(['POST /graphql'])
  })

  it('fails where no login is named', async () => {
    const client = clientFor({ data: { errors: [{ message: 'no' }] } })
    await expect(client.ownLogin()).rejects.toThrow(
      'Could not find out whose token this is: GitHub answered 200: GitHub named no login for the token.'
    )
  })
})
