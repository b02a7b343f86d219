import { describe, expect, it } from '@jest/globals'
import type { ManagedInstance } from '../../../src/google/compute/group.ts'
import { initialMemory } from '../../../src/release/rollout/memory.ts'
import { decide, type RolloutPolicy, type Verdict } from '../../../src/release/rollout.ts'
import { aVm, BEFORE, look, POLICY, type Situation } from './situations.ts'

/** The verdicts on looks that are 5 s apart. */
function verdicts(situations: readonly Situation[], policy: RolloutPolicy = POLICY): Verdict[] {
  let memory = initialMemory(0)
  return situations.map((situation, index) => {
    const decision = decide(memory, look(index * 5_000, situation), policy)
    memory = decision.memory
    return decision.verdict
  })
}

const times = <T>(count: number, ...values: readonly T[]): T[] =>
  Array.from({ length: count }, () => values).flat()
const ends = (all: readonly Verdict[]): Verdict | undefined =>
  all.find(({ kind }) => kind !== 'wait')
const rolling = (...vms: readonly ManagedInstance[]): Situation => ({
  group: { isStable: false, targetSize: 1 },
  vms,
})
const GOOD: Situation = {}

const NAME = 'mervis-x7k2'
const boots = (id: string): ManagedInstance =>
  aVm({ id, currentAction: 'VERIFYING', healthStates: ['UNKNOWN'] })
const sick = (id: string): ManagedInstance => ({ ...boots(id), healthStates: ['UNHEALTHY'] })
const taken = (id: string): ManagedInstance => ({ ...sick(id), currentAction: 'RECREATING' })
const goes = (id: string): ManagedInstance => ({ ...taken(id), instanceStatus: 'STOPPING' })
const stopping = (id: string): ManagedInstance => ({ ...sick(id), instanceStatus: 'STOPPING' })
const stopped = (id: string): ManagedInstance => ({ ...sick(id), instanceStatus: 'TERMINATED' })
const rebuilt = (id: string): ManagedInstance => ({
  ...taken(id),
  instanceStatus: 'TERMINATED',
})
const absent = aVm({
  id: '',
  currentAction: 'RECREATING',
  instanceStatus: '',
  healthStates: [],
})

describe('decide, when the group takes VMs away because they are not healthy', () => {
  it('fails when it does so with the same VM for the second time', () => {
    const life = (id: string) => [boots(id), sick(id), taken(id), absent]
    const [first, second] = [life('1'), life('2')].map((looks) => looks.map((vm) => rolling(vm)))
    expect(ends(verdicts([...(first ?? [])]))).toBeUndefined()
    expect(ends(verdicts([...(first ?? []), ...(second ?? [])]))).toEqual({
      kind: 'failed',
      cause: 'release',
      reason: 'its VMs do not stay healthy and are recreated over and over',
      evidence: expect.arrayContaining([
        expect.stringContaining(`${NAME} was recreated 2 times; before that the health check said`),
      ]),
    })
  })

  it('fails when a VM is healthy to the last look before it is taken', () => {
    const life = (id: string) => [rolling(boots(id)), { vms: [aVm({ id })] }, rolling(goes(id))]
    expect(ends(verdicts([...life('1'), ...life('2')]))).toMatchObject({ cause: 'release' })
  })

  it('ends an app that comes to hold and breaks, for ever, by the deadline', () => {
    // Half a minute of everything, then a look without it, as of an app that restarts in its VM.
    const flaps = times(60, ...times(2, GOOD), rolling(aVm({ healthStates: ['UNHEALTHY'] })))
    const policy = { ...POLICY, minReadyMs: 20_000, progressDeadlineMs: 180_000 }
    const all = verdicts(flaps, policy)
    expect(ends(all)).toMatchObject({ kind: 'failed', cause: 'deadline' })
    expect(all.findIndex(({ kind }) => kind === 'failed') * 5_000).toBeLessThan(240_000)
  })

  it('fails when a VM was ready in between, too: that is what an image does that dies later', () => {
    const ready = (id: string) => aVm({ id })
    const life = (id: string) => [boots(id), ready(id), ready(id), sick(id), taken(id), absent]
    const looks = [...life('1'), ...life('2')].map((vm) => rolling(vm))
    expect(ends(verdicts(looks))).toMatchObject({ kind: 'failed', cause: 'release' })
  })

  it('fails when it does so with many VMs, each of them once', () => {
    const named = (name: string, vm: ManagedInstance) => ({ ...vm, name })
    const group = { isStable: false, targetSize: 6 }
    const at = (step: (id: string) => ManagedInstance, count: number): Situation => ({
      group,
      vms: ['a', 'b', 'c', 'd', 'e', 'f'].map((name, index) =>
        named(name, index < count ? step(name) : boots(name))
      ),
    })
    expect(ends(verdicts([at(sick, 6), at(taken, 3)]))).toBeUndefined()
    expect(ends(verdicts([at(sick, 6), at(taken, 4)]))).toMatchObject({ cause: 'release' })
  })

  it.each<[string, readonly ManagedInstance[]]>([
    ['stops before it is recreated', [sick('1'), stopping('1'), rebuilt('1'), absent]],
    ['is seen when it is off already', [sick('1'), stopped('1'), absent]],
    ['is seen when the group has noticed', [sick('1'), rebuilt('1')]],
    ['is gone at the next look', [sick('1'), absent]],
    ['has a successor at the next look', [sick('1'), boots('2')]],
    ['was healthy', [aVm({ id: '1' }), stopping('1'), rebuilt('1'), absent]],
  ])('never fails for Spot VMs that are lost: one that %s', (_, life) => {
    const looks = times(8, ...life.map((vm) => rolling(vm)))
    expect(ends(verdicts([...looks, GOOD, GOOD, GOOD]))).toEqual({ kind: 'verified' })
  })
})

describe('decide, when a Spot VM gets long notice of its preemption', () => {
  it('never fails because its app is stopped while the VM still runs', () => {
    const told = (vm: ManagedInstance): Situation => ({
      ...rolling(vm),
      reports: { [NAME]: { phase: 'stopping' } },
    })
    const life = (id: string) => [rolling(boots(id)), told(sick(id)), told(taken(id))]
    const looks = ['1', '2', '3', '4'].flatMap(life)
    expect(ends(verdicts([...looks, GOOD, GOOD, GOOD]))).toEqual({ kind: 'verified' })
  })
})

describe('decide, while everything holds', () => {
  it('says when it will have held for long enough', () => {
    const [first] = verdicts([GOOD])
    expect(first).toMatchObject({ kind: 'wait', untilMs: POLICY.minReadyMs })
  })

  it('begins again when a VM was replaced between two looks', () => {
    const other: Situation = { vms: [aVm({ id: 'another' })] }
    expect(verdicts([GOOD, other, other, other]).map(({ kind }) => kind)).toEqual([
      'wait',
      'wait',
      'wait',
      'verified',
    ])
  })

  it('begins again when the autoscaler adds a VM, not when it takes one away', () => {
    const two: Situation = { vms: [aVm({ name: 'a' }), aVm({ name: 'b' })] }
    const three: Situation = { vms: ['a', 'b', 'c'].map((name) => aVm({ name })) }
    expect(
      verdicts([two, three, three, three])
        .map(({ kind }) => kind)
        .lastIndexOf('wait')
    ).toBe(2)
    expect(
      verdicts([three, two, two])
        .map(({ kind }) => kind)
        .lastIndexOf('wait')
    ).toBe(1)
  })
})

describe('decide, in groups of every kind', () => {
  const worker = aVm({ healthStates: [] })
  const old = (more: Partial<ManagedInstance> = {}) =>
    aVm({ name: 'old', versionName: BEFORE, ...more })
  const gone = old({ currentAction: 'DELETING', versionName: '' })

  it.each<[string, readonly Situation[]]>([
    ['a group of none', times(3, { vms: [] })],
    ['a worker without a port', times(3, { group: { hasHealthCheck: false }, vms: [worker] })],
    [
      'strategy recreate, where old VMs go first',
      [rolling(old()), rolling(gone), rolling(), rolling(boots('1')), ...times(3, GOOD)],
    ],
    [
      'an old VM that comes back on its old version',
      [
        rolling(old({ instanceStatus: 'TERMINATED' }), boots('1')),
        rolling(old({ currentAction: 'RECREATING', instanceStatus: '' }), boots('1')),
        rolling(old({ id: 'another' }), boots('1')),
        rolling(old({ id: 'another' }), aVm()),
        rolling(gone, aVm()),
        ...times(3, GOOD),
      ],
    ],
    [
      'an autoscaler that changes its mind on the way',
      [
        { ...rolling(boots('1')), group: { targetSize: 3 } },
        { ...rolling(aVm()), group: { targetSize: 2 } },
        ...times(3, GOOD),
      ],
    ],
    [
      'a thousand VMs',
      times(3, { vms: Array.from({ length: 1_000 }, (_, index) => aVm({ name: `vm-${index}` })) }),
    ],
  ])('verifies %s', (_, situations) => {
    const all = verdicts(situations)
    expect(all.at(-1)).toEqual({ kind: 'verified' })
    expect(all.slice(0, -1).map(({ kind }) => kind)).toEqual(times(all.length - 1, 'wait'))
  })
})
