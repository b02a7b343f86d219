import { beforeEach, describe, expect, it } from '@jest/globals'
import { renderNote } from '../../../src/github/comments.ts'
import { parseMarker } from '../../../src/github/marker.ts'
import { planBody, SUBJECT, World } from './world.ts'

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

describe('GitHub.upsertComment', () => {
  it('makes the comment, says where it is, and changes it in place', async () => {
    const first = await run(1)
    expect(first).toEqual({ shows: 'ours', url: expect.stringMatching(/#issuecomment-\d+$/) })
    world.clock.advance(60_000)
    expect(await run(2)).toEqual(first)
    expect(world.bodies(pullRequest)).toEqual([planBody({ runId: 2, commit: sha(0) })])
  })

  it('asks for nothing to be written when the same attempt says the same again', async () => {
    await run(1)
    world.sent.length = 0
    await run(1)
    expect(world.sent.filter((line) => !line.startsWith('GET'))).toEqual(['POST /graphql'])
  })

  it('leaves one comment after 20 pushes', async () => {
    for (let push = 1; push <= 20; push++) {
      world.github.store.pushTo(pullRequest, sha(push))
      await run(push, sha(push))
      world.clock.advance(90_000)
    }
    expect(world.bodies(pullRequest)).toEqual([planBody({ runId: 20, commit: sha(20) })])
  })

  it('leaves one comment that shows the last of 20 pushes whose runs end out of order', async () => {
    world.github.store.pushTo(pullRequest, sha(20))
    const startedAt = startedAtMs()
    for (const push of [3, 20, 1, 19, 7, 12, 2, 18, 4, 17, 5, 16, 6, 15, 8, 14, 9, 13, 10, 11]) {
      world.clock.advance(5_000)
      const body = planBody({ runId: push, commit: sha(push) })
      await world.client().upsertComment({ pullRequest, body, startedAtMs: startedAt + push })
    }
    expect(world.bodies(pullRequest)).toEqual([planBody({ runId: 20, commit: sha(20) })])
  })

  it('tells an older run that a newer one was there', async () => {
    world.github.store.pushTo(pullRequest, sha(2))
    await run(2, sha(2))
    const { shows } = await run(1, sha(1))
    expect(shows).toBe('newer')
    expect(world.marked(pullRequest)).toEqual([planBody({ runId: 2, commit: sha(2) })])
  })

  it('says that a plan is outdated where the branch has moved on and no newer run has come yet', async () => {
    world.github.store.pushTo(pullRequest, sha(2))
    await run(1, sha(1))
    expect(world.bodies(pullRequest)[0]).toContain(
      '> **Outdated**: this is the plan of 000000000000, and the branch is at 000000000000 now.'
    )
    await run(2, sha(2))
    expect(world.bodies(pullRequest)).toEqual([planBody({ runId: 2, commit: sha(2) })])
  })

  it('lets the run of the head win after a force push back, though its id is lower', async () => {
    world.github.store.pushTo(pullRequest, sha(2))
    await run(2, sha(2))
    world.github.store.pushTo(pullRequest, sha(1))
    expect((await run(1, sha(1))).shows).toBe('ours')
    expect(world.bodies(pullRequest)).toEqual([planBody({ runId: 1, commit: sha(1) })])
  })

  it('lets an old run that was started again speak for the same commit', async () => {
    await run(8)
    world.clock.advance(60_000)
    const body = planBody({ runId: 7, runAttempt: 2, commit: sha(0) })
    const written = await world
      .client()
      .upsertComment({ pullRequest, body, startedAtMs: startedAtMs() })
    expect(written.shows).toBe('ours')
    expect(world.bodies(pullRequest)).toEqual([body])
  })

  it('finds the comment among 300 of others, on whatever page it is', async () => {
    const { store } = world.github
    for (let i = 0; i < 150; i++) store.addComment(pullRequest, 'octocat', `remark ${i}`)
    await run(1)
    for (let i = 150; i < 300; i++) store.addComment(pullRequest, 'hubot', `remark ${i}`)
    world.clock.advance(60_000)
    await run(2)
    expect(world.bodies(pullRequest)).toHaveLength(301)
    expect(world.marked(pullRequest)).toEqual([planBody({ runId: 2, commit: sha(0) })])
  })

  it('makes it again when somebody deleted it', async () => {
    await run(1)
    for (const { id } of world.github.store.commentsOf(pullRequest))
      world.github.store.deleteComment(id)
    await run(2)
    expect(world.marked(pullRequest)).toEqual([planBody({ runId: 2, commit: sha(0) })])
  })

  it('makes it again when somebody deletes it between the look and the write', async () => {
    await run(1)
    world.clock.advance(60_000)
    const api = world.api()
    const client = world.client({
      send: (request) => {
        if (request.route.startsWith('PATCH'))
          for (const { id } of world.github.store.commentsOf(pullRequest))
            world.github.store.deleteComment(id)
        return api.send(request)
      },
    })
    const body = planBody({ runId: 2, commit: sha(0) })
    const written = await client.upsertComment({ pullRequest, body, startedAtMs: startedAtMs() })
    expect(world.bodies(pullRequest)).toEqual([body])
    expect(written.url).toMatch(/#issuecomment-\d+$/)
  })

  it('takes no comment of somebody else for its own, whatever it starts with', async () => {
    const forged = planBody({ runId: 999, commit: sha(0) }, 'all is well')
    world.github.store.addComment(pullRequest, 'mallory', forged)
    await run(1)
    expect(world.marked(pullRequest)).toEqual([forged, planBody({ runId: 1, commit: sha(0) })])
  })

  it('keeps a comment for each service, and each token', async () => {
    await run(1)
    const other = planBody({ runId: 1, commit: sha(0), name: 'shop--two' })
    await world.client().upsertComment({ pullRequest, body: other, startedAtMs: startedAtMs() })
    const bot = world.clientWith({ kind: 'app', login: 'deployer[bot]' })
    const body = planBody({ runId: 1, commit: sha(0) })
    await bot.upsertComment({ pullRequest, body, startedAtMs: startedAtMs() })
    await bot.upsertComment({ pullRequest, body, startedAtMs: startedAtMs() })
    const authors = world.github.store.commentsOf(pullRequest).map(({ author }) => author.login)
    expect(authors).toEqual(['github-actions[bot]', 'github-actions[bot]', 'deployer[bot]'])
  })

  it('takes duplicates away, and keeps the words of the latest', async () => {
    const { store } = world.github
    for (const runId of [3, 5, 4])
      store.addComment(pullRequest, 'github-actions[bot]', planBody({ runId, commit: sha(0) }))
    const [first] = store.commentsOf(pullRequest)
    expect((await run(2)).shows).toBe('newer')
    expect(store.commentsOf(pullRequest).map(({ id }) => id)).toEqual([first?.id])
    expect(world.bodies(pullRequest)).toEqual([planBody({ runId: 5, commit: sha(0) })])
  })
})

describe('renderNote', () => {
  const pull = {
    number: 1,
    headSha: sha(0),
    baseRef: 'main',
    state: 'closed',
    mergeCommit: '',
    mergedBy: '',
    url: '',
  } as const
  const open = { ...pull, state: 'open' } as const

  it.each([
    ['text', planBody({ runId: 1, commit: sha(0) })],
    ['Windows lines', planBody({ runId: 1, commit: sha(0) }).replaceAll('\n', '\r\n')],
    ['a quote', planBody({ runId: 1, commit: sha(0) }, '> **Merged**')],
    ['nothing but the marker', planBody({ runId: 1, commit: sha(0) }).split('\n')[0] ?? ''],
  ])('adds one note to %s, however often, and takes it away again', (_, body) => {
    const once = renderNote(body, pull)
    expect(once.match(/Closed without merging/g)).toHaveLength(1)
    expect(renderNote(once, pull)).toBe(once)
    const lines = (text: string) => text.split(/[\r\n]+/).filter((line) => line !== '')
    expect(lines(renderNote(once, open))).toEqual(lines(body))
  })

  it('leaves what has no marker alone', () => {
    expect(renderNote('Hello', pull)).toBe('Hello')
  })
})

describe('GitHub.closeComment', () => {
  it('says that the pull request is merged, once', async () => {
    await run(1)
    world.github.store.merge(pullRequest, 'c'.repeat(40), 'hubot')
    for (let i = 0; i < 2; i++)
      expect(await world.client().closeComment(pullRequest, SUBJECT)).toBe(true)
    const [body = ''] = world.bodies(pullRequest)
    expect(body.split('\n').slice(1)).toEqual([
      '> **Merged** into `main` as cccccccccccc by hubot: the deploy of that commit makes a plan of its own. <!-- deploy-spot-mig:note -->',
      '',
      'plan of run 1',
    ])
    expect(parseMarker(body)?.closed).toBe('merged')
  })

  it('takes it back when the pull request is opened again', async () => {
    const { store } = world.github
    await run(1)
    store.changeItem(pullRequest, { state: 'closed' })
    await world.client().closeComment(pullRequest, SUBJECT)
    expect(world.bodies(pullRequest)[0]).toContain('> **Closed without merging**')
    store.changeItem(pullRequest, { state: 'open' })
    await world.client().closeComment(pullRequest, SUBJECT)
    const [body = ''] = world.bodies(pullRequest)
    expect(body).not.toContain('Closed')
    expect(parseMarker(body)?.closed).toBeUndefined()
  })

  it('is not undone by a plan that comes in late, which nobody saw before the merge', async () => {
    await run(1)
    world.github.store.merge(pullRequest, 'c'.repeat(40))
    await run(2)
    const [body = ''] = world.bodies(pullRequest)
    expect(body).toContain('plan of run 1')
    expect(body).toContain('> **Merged** into')
  })

  it('says nothing that Markdown would take for something else', async () => {
    const { number } = world.github.store.addPull({ headSha: sha(0), baseRef: 'a`b' })
    const body = planBody({ runId: 1, commit: sha(0) })
    await world.client().upsertComment({ pullRequest: number, body, startedAtMs: startedAtMs() })
    world.github.store.merge(number)
    await world.client().closeComment(number, SUBJECT)
    expect(world.bodies(number)[0]).toContain("**Merged** into `a'b` as ")
  })

  it('does nothing where there is no comment', async () => {
    expect(await world.client().closeComment(pullRequest, SUBJECT)).toBe(false)
    expect(world.bodies(pullRequest)).toEqual([])
  })
})
