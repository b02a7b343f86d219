import { describe, expect, it } from '@jest/globals'
import type { ManagedInstance } from '../../../../src/google/compute/group.ts'
import { Roster } from '../../../../src/release/watch/roster.ts'
import { anError, aVm } from '../situations.ts'

describe('Roster.take', () => {
  it('gives a VM that is as it was as the very same object', () => {
    const roster = new Roster()
    const sick = { lastErrors: [anError('QUOTA_EXCEEDED')], healthStates: ['UNKNOWN'] }
    const [one, two] = roster.take([aVm({ name: 'a' }), aVm({ name: 'b', ...sick })])
    const again = { lastErrors: [anError('QUOTA_EXCEEDED')], healthStates: ['UNKNOWN'] }
    const taken = roster.take([aVm({ name: 'b', ...again }), aVm({ name: 'a' })])
    expect(taken[0]).toBe(two)
    expect(taken[1]).toBe(one)
  })

  it.each<[string, Partial<ManagedInstance>]>([
    ['another id', { id: 'another' }],
    ['another zone', { zone: 'europe-west1-c' }],
    ['another action', { currentAction: 'VERIFYING' }],
    ['another status', { instanceStatus: 'STOPPING' }],
    ['another version', { versionName: 'another' }],
    ['another health', { healthStates: ['UNHEALTHY'] }],
    ['no health any more', { healthStates: [] }],
    ['an error', { lastErrors: [anError('QUOTA_EXCEEDED')] }],
  ])('gives a VM with %s as it is now', (_, change) => {
    const roster = new Roster()
    roster.take([aVm()])
    const now = aVm(change)
    expect(roster.take([now])).toEqual([now])
    expect(roster.find(now.name)).toBe(now)
  })

  it('takes another error, or another word for it, for a change', () => {
    const roster = new Roster()
    const errors = [
      anError('A'),
      anError('B'),
      anError('B', 'in other words'),
      anError('B', 'in other words', 'e2-small'),
    ]
    for (const error of errors) {
      const now = aVm({ lastErrors: [error] })
      expect(roster.take([now])[0]).toBe(now)
    }
  })

  it('forgets VMs that are gone', () => {
    const roster = new Roster()
    roster.take([aVm({ name: 'a' }), aVm({ name: 'b' })])
    roster.take([aVm({ name: 'b' })])
    expect(roster.find('a')).toBeUndefined()
    expect(roster.find('b')).toBeDefined()
  })
})
