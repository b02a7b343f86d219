import { beforeEach, describe, expect, it } from '@jest/globals'
import { findReviewed } from '../../../src/github/reviewed.ts'
import { planBody, SUBJECT, World } from './world.ts'

const HEAD = 'a'.repeat(40)
const MERGED = 'f'.repeat(40)
const DESTRUCTIVE = [{ address: 'a.b', action: 'delete' }]

const WHERE = { subject: SUBJECT.name, commit: MERGED, ref: 'refs/heads/main' }

let world: World
beforeEach(() => {
  world = new World()
})

const find = () => findReviewed(world.client(), WHERE)

async function comment(more: Partial<Parameters<typeof planBody>[0]> = {}): Promise<void> {
  const body = planBody({
    runId: 1,
    commit: HEAD,
    destructive: DESTRUCTIVE,
    changes: ['ab'],
    ...more,
  })
  await world.client().upsertComment({ pullRequest: 1, body, startedAtMs: world.clock.now() })
}

describe('findReviewed', () => {
  it('finds what the comment of the merged pull request showed', async () => {
    world.github.store.addPull({ headSha: HEAD })
    await comment()
    world.github.store.merge(1, MERGED)
    expect(await find()).toEqual({
      commentUrl: expect.stringContaining('#issuecomment-'),
      planHash: 'a'.repeat(64),
      destructive: DESTRUCTIVE,
      changes: ['ab'],
    })
  })

  it.each<[string, RegExp, () => Promise<void>]>([
    ['a direct push', /commit fffffff belongs to no merged pull request/, async () => undefined],
    [
      'a pull request without our comment',
      /pull request #1 has no plan comment of ours/,
      async () => {
        world.github.store.merge(1, MERGED)
      },
    ],
    [
      'a comment of another service',
      /has no plan comment of ours/,
      async () => {
        await comment({ name: 'other' })
        world.github.store.merge(1, MERGED)
      },
    ],
    [
      'a comment about an earlier commit',
      /shows bbbbbbb, but aaaaaaa was merged/,
      async () => {
        await comment({ commit: 'b'.repeat(40) })
        world.github.store.merge(1, MERGED)
      },
    ],
    [
      'a plan that failed',
      /the plan of pull request #1 failed/,
      async () => {
        await comment({ planHash: '' })
        world.github.store.merge(1, MERGED)
      },
    ],
    [
      'a comment that somebody edited',
      /somebody edited the plan comment https:/,
      async () => {
        await comment()
        const [ours] = world.github.store.commentsOf(1)
        if (ours) world.github.store.changeComment(ours, 'octocat', ours.body.replace('a.b', 'a.c'))
        world.github.store.merge(1, MERGED)
      },
    ],
  ])('takes %s for not reviewed, and says why', async (_, because, prepare) => {
    world.github.store.addPull({ headSha: HEAD })
    await prepare()
    expect(await find()).toEqual({ unreviewedBecause: expect.stringMatching(because) })
  })

  it('takes a merge into another branch for not reviewed', async () => {
    world.github.store.addPull({ headSha: HEAD, baseRef: 'staging' })
    await comment()
    world.github.store.merge(1, MERGED)
    expect(await find()).toEqual({
      unreviewedBecause: 'pull request #1 was merged into staging, and this is refs/heads/main',
    })
  })

  it('keeps what was shown before the merge, whatever is planned again afterwards', async () => {
    world.github.store.addPull({ headSha: HEAD })
    await comment({ planHash: 'b'.repeat(64), destructive: [] })
    world.github.store.merge(1, MERGED)
    world.clock.advance(60_000)
    await comment({ runId: 9 })
    expect(await find()).toMatchObject({ planHash: 'b'.repeat(64), destructive: [] })
  })

  it('takes a first plan after the merge for none', async () => {
    world.github.store.addPull({ headSha: HEAD })
    world.github.store.merge(1, MERGED)
    await comment()
    expect(await find()).toEqual({
      unreviewedBecause: expect.stringContaining('has no plan comment'),
    })
  })

  it('says which input is missing without a token', async () => {
    expect(await findReviewed(undefined, WHERE)).toEqual({
      unreviewedBecause: expect.stringContaining('github_token'),
    })
  })
})
