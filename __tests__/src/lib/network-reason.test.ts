import { describe, expect, it } from '@jest/globals'
import { networkReason } from '../../../src/lib/network-reason.ts'

const refused = new Error('connect ECONNREFUSED 127.0.0.1:443')

describe('networkReason', () => {
  it.each([
    ['a plain error', refused, 'connect ECONNREFUSED 127.0.0.1:443'],
    [
      'the innermost cause',
      new Error('a', { cause: new Error('b', { cause: refused }) }),
      refused.message,
    ],
    [
      'what stands behind the URL',
      new Error('request to http://127.0.0.1/?a=b failed, reason: socket hang up'),
      'socket hang up',
    ],
    ['a cause that says nothing', new Error('timed out', { cause: 42 }), 'timed out'],
    ['no error at all', 'oops', 'oops'],
    ['nothing', undefined, 'undefined'],
    ['an empty reason', new Error('failed, reason: '), 'failed, reason: '],
  ])('finds %s', (_, error, reason) => {
    expect(networkReason(error)).toBe(reason)
  })
})
