import type { ServerResponse } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { openPort } from '../../../emulator/server.ts'
import { octokitApi } from '../../../src/adapters/network/octokit.ts'
import { GitHub } from '../../../src/github/github.ts'
import { renderMarker } from '../../../src/github/marker.ts'
import { networkReason } from '../../../src/lib/network-reason.ts'
import { call, type Harness, startHarness } from '../../emulator/harness.ts'
import { FakeClock } from '../../fakes/fake-clock.ts'
import { sendJson, withServer } from '../../fakes/loopback-server.ts'
import { RecordingLog } from '../../fakes/recording-log.ts'

const COMMIT = 'a'.repeat(40)

let harness: Harness
let log: RecordingLog
let clock: FakeClock

beforeAll(async () => {
  harness = await startHarness({ repository: 'octo-org/shop' })
})
afterAll(() => harness.stop())

function client({ apiUrl, token }: { apiUrl?: string; token?: string } = {}): GitHub {
  log = new RecordingLog()
  clock = new FakeClock(Date.now())
  const { environment } = harness.emulator
  const options = {
    token: token ?? environment['GITHUB_TOKEN'] ?? '',
    apiUrl: apiUrl ?? environment['GITHUB_API_URL'] ?? '',
  }
  return new GitHub(
    { api: octokitApi(options, log), clock, log },
    { repository: 'octo-org/shop', signal: new AbortController().signal }
  )
}

function body(runId: number): string {
  const marker = {
    kind: 'plan',
    name: 'shop',
    runAttempt: 1,
    planHash: 'f',
    destructive: [],
    changes: [],
  } as const
  return `${renderMarker({ ...marker, runId, commit: COMMIT })}\n\nplan of run ${runId}`
}

describe('octokitApi', () => {
  const request = { route: 'GET /user', parameters: {}, timeoutMs: 50 }

  it.each([
    ['does not come', () => undefined, 50, /aborted due to timeout/],
    ['breaks off', (response: ServerResponse) => response.destroy(), 5_000, /other side closed/],
  ])('throws where an answer %s', async (_, respond, timeoutMs, message) => {
    await withServer(
      (_received, response) => respond(response),
      async (url) => {
        const { signal } = new AbortController()
        const api = octokitApi({ token: 'x', apiUrl: url.slice(0, -1) }, new RecordingLog())
        const failing = api.send({ ...request, timeoutMs, signal })
        expect(await failing.then(() => 'answered', networkReason)).toMatch(message)
      }
    )
  })

  it('stops when the job is cancelled', async () => {
    const controller = new AbortController()
    await withServer(
      () => controller.abort(new Error('cancelled')),
      async (url) => {
        const api = octokitApi({ token: 'x', apiUrl: url.slice(0, -1) }, new RecordingLog())
        const { signal } = controller
        await expect(api.send({ ...request, timeoutMs: 5_000, signal })).rejects.toThrow()
        expect(signal.aborted).toBe(true)
      }
    )
  })

  it('sends what GitHub expects, and says nothing on the console', async () => {
    const recording = new RecordingLog()
    await withServer(
      (_, response) => {
        response.setHeader('deprecation', 'Sat, 01 Jan 2028 00:00:00 GMT')
        sendJson(response, 200, { ok: true })
      },
      async (url, received) => {
        const api = octokitApi({ token: 'ghs_x', apiUrl: url.slice(0, -1) }, recording)
        const { signal } = new AbortController()
        const route = 'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}'
        const parameters = { owner: 'a/b', repo: 'c', comment_id: 7, body: 'Hello {owner}' }
        const answer = await api.send({ route, parameters, timeoutMs: 5_000, signal })
        expect(answer).toMatchObject({ status: 200, data: { ok: true } })
        expect(received[0]).toMatchObject({
          method: 'PATCH',
          url: '/repos/a%2Fb/c/issues/comments/7',
          body: '{"body":"Hello {owner}"}',
          headers: { authorization: 'token ghs_x', accept: 'application/vnd.github.v3+json' },
        })
      }
    )
    expect(recording.of('debug').join()).toContain('deprecated')
  })
})

describe('GitHub through @actions/github', () => {
  it('keeps one comment for 20 pushes, among 300 of others, whatever order the runs end in', async () => {
    const { store } = harness.emulator.github
    const { number } = store.addPull({ headSha: COMMIT })
    for (let i = 0; i < 300; i++) store.addComment(number, 'octocat', `remark ${i}`)
    const startedAtMs = Date.now()
    const inOrderOfTheirEnd = [
      2, 1, 3, 20, 19, 4, 18, 5, 17, 6, 16, 7, 15, 8, 14, 9, 13, 10, 12, 11,
    ]
    for (const runId of inOrderOfTheirEnd)
      await client().upsertComment({ pullRequest: number, body: body(runId), startedAtMs })
    const ours = store.commentsOf(number).filter(({ author }) => author.login !== 'octocat')
    expect(ours.map((comment) => comment.body)).toEqual([body(20)])
    const found = await client().findOwnComment(number, { kind: 'plan', name: 'shop' })
    expect(found).toMatchObject({ marker: { runId: 20 }, wasEdited: false })
  })

  it('writes once when two runs start at the same time and an answer is lost', async () => {
    const { store, mishaps } = harness.emulator.github
    const { number } = store.addPull({ headSha: COMMIT })
    mishaps.add({ kind: 'lost-answer', method: 'POST', path: '/issues/' })
    const startedAtMs = Date.now()
    await Promise.all(
      [1, 2].map((runId) =>
        client().upsertComment({ pullRequest: number, body: body(runId), startedAtMs })
      )
    )
    expect(store.commentsOf(number)).toHaveLength(1)
  })

  it('tells the line to add, and never the token', async () => {
    const { store, tokens } = harness.emulator.github
    const { number } = store.addPull({ headSha: COMMIT })
    const token = tokens.issue({ fork: true })
    const writing = client({ token }).upsertComment({
      pullRequest: number,
      body: body(1),
      startedAtMs: 0,
    })
    const error: unknown = await writing.catch((reason: unknown) => reason)
    expect(error).toMatchObject({
      message: `Could not write the comment on pull request #${number}: GitHub answered 403: Resource not accessible by integration`,
      hint: expect.stringContaining('permissions: pull-requests: write'),
    })
    expect(`${JSON.stringify(error)}${log.text}`).not.toContain(token)
  })

  it('finds GraphQL beside the REST API of an Enterprise Server', async () => {
    const { url } = harness.emulator
    const github = client({ apiUrl: `${url}/github/api/v3` })
    await expect(github.findOwnComment(1, { kind: 'plan', name: 'shop' })).rejects.toThrow('404')
    const paths = harness.emulator.requests.slice(-2).map(({ path }) => path)
    expect(paths).toContain('/github/api/graphql')
  })

  it('asks again when GitHub breaks down, and says so when nobody is there', async () => {
    const { store } = harness.emulator.github
    const { number } = store.addPull({ headSha: COMMIT })
    const fault = { path: '/github/api/.*/pulls/', status: 502, count: 2 }
    await call(`${harness.emulator.url}/emulator/faults`, { body: fault })
    expect(await client().fetchPullRequest(number)).toMatchObject({ number, headSha: COMMIT })
    expect(clock.sleepsMs).toHaveLength(2)
    const { url, close } = await openPort(0)
    await close()
    const nobody = client({ apiUrl: url })
    await expect(nobody.fetchPullRequest(number)).rejects.toMatchObject({
      kind: 'lost',
      message: expect.stringMatching(/GitHub did not answer \(.*ECONNREFUSED/),
    })
  })
})
