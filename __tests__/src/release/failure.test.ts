import { describe, expect, it } from '@jest/globals'
import { rolloutFailure } from '../../../src/release/failure.ts'
import { POLICY, RELEASE } from './situations.ts'

const context = { group: 'web', policy: POLICY, troubles: ['web-1 was recreated once'] }
const evidence = ['web-1 is RECREATING']

describe('rolloutFailure', () => {
  it.each([
    ['failed', 'ROLLOUT_FAILED', `Release ${RELEASE} failed on web: why`, 'push again'],
    [
      'timed-out',
      'ROLLOUT_TIMED_OUT',
      `Release ${RELEASE} made no progress on web for 10 min.`,
      'push again',
    ],
    [
      'superseded',
      'ROLLOUT_SUPERSEDED',
      `Release ${RELEASE} was not rolled out: why while it was rolling.`,
      'concurrency',
    ],
  ] as const)('%s', (kind, code, headline, advice) => {
    const error = rolloutFailure({ kind, reason: 'why', evidence }, context)
    expect(error.code).toBe(code)
    expect(error.message).toBe(`${headline}\n  web-1 is RECREATING\n  web-1 was recreated once`)
    expect(error.hint).toContain(advice)
  })
})
