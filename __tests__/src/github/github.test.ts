import { beforeEach, describe, expect, it } from '@jest/globals'
import { planBody, SUBJECT, World } from './world.ts'

const LABEL = 'drift'
const COMMIT = 'a'.repeat(40)

let world: World
beforeEach(() => {
  world = new World()
})

describe('GitHub.findOwnComment', () => {
  beforeEach(async () => {
    world.github.store.addPull({ headSha: COMMIT })
    const body = planBody({ runId: 1, commit: COMMIT })
    await world.client().upsertComment({ pullRequest: 1, body, startedAtMs: world.clock.now() })
  })

  const find = () => world.client().findOwnComment(1, SUBJECT)
  const only = () => {
    const [comment] = world.github.store.commentsOf(1)
    if (!comment) throw new Error('there is no comment')
    return comment
  }

  it('reads what we wrote', async () => {
    expect(await find()).toMatchObject({
      id: only().id,
      body: only().body,
      url: expect.stringContaining('#issuecomment-'),
      marker: { runId: 1, commit: COMMIT, destructive: [] },
      wasEdited: false,
    })
  })

  it('knows our own hand, also after a change', async () => {
    world.clock.advance(60_000)
    const body = planBody({ runId: 2, commit: COMMIT })
    await world.client().upsertComment({ pullRequest: 1, body, startedAtMs: world.clock.now() })
    expect(await find()).toMatchObject({ marker: { runId: 2 }, wasEdited: false })
  })

  it.each(['octocat', 'github-actions'])('tells that %s edited it', async (login) => {
    world.github.store.changeComment(only(), login, only().body.replace('plan of', 'no plan of'))
    expect(await find()).toMatchObject({ wasEdited: true })
  })

  it('trusts nobody else, whatever the text says', async () => {
    const { body, id } = only()
    world.github.store.deleteComment(id)
    world.github.store.addComment(1, 'mallory', body)
    world.github.store.addComment(1, 'github-actions', body)
    expect(await find()).toBeUndefined()
  })

  it('takes the latest of several', async () => {
    for (const runId of [7, 3])
      world.github.store.addComment(1, 'github-actions[bot]', planBody({ runId, commit: COMMIT }))
    expect(await find()).toMatchObject({ marker: { runId: 7 } })
  })

  it('needs no more than a token that reads', async () => {
    const client = world.clientWith({ permissions: { 'pull-requests': 'read' } })
    expect(await client.findOwnComment(1, SUBJECT)).toMatchObject({ wasEdited: false })
  })

  it('names the line to add where it may not even read', async () => {
    const client = world.clientWith({ permissions: { contents: 'read' } })
    await expect(client.findOwnComment(1, SUBJECT)).rejects.toMatchObject({
      kind: 'denied',
      hint: expect.stringContaining('permissions: pull-requests: write'),
    })
  })
})

describe('GitHub.mergedPullRequestOf', () => {
  const merge = 'b'.repeat(40)
  beforeEach(() => {
    world.github.store.addPull({ headSha: COMMIT })
    world.github.store.addPull({ headSha: COMMIT })
  })

  it('finds the one that became the commit', async () => {
    world.github.store.merge(2, merge, 'hubot')
    expect(await world.client().mergedPullRequestOf(merge)).toEqual({
      number: 2,
      headSha: COMMIT,
      baseRef: 'main',
      state: 'merged',
      mergeCommit: merge,
      mergedBy: '',
      url: 'https://github.com/octo-org/shop/pull/2',
    })
    expect(await world.client().fetchPullRequest(2)).toMatchObject({ mergedBy: 'hubot' })
  })

  it.each([
    ['a direct push', 'd'.repeat(40)],
    ['a commit of pull requests that are open', COMMIT],
  ])('is undefined for %s', async (_, commit) => {
    expect(await world.client().mergedPullRequestOf(commit)).toBeUndefined()
  })

  it('is undefined for one that was closed, and found for a fast-forward', async () => {
    world.github.store.changeItem(1, { state: 'closed' })
    expect(await world.client().mergedPullRequestOf(COMMIT)).toBeUndefined()
    world.github.store.merge(2, COMMIT)
    expect(await world.client().mergedPullRequestOf(COMMIT)).toMatchObject({ number: 2 })
  })
})

describe('GitHub.changedFiles', () => {
  const files = (count: number) => Array.from({ length: count }, (_, i) => `src/${i}.ts`)
  it.each([0, 1, 250, 2_999])('lists %i files', async (count) => {
    world.github.store.addPull({ files: files(count) })
    expect(await world.client().changedFiles(1)).toEqual(files(count))
  })

  it('says that it cannot where GitHub lists not all', async () => {
    world.github.store.addPull({ files: files(3_001) })
    expect(await world.client().changedFiles(1)).toBeUndefined()
  })

  it('has both names of a file that was moved', async () => {
    const data = [{ filename: 'app/b.ts', previous_filename: 'old/a.ts', status: 'renamed' }]
    const client = world.client({ send: async () => ({ status: 200, headers: {}, data }) })
    expect(await client.changedFiles(1)).toEqual(['app/b.ts', 'old/a.ts'])
  })
})

describe('GitHub.upsertIssue', () => {
  const drift = (runId: number) => planBody({ kind: 'drift', runId, commit: COMMIT })
  const subject = { kind: 'drift', name: 'shop' } as const
  const upsert = (runId: number, title = 'shop has drifted') =>
    world
      .client()
      .upsertIssue({ title, label: LABEL, body: drift(runId), startedAtMs: world.clock.now() })
  const issues = () =>
    world.github.store.items.map(({ title, body, state, labels }) => ({
      title,
      body,
      state,
      labels,
    }))

  it('makes one issue, and keeps it up to date', async () => {
    const { url } = await upsert(1)
    world.clock.advance(86_400_000)
    expect(await upsert(2, 'shop still drifts')).toEqual({ shows: 'ours', url })
    expect(url).toBe('https://github.com/octo-org/shop/issues/1')
    expect(issues()).toEqual([
      { title: 'shop still drifts', body: drift(2), state: 'open', labels: [LABEL] },
    ])
  })

  it('never puts an older run over a newer one', async () => {
    await upsert(2)
    expect((await upsert(1)).shows).toBe('newer')
    expect(issues()).toMatchObject([{ body: drift(2) }])
  })

  it('leaves issues of others and pull requests alone', async () => {
    world.github.store.addItem('mallory', { title: 'x', body: drift(9), labels: [LABEL] })
    world.github.store.addPull({ author: 'github-actions[bot]' })
    world.github.store.changeItem(2, { body: drift(9), labels: [LABEL] })
    await upsert(1)
    expect(issues().map(({ body }) => body)).toEqual([drift(9), drift(9), drift(1)])
  })

  it('makes a new one when somebody closed the last', async () => {
    await upsert(1)
    world.github.store.changeItem(1, { state: 'closed' })
    await upsert(2)
    expect(issues().map(({ state }) => state)).toEqual(['closed', 'open'])
  })

  it('makes one when the answer is lost', async () => {
    world.github.mishaps.add({ kind: 'lost-answer', method: 'POST', path: '/issues$' })
    await upsert(1)
    expect(issues()).toHaveLength(1)
  })

  it('closes duplicates', async () => {
    for (const runId of [1, 2])
      world.github.store.addItem('github-actions[bot]', { body: drift(runId), labels: [LABEL] })
    await upsert(3)
    expect(issues()).toMatchObject([{ body: drift(3), state: 'open' }, { state: 'closed' }])
  })

  it('is closed when there is no drift any more', async () => {
    await upsert(1)
    expect(await world.client().closeIssue(subject, LABEL)).toBe(1)
    expect(await world.client().closeIssue(subject, LABEL)).toBe(0)
    expect(issues()).toMatchObject([{ state: 'closed' }])
  })

  it('names the line to add', async () => {
    const client = world.clientWith({ permissions: { issues: 'read' } })
    const body = drift(1)
    await expect(
      client.upsertIssue({ title: 'x', label: LABEL, body, startedAtMs: 0 })
    ).rejects.toMatchObject({ hint: expect.stringContaining('permissions: issues: write') })
  })
})
