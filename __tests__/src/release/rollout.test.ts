import { describe, expect, it } from '@jest/globals'
import { initialMemory } from '../../../src/release/rollout/memory.ts'
import {
  decide,
  obstacles,
  type RolloutPolicy,
  type Verdict,
} from '../../../src/release/rollout.ts'
import { HELD_BACK } from './obstacle-table.ts'
import { anError, aVm, BEFORE, look, POLICY, type Situation } from './situations.ts'

const VM = 'mervis-x7k2'

/** Shows the situations one after the other, `everyMs` apart, and gives the verdicts. */
function verdicts(
  situations: readonly Situation[],
  { everyMs = 10_000, policy = POLICY }: { everyMs?: number; policy?: RolloutPolicy } = {}
): readonly Verdict[] {
  let memory = initialMemory(0)
  return situations.map((situation, index) => {
    const decision = decide(memory, look(index * everyMs, situation), policy)
    memory = decision.memory
    return decision.verdict
  })
}

const kinds = (all: readonly Verdict[]): readonly string[] => all.map(({ kind }) => kind)
const good: Situation = {}
const vm = (more: Parameters<typeof aVm>[0]): Situation => ({ vms: [aVm(more)] })

describe('obstacles', () => {
  it.each(HELD_BACK)('says that %s', (_, situation, obstacle) => {
    expect(obstacles(look(0, situation), POLICY).join('\n')).toContain(obstacle)
  })

  it.each<[string, Situation]>([
    ['a group of one', good],
    ['a group of none', { vms: [] }],
    [
      'a group without a health check',
      { group: { hasHealthCheck: false }, vms: [aVm({ healthStates: [] })] },
    ],
    [
      'a VM that had a failed attempt behind it',
      vm({ lastErrors: [anError('ZONE_RESOURCE_POOL_EXHAUSTED')] }),
    ],
  ])('finds nothing wrong with %s', (_, situation) => {
    expect(obstacles(look(0, situation), POLICY)).toEqual([])
  })
})

describe('decide', () => {
  it.each(HELD_BACK)('never verifies while %s', (_, situation) => {
    expect(kinds(verdicts(Array.from({ length: 20 }, () => situation)))).not.toContain('verified')
  })

  it('verifies on the second look and after min_ready', () => {
    expect(kinds(verdicts([good, good]))).toEqual(['wait', 'verified'])
    expect(kinds(verdicts([good, good, good, good], { everyMs: 4_000 }))).toEqual([
      'wait',
      'wait',
      'wait',
      'verified',
    ])
  })

  it('wants two looks even when nothing need be waited for', () => {
    const policy = { ...POLICY, minReadyMs: 0 }
    expect(kinds(verdicts([good, good], { everyMs: 0, policy }))).toEqual(['wait', 'verified'])
  })

  it('begins to count again after every break', () => {
    const broken: Situation = { group: { isStable: false } }
    expect(kinds(verdicts([good, broken, good, broken, good, good]))).toEqual([
      'wait',
      'wait',
      'wait',
      'wait',
      'wait',
      'verified',
    ])
  })

  it('takes old VMs that are preempted on the way for no failure', () => {
    const rolling: Situation = {
      group: { isStable: false, targetSize: 1 },
      vms: [
        aVm(),
        aVm({
          name: 'old',
          versionName: BEFORE,
          instanceStatus: 'TERMINATED',
          currentAction: 'RECREATING',
        }),
      ],
      reports: { old: { release: BEFORE, phase: 'stopping' } },
    }
    expect(kinds(verdicts([rolling, rolling, good, good]))).toEqual([
      'wait',
      'wait',
      'wait',
      'verified',
    ])
  })

  describe('when a VM of the release says that it cannot run it', () => {
    const failed: Situation = {
      group: { isStable: false },
      vms: [aVm({ currentAction: 'VERIFYING', healthStates: ['TIMEOUT'] })],
      reports: {
        [VM]: {
          phase: 'failed',
          detail: 'the container exited with code 3',
          log: 'Error: no DATABASE_URL',
        },
      },
    }

    it('fails as soon as a second look confirms it, with what it said and its last log lines', () => {
      expect(verdicts([failed, failed])).toEqual([
        expect.objectContaining({ kind: 'wait' }),
        {
          kind: 'failed',
          cause: 'release',
          reason: 'the container exited with code 3',
          evidence: [`${VM} reports: the container exited with code 3`, 'Error: no DATABASE_URL'],
        },
      ])
    })

    it('counts the VMs that say so with it, and does not add up words of different VMs', () => {
      const names = ['a', 'b', 'c']
      const saying = (...failing: readonly string[]): Situation => ({
        group: { isStable: false },
        vms: names.map((name) => aVm({ name })),
        reports: Object.fromEntries(failing.map((name) => [name, { phase: 'failed' }])),
      })
      const changing = [saying('a'), saying('b'), saying('c'), saying('a')]
      expect(kinds(verdicts(changing))).toEqual(changing.map(() => 'wait'))
      const [, last] = verdicts([saying(...names), saying(...names)])
      expect(JSON.stringify(last)).toContain('and 2 more VMs report that they failed')
    })

    it.each<[string, Situation]>([
      ['a VM of the release before', { ...failed, vms: [aVm({ versionName: BEFORE })] }],
      ['a VM that stops', { ...failed, vms: [aVm({ instanceStatus: 'STOPPING' })] }],
      ['a VM that is deleted', { ...failed, vms: [aVm({ currentAction: 'DELETING' })] }],
      [
        'a report about the release before',
        { ...failed, reports: { [VM]: { phase: 'failed', release: BEFORE, image: 'other' } } },
      ],
    ])('takes no notice of %s', (_, situation) => {
      expect(kinds(verdicts([situation, situation, situation]))).toEqual(['wait', 'wait', 'wait'])
    })

    it('takes no notice of one whose container fails because the VM is about to be preempted', () => {
      const preempted = vm({ instanceStatus: 'STOPPING' })
      expect(kinds(verdicts([failed, preempted, failed, preempted]))).not.toContain('failed')
    })

    it('has a reason even when the VM gives none', () => {
      const silent = { ...failed, reports: { [VM]: { phase: 'failed' } } }
      expect(verdicts([silent, silent])[1]).toMatchObject({
        kind: 'failed',
        reason: expect.stringMatching(/./),
      })
    })
  })

  describe('when somebody else moves the group', () => {
    const moved: Situation = {
      group: { versions: [{ name: BEFORE, instanceTemplate: 't' }], isStable: false },
    }

    it('ends soon, and says to what', () => {
      const seen = verdicts([good, moved, moved, moved])
      expect(kinds(seen)).toEqual(['wait', 'wait', 'wait', 'superseded'])
      expect(seen.at(-1)).toMatchObject({ reason: expect.stringContaining(BEFORE) })
    })

    it('goes on when the group comes back to the release', () => {
      expect(kinds(verdicts([moved, moved, good, moved, moved, good, good]))).not.toContain(
        'superseded'
      )
    })
  })

  describe('the deadline for progress', () => {
    const stuck: Situation = vm({
      currentAction: 'CREATING',
      instanceStatus: '',
      lastErrors: [anError('ZONE_RESOURCE_POOL_EXHAUSTED', 'no Spot VMs left')],
    })

    it('ends a rollout that does not move, with what each VM last said', () => {
      const all = verdicts(Array.from({ length: 61 }, () => stuck))
      expect(kinds(all.slice(0, 60))).toEqual(Array.from({ length: 60 }, () => 'wait'))
      const last = all.at(-1)
      expect(last).toMatchObject({ kind: 'failed', cause: 'capacity' })
      expect(JSON.stringify(last)).toContain('no Spot VMs left')
    })

    it('begins again with each VM that becomes ready', () => {
      const names = ['a', 'b', 'c']
      const ready = (count: number): Situation => ({
        group: { isStable: false },
        vms: names.map((name, index) =>
          aVm({ name, currentAction: index < count ? 'NONE' : 'CREATING' })
        ),
      })
      const policy = { ...POLICY, progressDeadlineMs: 100 }
      expect(kinds(verdicts([0, 1, 2, 3].map(ready), { everyMs: 99, policy }))).toEqual([
        'wait',
        'wait',
        'wait',
        'wait',
      ])
    })

    it('does not begin again with a VM that flaps', () => {
      const flapping = [aVm(), aVm({ healthStates: ['UNHEALTHY'] })]
      const group = { isStable: false }
      const situations = Array.from(
        { length: 70 },
        (_, index): Situation => ({ group, vms: flapping.slice(index % 2, (index % 2) + 1) })
      )
      expect(kinds(verdicts(situations)).at(-1)).not.toBe('wait')
    })

    it('ends a rollout whose VM is recreated over and over, although each becomes ready for a moment', () => {
      const situations = Array.from(
        { length: 200 },
        (_, index): Situation => ({
          group: { isStable: false },
          vms: [
            aVm({
              id: `id ${Math.floor(index / 10)}`,
              currentAction: index % 10 === 9 ? 'RECREATING' : 'NONE',
            }),
          ],
        })
      )
      expect(kinds(verdicts(situations))).not.toEqual(situations.map(() => 'wait'))
    })

    it('gives a Spot VM that is lost while everything holds the whole time to come back', () => {
      const policy = { ...POLICY, minReadyMs: 900_000 }
      const lost = vm({ instanceStatus: 'TERMINATED', currentAction: 'RECREATING' })
      const situations = [...Array.from({ length: 80 }, () => good), lost]
      expect(kinds(verdicts(situations, { policy })).at(-1)).toBe('wait')
    })
  })
})
