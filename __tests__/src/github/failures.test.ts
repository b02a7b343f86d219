import { beforeEach, describe, expect, it } from '@jest/globals'
import { planBody, World } from './world.ts'

let world: World
let pullRequest: number
beforeEach(() => {
  world = new World()
  pullRequest = world.github.store.addPull({ headSha: sha(0) }).number
})

function sha(number: number): string {
  return number.toString(16).padStart(40, '0')
}

const startedAtMs = (): number => world.clock.now()
/** One run of the plan for the commit that the branch is at. */
async function run(runId: number, commit = sha(0), more: { readonly text?: string } = {}) {
  const body = planBody({ runId, commit }, more.text)
  return world.client().upsertComment({ pullRequest, body, startedAtMs: startedAtMs() })
}

describe('GitHub.upsertComment, when GitHub has a bad day', () => {
  it.each([
    ['POST', 0],
    ['PATCH', 1],
    ['DELETE', 2],
  ])('writes once when the answer to a %s is lost', async (method, comments) => {
    const { store, mishaps } = world.github
    for (let i = 0; i < comments; i++)
      store.addComment(
        pullRequest,
        'github-actions[bot]',
        planBody({ runId: 1 + i, commit: sha(0) })
      )
    world.clock.advance(60_000)
    mishaps.add({ kind: 'lost-answer', method, path: '/issues/' })
    expect((await run(9)).shows).toBe('ours')
    expect(mishaps.list()).toMatchObject([{ fired: 1 }])
    expect(world.bodies(pullRequest)).toEqual([planBody({ runId: 9, commit: sha(0) })])
    expect(world.sent.filter((line) => /^POST .*comments/.test(line)).length).toBeLessThan(2)
  })

  it('does not take a late copy of the list for a deleted comment', async () => {
    const api = world.api()
    const client = world.client({
      send: async (request) => {
        const answer = await api.send(request)
        if (/^POST .*comments$/.test(request.route)) late(3)
        return answer
      },
    })
    const body = planBody({ runId: 1, commit: sha(0) })
    await client.upsertComment({ pullRequest, body, startedAtMs: startedAtMs() })
    expect(world.bodies(pullRequest)).toEqual([body])
    expect(world.clock.sleepsMs).toEqual([1000, 2000, 4000])
  })

  it('does not write again because of a late copy, and ends when it stays late', async () => {
    await run(1)
    world.clock.advance(60_000)
    world.sent.length = 0
    const api = world.api()
    const client = world.client({
      send: async (request) => {
        const answer = await api.send(request)
        if (request.route.startsWith('PATCH')) late(100)
        return answer
      },
    })
    const body = planBody({ runId: 2, commit: sha(0) })
    const written = await client.upsertComment({ pullRequest, body, startedAtMs: startedAtMs() })
    expect(written).toEqual({ shows: 'ours', url: expect.stringContaining('#issuecomment-') })
    expect(world.sent.filter((line) => line.startsWith('PATCH'))).toHaveLength(1)
  })

  it('waits as long as a limit asks for, and looks again before it writes', async () => {
    await run(1)
    world.clock.advance(60_000)
    world.github.mishaps.add({ kind: 'secondary-limit', method: 'PATCH', retryAfterSeconds: 45 })
    const api = world.api()
    const client = world.client({
      send: async (request) => {
        const answer = await api.send(request)
        // While the older run waits, a newer one writes.
        if (answer.status === 403) {
          world.github.store.pushTo(pullRequest, sha(3))
          await run(3, sha(3))
        }
        return answer
      },
    })
    const body = planBody({ runId: 2, commit: sha(0) })
    const written = await client.upsertComment({ pullRequest, body, startedAtMs: startedAtMs() })
    expect(world.clock.sleepsMs).toEqual([45_000])
    expect(written.shows).toBe('newer')
    expect(world.bodies(pullRequest)).toEqual([planBody({ runId: 3, commit: sha(3) })])
  })

  it('gives up when a limit lasts too long', async () => {
    world.github.mishaps.add({ kind: 'primary-limit', method: 'POST', path: '/issues/' })
    await expect(run(1)).rejects.toMatchObject({
      isPassing: true,
      kind: 'limited',
      message:
        'Could not write the comment on pull request #1: GitHub answered 403: API rate limit exceeded for installation ID 1.',
    })
    expect(world.clock.sleepsMs).toEqual([])
  })

  it('gives up when somebody else changes it every time', async () => {
    const api = world.api()
    const { store } = world.github
    const client = world.client({
      send: async (request) => {
        const answer = await api.send(request)
        const [comment] = store.commentsOf(pullRequest)
        if (comment && request.route.startsWith('PATCH'))
          store.changeComment(
            comment,
            'octocat',
            planBody({ runId: 1, commit: sha(0) }, `${world.sent.length}`)
          )
        return answer
      },
    })
    await run(1)
    world.clock.advance(60_000)
    const body = planBody({ runId: 2, commit: sha(0) })
    const writing = client.upsertComment({ pullRequest, body, startedAtMs: startedAtMs() })
    await expect(writing).rejects.toThrow(
      'Could not write the comment on pull request #1: after 30 attempts somebody else had changed it again.'
    )
  })

  it('gives up after some broken writes', async () => {
    const api = world.api()
    const client = world.client({
      send: async (request) =>
        /^POST .*comments$/.test(request.route)
          ? { status: 502, headers: {}, data: '<html>' }
          : api.send(request),
    })
    const body = planBody({ runId: 1, commit: sha(0) })
    const writing = client.upsertComment({ pullRequest, body, startedAtMs: startedAtMs() })
    await expect(writing).rejects.toMatchObject({ isPassing: true, kind: 'lost' })
    expect(world.clock.sleepsMs).toEqual([1000, 2000, 4000, 8000])
  })

  function late(count: number): void {
    world.github.mishaps.add({ kind: 'late-answer', method: 'GET', path: 'comments$', count })
  }
})

describe('GitHub.upsertComment, without the right', () => {
  it.each([
    ['a fork', { fork: true }],
    ['a weak token', { permissions: { 'pull-requests': 'read', issues: 'read' } }],
  ] as const)('names the line to add, for %s', async (_, grant) => {
    const client = world.clientWith(grant)
    const body = planBody({ runId: 1, commit: sha(0) })
    const writing = client.upsertComment({ pullRequest, body, startedAtMs: startedAtMs() })
    await expect(writing).rejects.toMatchObject({
      name: 'GitHubError',
      kind: 'denied',
      isPassing: false,
      message:
        'Could not write the comment on pull request #1: GitHub answered 403: Resource not accessible by integration',
      hint: 'Add `permissions: pull-requests: write` to the job. A pull request from a fork never gets it.',
    })
  })

  it('says that a conversation is locked', async () => {
    world.github.store.changeItem(pullRequest, { locked: true })
    await expect(run(1)).rejects.toMatchObject({
      hint: 'Unlock the conversation of the pull request, or set the input `comment` to false.',
    })
  })

  it('passes on what GitHub says of a comment that is too long', async () => {
    await expect(run(1, sha(0), { text: 'x'.repeat(65_536) })).rejects.toThrow(
      'GitHub answered 422: Validation Failed: Body is too long (maximum is 65536 characters)'
    )
  })

  it('refuses a text that it would never find again', async () => {
    const writing = world.client().upsertComment({ pullRequest, body: 'Hello', startedAtMs: 0 })
    await expect(writing).rejects.toThrow('without a marker')
  })
})
