import { describe, expect, it } from '@jest/globals'
import type { GroupError, ManagedInstance } from '../../../src/google/compute/group.ts'
import { initialMemory } from '../../../src/release/rollout/memory.ts'
import { causeOf } from '../../../src/release/rollout/problems.ts'
import { decide, type RolloutPolicy, type Verdict } from '../../../src/release/rollout.ts'
import { anError, aVm, BEFORE, look, POLICY, RELEASE, type Situation } from './situations.ts'

const START_MS = Date.UTC(2026, 10, 23, 9)
const SECOND = 1_000
const MINUTE = 60_000

/** Shows what `at` gives for each look until there is a verdict, at most for an hour. */
function outcome(
  at: (atMs: number) => Situation,
  { everyMs = 5 * SECOND, policy = POLICY }: { everyMs?: number; policy?: RolloutPolicy } = {}
): { readonly verdict: Verdict; readonly afterMs: number } {
  let memory = initialMemory(START_MS)
  for (let afterMs = 0; ; afterMs += everyMs) {
    const decision = decide(memory, look(START_MS + afterMs, at(afterMs)), policy)
    memory = decision.memory
    if (decision.verdict.kind !== 'wait' || afterMs >= 60 * MINUTE)
      return { verdict: decision.verdict, afterMs }
  }
}

const OLD = aVm({ name: 'old', versionName: BEFORE })
const BOOTING = aVm({ name: 'new', currentAction: 'VERIFYING', healthStates: ['UNKNOWN'] })
/** A VM of the release that the group tries to make, and fails to. */
const refused = (...errors: ManagedInstance['lastErrors']): ManagedInstance =>
  aVm({
    name: 'new',
    id: '',
    currentAction: 'CREATING',
    instanceStatus: '',
    healthStates: [],
    lastErrors: errors,
  })
const listed = (code: string, more: Partial<GroupError> = {}): GroupError => ({
  ...anError(code, 'because'),
  atMs: START_MS + 10 * SECOND,
  vm: 'new',
  zone: 'europe-west1-c',
  versionName: RELEASE,
  ...more,
})
const rolling = (...vms: readonly ManagedInstance[]): Situation => ({
  group: { isStable: false, isVersionTargetReached: false, targetSize: 1 },
  vms,
})
const CPUS = "Quota 'CPUS' exceeded. Limit: 24.0 in region europe-west1."

describe('causeOf', () => {
  it.each([
    ['capacity', 'ZONE_RESOURCE_POOL_EXHAUSTED', ''],
    ['capacity', 'ZONE_RESOURCE_POOL_EXHAUSTED_WITH_DETAILS', ''],
    ['capacity', 'RESOURCE_POOL_EXHAUSTED', ''],
    ['capacity', 'REGION_RESOURCE_POOL_EXHAUSTED', ''],
    ['capacity', 'UNSUPPORTED_OPERATION', 'preempted while it was being created'],
    ['capacity', 'insufficientCapacity', ''],
    ['capacity', 'UNKNOWN', 'state:STOCKOUT, resource type:compute'],
    [
      'capacity',
      'UNKNOWN',
      "The zone 'z' does not have enough resources available to fulfill the request.",
    ],
    ['capacity', 'X', 'A e2-small VM instance is currently unavailable in the b zone.'],
    ['quota', 'QUOTA_EXCEEDED', CPUS],
    ['quota', 'CPUS_QUOTA', ''],
    ['permission', 'PERMISSIONS_ERROR', ''],
    ['permission', 'SERVICE_ACCOUNT_ACCESS_DENIED', ''],
    ['permission', 'PERMISSION_DENIED', ''],
    [
      'configuration',
      'RESOURCE_NOT_FOUND',
      "The resource 'projects/p/global/images/x' was not found",
    ],
    ['configuration', 'IP_SPACE_EXHAUSTED', ''],
    ['configuration', 'IP_SPACE_EXHAUSTED_WITH_DETAILS', ''],
    [
      'configuration',
      'CONDITION_NOT_MET',
      'Constraint constraints/compute.vmExternalIpAccess violated',
    ],
    ['configuration', 'INVALID_FIELD_VALUE', ''],
    [undefined, 'RESOURCE_NOT_FOUND', "'projects/p/zones/z/instances/web-1' was not found"],
    [undefined, 'INTERNAL_ERROR', ''],
    [undefined, 'RESOURCE_NOT_READY', ''],
    [undefined, '', ''],
  ])('is %s for %s "%s"', (cause, code, message) => {
    expect(causeOf({ code, message })).toBe(cause)
  })
})

describe('decide, when VMs cannot be made', () => {
  it.each([
    ['permission', 'PERMISSIONS_ERROR'],
    ['permission', 'SERVICE_ACCOUNT_ACCESS_DENIED'],
    ['configuration', 'RESOURCE_NOT_FOUND'],
    ['configuration', 'CONDITION_NOT_MET'],
    ['configuration', 'INVALID_FIELD_VALUE'],
  ])('fails at once for %s: %s', (cause, code) => {
    const { verdict, afterMs } = outcome((atMs) =>
      rolling(OLD, atMs < 10 * SECOND ? refused() : refused(anError(code)))
    )
    expect(verdict).toEqual({
      kind: 'failed',
      cause,
      reason: `${code}: because`,
      evidence: [`new ${code}: because`],
    })
    expect(afterMs).toBe(10 * SECOND)
  })

  it('fails for a used-up quota when nothing is left that could make room', () => {
    const leaving = aVm({ name: 'gone soon', versionName: '', currentAction: 'DELETING' })
    const { verdict, afterMs } = outcome((atMs) =>
      atMs === 0
        ? rolling(OLD, refused())
        : rolling(
            OLD,
            refused(anError('QUOTA_EXCEEDED', CPUS)),
            ...(atMs < 2 * MINUTE ? [leaving] : [])
          )
    )
    expect(verdict).toMatchObject({ kind: 'failed', cause: 'quota' })
    expect(afterMs).toBe(3 * MINUTE)
  })

  it.each([
    ['comes up', BOOTING],
    ['is about to leave', aVm({ name: 'old-2', versionName: '', currentAction: 'DELETING' })],
  ])('waits as long as a VM that may make room %s', (_, mover) => {
    const short = refused(anError('QUOTA_EXCEEDED', CPUS))
    const { verdict, afterMs } = outcome((atMs) =>
      atMs < 5 * MINUTE ? rolling(OLD, { ...short, name: 'new-2' }, mover) : {}
    )
    expect(verdict).toEqual({ kind: 'verified' })
    expect(afterMs).toBe(5 * MINUTE + 10 * SECOND)
  })

  it('does not fail for an error that an earlier attempt left', () => {
    const { verdict } = outcome((atMs) =>
      atMs < 3 * MINUTE ? rolling(OLD, refused(anError('PERMISSIONS_ERROR'))) : {}
    )
    expect(verdict).toEqual({ kind: 'verified' })
  })

  it.each([
    ['fails once it is met again', { atMs: START_MS + MINUTE }, 2 * MINUTE],
    ['waits while the list is as old', { atMs: START_MS - 1 }, 10 * MINUTE],
    ['waits when the list is about another VM', { vm: 'other' }, 10 * MINUTE],
    ['waits when the list is about another release', { versionName: BEFORE }, 10 * MINUTE],
  ])('with an error that was there at the start %s', (_, entry, endMs) => {
    const { verdict, afterMs } = outcome((atMs) => ({
      ...rolling(OLD, refused(anError('PERMISSIONS_ERROR'))),
      errors: atMs < 2 * MINUTE ? [] : [listed('PERMISSIONS_ERROR', entry)],
    }))
    expect(verdict).toMatchObject({ kind: 'failed', cause: 'permission' })
    expect(afterMs).toBe(endMs)
  })

  it('takes no notice of what becomes of VMs of the release before', () => {
    const { verdict } = outcome((atMs) =>
      atMs < 2 * MINUTE
        ? rolling(BOOTING, { ...refused(anError('PERMISSIONS_ERROR')), versionName: BEFORE })
        : {}
    )
    expect(verdict).toEqual({ kind: 'verified' })
  })

  it('takes no notice of an error that a running VM has behind it', () => {
    const tried = { ...BOOTING, lastErrors: [anError('QUOTA_EXCEEDED')] }
    const { verdict } = outcome((atMs) => (atMs < 2 * MINUTE ? rolling(OLD, tried) : {}))
    expect(verdict).toEqual({ kind: 'verified' })
  })
})

describe('decide, when there is no capacity', () => {
  const short = (zone: string, name: string): ManagedInstance => ({
    ...refused(anError('ZONE_RESOURCE_POOL_EXHAUSTED', 'none left')),
    name,
    zone,
  })

  it('waits to the deadline, then says where, what and since when', () => {
    const policy = { ...POLICY, machineType: 'e2-small' }
    const { verdict, afterMs } = outcome(
      (atMs) =>
        atMs < MINUTE
          ? rolling(OLD, refused())
          : rolling(OLD, short('europe-west1-c', 'new'), short('europe-west1-b', 'new-2')),
      { policy }
    )
    expect(verdict).toEqual({
      kind: 'failed',
      cause: 'capacity',
      reason:
        'no e2-small VM is to be had in europe-west1-b, europe-west1-c since 09:01 UTC (9 min)',
      evidence: expect.arrayContaining(['new ZONE_RESOURCE_POOL_EXHAUSTED: none left']),
    })
    expect(afterMs).toBe(10 * MINUTE)
  })

  it('prefers the machine type that Google names', () => {
    const error = anError('ZONE_RESOURCE_POOL_EXHAUSTED_WITH_DETAILS', 'x', 'n2-standard-4')
    const { verdict } = outcome(() => rolling(OLD, refused(error)))
    expect(verdict).toMatchObject({ reason: expect.stringContaining('no n2-standard-4 VM') })
  })

  it('finds it in the list of errors when the group has given the VM up', () => {
    const { verdict } = outcome(() => ({
      ...rolling(OLD),
      errors: [listed('ZONE_RESOURCE_POOL_EXHAUSTED', { vm: 'lost' })],
    }))
    expect(verdict).toMatchObject({
      cause: 'capacity',
      reason: 'no VM is to be had in europe-west1-c since 09:00 UTC (9 min 50 s)',
      evidence: expect.arrayContaining(['lost ZONE_RESOURCE_POOL_EXHAUSTED: because']),
    })
  })

  it('does not blame it when VMs run that do not serve', () => {
    const { verdict } = outcome(() => ({
      ...rolling(OLD, BOOTING),
      errors: [listed('ZONE_RESOURCE_POOL_EXHAUSTED', { vm: 'lost' })],
    }))
    expect(verdict).toMatchObject({ kind: 'failed', cause: 'deadline' })
  })

  it('lets the other zones serve', () => {
    const { verdict } = outcome((atMs) =>
      atMs < 9 * MINUTE
        ? rolling(OLD, short('europe-west1-b', 'new'))
        : { vms: [aVm({ name: 'elsewhere', zone: 'europe-west1-d' })] }
    )
    expect(verdict).toEqual({ kind: 'verified' })
  })

  it('says quota rather than capacity where both are missing', () => {
    const { verdict } = outcome(() => ({
      ...rolling(OLD, refused(anError('ZONE_RESOURCE_POOL_EXHAUSTED'))),
      errors: [listed('QUOTA_EXCEEDED', { vm: 'lost' })],
    }))
    expect(verdict).toMatchObject({ cause: 'quota' })
  })

  it('stays short for a thousand VMs', () => {
    const all = Array.from({ length: 1_000 }, (_, index) => short('europe-west1-b', `vm-${index}`))
    const { verdict } = outcome(() => rolling(...all), { everyMs: MINUTE })
    expect(verdict.kind === 'failed' && verdict.evidence.length).toBeLessThan(40)
    expect(JSON.stringify(verdict)).toContain('more like these')
  })
})
