import { describe, expect, it } from '@jest/globals'
import {
  isEnforced,
  isRestricted,
  permits,
} from '../../../../../src/commands/doctor/google/policy/judge.ts'

const list = (listPolicy: object) => ({ listPolicy })

describe('permits', () => {
  const wanted = { spellings: ['europe-west1', 'in:europe-west1-locations'], group: /^in:/ }

  it.each([
    ['nothing that is set', {}, 'yes'],
    ['an empty policy', list({}), 'yes'],
    ['everything', list({ allValues: 'ALLOW' }), 'yes'],
    ['nothing', list({ allValues: 'DENY' }), 'no'],
    ['the value', list({ allowedValues: ['us-east1', 'europe-west1'] }), 'yes'],
    ['the value, spelled out', list({ allowedValues: ['is:europe-west1'] }), 'yes'],
    ['its own group', list({ allowedValues: ['in:europe-west1-locations'] }), 'yes'],
    ['another value', list({ allowedValues: ['us-east1'] }), 'no'],
    ['a group that may hold it', list({ allowedValues: ['in:eu-locations'] }), 'unclear'],
    ['all but the value', list({ deniedValues: ['europe-west1'] }), 'no'],
    ['all but another value', list({ deniedValues: ['us-east1'] }), 'yes'],
    ['all but a group that may hold it', list({ deniedValues: ['in:eu-locations'] }), 'unclear'],
    [
      'the value, and denies it as well',
      list({ allowedValues: ['europe-west1'], deniedValues: ['europe-west1'] }),
      'no',
    ],
  ])('knows a policy that allows %s', (_, policy, expected) => {
    expect(permits(policy, wanted)).toBe(expected)
  })

  it('takes a group for a value where nobody says what groups look like', () => {
    const policy = list({ allowedValues: ['in:eu-locations'] })
    expect(permits(policy, { spellings: ['europe-west1'] })).toBe('no')
  })
})

describe('isEnforced', () => {
  it.each([
    [{ booleanPolicy: { enforced: true } }, true],
    [{ booleanPolicy: { enforced: false } }, false],
    [{ booleanPolicy: {} }, false],
    [{}, false],
  ])('reads %j as %s', (policy, expected) => {
    expect(isEnforced(policy)).toBe(expected)
  })
})

describe('isRestricted', () => {
  it.each([
    [list({ allValues: 'DENY' }), true],
    [list({ allowedValues: ['x'] }), true],
    [list({ deniedValues: ['x'] }), true],
    [list({ allValues: 'ALLOW' }), false],
    [list({}), false],
    [{}, false],
  ])('reads %j as %s', (policy, expected) => {
    expect(isRestricted(policy)).toBe(expected)
  })
})
