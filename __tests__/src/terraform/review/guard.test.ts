import { describe, expect, it } from '@jest/globals'
import { ActionError } from '../../../../src/errors.ts'
import { planHash, reviewedChanges } from '../../../../src/terraform/review/changes.ts'
import {
  guardReview,
  type Reviewed,
  type ReviewMode,
} from '../../../../src/terraform/review/guard.ts'
import { makeRecord, readRecord, recordJson } from '../../../../src/terraform/review/record.ts'
import { aPlan, type Change } from './plans.ts'

const CREATE = { address: 'a.new', actions: ['create'], after: { x: 1 } }
const OTHER_CREATE = { address: 'a.new', actions: ['create'], after: { x: 2 } }
const DELETE = { address: 'a.gone', actions: ['delete'] }
const REPLACE = { address: 'a.anew', actions: ['delete', 'create'], after: { x: 1 } }

/** As it comes back from a comment. */
function shown(changes: readonly Change[]): Reviewed {
  const plan = aPlan(changes)
  const record = makeRecord(planHash(plan), reviewedChanges(plan))
  const read = readRecord(JSON.parse(JSON.stringify(recordJson(record))))
  if (read === undefined) throw new Error('the record was not read')
  return { record: read, commentUrl: 'https://github.com/o/r/pull/7#issuecomment-1' }
}

const NOBODY: Reviewed = { unreviewedBecause: 'commit abc belongs to no pull request' }

function refusalOf(mode: ReviewMode, now: readonly Change[], reviewed: Reviewed): string {
  try {
    guardReview(mode, aPlan(now), reviewed)
    return ''
  } catch (thrown) {
    if (!(thrown instanceof ActionError)) throw thrown
    expect(thrown.code).toBe('REVIEW_REFUSED')
    expect(thrown.hint).toContain('review: off')
    return thrown.message
  }
}

describe('guardReview', () => {
  it.each<[string, ReviewMode, Change[], Reviewed]>([
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

  it.each<[string, ReviewMode, Change[], Reviewed, RegExp]>([
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
      / {2}create a\.new \(otherwise than shown\)\n/,
    ],
    [
      'something new',
      'exact',
      [CREATE, DELETE],
      shown([DELETE]),
      / {2}create a\.new \(not shown\)\n/,
    ],
    [
      'something less',
      'exact',
      [CREATE],
      shown([CREATE, DELETE]),
      / {2}a\.gone \(shown, but not to be changed any more\)\n/,
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

  it('refuses what had no room in the comment rather than to let it through', () => {
    const many = Array.from({ length: 5_000 }, (_, i) => ({
      address: `a.b[${i}]`,
      actions: ['delete'],
    }))
    expect(refusalOf('destructive', many, shown(many))).toBe('')
    const others = many.slice(1)
    expect(refusalOf('destructive', others, shown(many))).toContain('delete a.b[')
  })
})

describe('a record', () => {
  it('stays small, and says when it does not hold everything', () => {
    const plan = aPlan(
      Array.from({ length: 10_000 }, (_, i) => ({ address: `a.b[${i}]`, actions: ['delete'] }))
    )
    const record = makeRecord(planHash(plan), reviewedChanges(plan))
    expect(JSON.stringify(recordJson(record)).length).toBeLessThan(16_000)
    expect(record.isWhole).toBe(false)
  })

  it.each([undefined, null, 'x', {}, { plan_hash: 7 }])('is not read from %j', (json) => {
    expect(readRecord(json)).toBeUndefined()
  })
})
