import { describe, expect, it } from '@jest/globals'
import type { ManagedInstance } from '../../../../src/google/compute/group.ts'
import {
  describeTroubles,
  type Histories,
  noteHistories,
} from '../../../../src/release/rollout/recreations.ts'
import { aVm, RELEASE } from '../situations.ts'

function after(...looks: readonly Partial<ManagedInstance>[]): Histories {
  const start: Histories = new Map()
  return looks.reduce(
    (histories, look) =>
      noteHistories(
        histories,
        { instances: [aVm({ name: 'web-1', ...look })], reports: new Map() },
        RELEASE
      ),
    start
  )
}

function described(...looks: readonly Partial<ManagedInstance>[]): readonly string[] {
  return describeTroubles(after(...looks))
}

const silent = { healthStates: ['TIMEOUT'] }
const recreating = { currentAction: 'RECREATING', healthStates: [] }

describe('describeTroubles', () => {
  it('says nothing of a VM that is well, whatever it was before', () => {
    expect(described({}, silent, {})).toEqual([])
  })

  it('says what the health check sees while the group only says that it verifies', () => {
    expect(described({ currentAction: 'VERIFYING', ...silent })).toEqual([
      'web-1: the health check said TIMEOUT: nothing answered (does the app listen on its port, on all addresses?)',
    ])
  })

  it('says what the health check saw before the VM was recreated', () => {
    expect(described(silent, recreating)).toEqual([
      'web-1 was recreated once; before that the health check said TIMEOUT: nothing answered (does the app listen on its port, on all addresses?)',
    ])
  })

  it('counts a recreation once, however often it is looked at', () => {
    const unhealthy = { healthStates: ['UNHEALTHY'] }
    expect(described(unhealthy, recreating, recreating, {}, unhealthy, recreating)).toEqual([
      'web-1 was recreated 2 times; before that the health check said UNHEALTHY: it answered, but not with 200',
    ])
  })

  it('makes nothing up where there is no health check', () => {
    expect(described(recreating)).toEqual(['web-1 was recreated once'])
  })
})
