import { describe, expect, it } from '@jest/globals'
import { ActionError } from '../../../../src/errors.ts'
import { digestPlan, markOf } from '../../../../src/terraform/review/changes.ts'
import {
  guardReview,
  type Reviewed,
  type ReviewMode,
  type Unreviewed,
} from '../../../../src/terraform/review/guard.ts'
import { aPlan, type Change } from './plans.ts'

const CREATE = { address: 'a.new', actions: ['create'], after: { x: 1 } }
const OTHER_CREATE = { address: 'a.new', actions: ['create'], after: { x: 2 } }
const DELETE = { address: 'a.gone', actions: ['delete'] }
const REPLACE = { address: 'a.anew', actions: ['delete', 'create'], after: { x: 1 } }

/** As a comment keeps it. */
function shown(changes: readonly Change[], more: Partial<Reviewed> = {}): Reviewed {
  const { changes: reviewed, planHash } = digestPlan(aPlan(changes))
  return {
    commentUrl: 'https://github.com/o/r/pull/7#issuecomment-1',
    planHash,
    destructive: reviewed.filter(({ isDestructive }) => isDestructive),
    changes: reviewed.map(markOf),
    ...more,
  }
}

const NOBODY: Unreviewed = { unreviewedBecause: 'commit abc belongs to no pull request' }

function refusalOf(
  mode: ReviewMode,
  now: readonly Change[],
  reviewed: Reviewed | Unreviewed
): string {
  try {
    guardReview(mode, digestPlan(aPlan(now)), reviewed)
    return ''
  } catch (thrown) {
    if (!(thrown instanceof ActionError)) throw thrown
    expect(thrown.code).toBe('REVIEW_REFUSED')
    expect(thrown.hint).toContain('review: off')
    return thrown.message
  }
}

describe('guardReview', () => {
  it.each<[string, ReviewMode, Change[], Reviewed | Unreviewed]>([
    ['what was shown', 'exact', [CREATE, DELETE], shown([DELETE, CREATE])],
    ['nothing at all, which nobody needs to see', 'exact', [], NOBODY],
    ['nothing any more, although something was shown', 'exact', [], shown([CREATE])],
    ['what loses nothing, unseen', 'destructive', [CREATE], NOBODY],
    ['what loses nothing, otherwise than shown', 'destructive', [OTHER_CREATE], shown([CREATE])],
    [
      'a deletion that was shown beside other things',
      'destructive',
      [DELETE, OTHER_CREATE],
      shown([DELETE]),
    ],
    ['fewer deletions than shown', 'destructive', [DELETE], shown([DELETE, REPLACE])],
    ['anything, when it is off', 'off', [DELETE], NOBODY],
  ])('lets through %s (%s)', (_, mode, now, reviewed) => {
    expect(refusalOf(mode, now, reviewed)).toBe('')
  })

  it.each<[string, ReviewMode, Change[], Reviewed | Unreviewed, RegExp]>([
    [
      'a deletion that nobody saw',
      'destructive',
      [CREATE, DELETE],
      NOBODY,
      /belongs to no pull request:\n {2}delete a\.gone\n/,
    ],
    [
      'a deletion that was not shown',
      'destructive',
      [DELETE, REPLACE],
      shown([REPLACE]),
      /issuecomment-1 showed.*:\n {2}delete a\.gone\n/,
    ],
    [
      'a replacement where a deletion was shown',
      'destructive',
      [{ ...REPLACE, address: 'a.gone' }],
      shown([DELETE]),
      / {2}replace a\.gone\n/,
    ],
    [
      'another value',
      'exact',
      [OTHER_CREATE],
      shown([CREATE]),
      / {2}create a\.new \(not shown, or otherwise\)\n/,
    ],
    [
      'something new',
      'exact',
      [CREATE, DELETE],
      shown([DELETE]),
      / {2}create a\.new \(not shown, or otherwise\)\n/,
    ],
    [
      'something less',
      'exact',
      [CREATE],
      shown([CREATE, DELETE]),
      / {2}1 of the changes that were shown: not planned any more/,
    ],
    ['anything that nobody saw', 'exact', [CREATE], NOBODY, / {2}create a\.new\n/],
  ])('refuses %s (%s), and says what', (_, mode, now, reviewed, message) => {
    expect(refusalOf(mode, now, reviewed)).toMatch(message)
  })

  it('says that nothing was applied, and does not flood the error', () => {
    const many = Array.from({ length: 500 }, (_, i) => ({
      address: `a.b[${i}]`,
      actions: ['delete'],
    }))
    const message = refusalOf('destructive', many, NOBODY)
    expect(message).toContain('and 480 more\nNothing was applied.')
  })

  it('lets an equal plan through although there was no room for its changes', () => {
    const nothing = { destructive: undefined, changes: undefined }
    expect(refusalOf('destructive', [DELETE, REPLACE], shown([DELETE, REPLACE], nothing))).toBe('')
    expect(refusalOf('destructive', [DELETE], shown([DELETE, REPLACE], nothing))).toContain(
      'delete a.gone'
    )
  })

  it('names an output that alone is different', () => {
    const plan = aPlan([CREATE], { url: { actions: ['create'], after: 'http://x' } })
    expect(() => guardReview('exact', digestPlan(plan), shown([CREATE]))).toThrow(
      /the outputs \(otherwise/
    )
  })
})
