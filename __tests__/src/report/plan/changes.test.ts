import { describe, expect, it } from '@jest/globals'
import { planChanges } from '../../../../src/report/plan/changes.ts'
import { aPlan, aResource, readFixture } from '../report.ts'

const NONE = {
  add: 0,
  change: 0,
  destroy: 0,
  replace: 0,
  import: 0,
  move: 0,
  forget: 0,
  read: 0,
  output: 0,
}

describe('planChanges', () => {
  it.each<
    readonly [
      actions: readonly string[],
      kind: string,
      counts: object,
      destructive: readonly object[],
    ]
  >([
    [['create'], 'create', { add: 1 }, []],
    [['read'], 'read', { read: 1 }, []],
    [['update'], 'update', { change: 1 }, []],
    [['delete'], 'delete', { destroy: 1 }, [{ address: 'google_thing.main', action: 'delete' }]],
    [
      ['delete', 'create'],
      'replace',
      { add: 1, destroy: 1, replace: 1 },
      [{ address: 'google_thing.main', action: 'replace' }],
    ],
    [
      ['create', 'delete'],
      'replace',
      { add: 1, destroy: 1, replace: 1 },
      [{ address: 'google_thing.main', action: 'replace' }],
    ],
    [['forget'], 'forget', { forget: 1 }, []],
    [['create', 'forget'], 'create', { add: 1, forget: 1 }, []],
    [['explode'], 'other', {}, []],
    [
      ['explode', 'delete'],
      'other',
      { destroy: 1 },
      [{ address: 'google_thing.main', action: 'delete' }],
    ],
  ])('reads %j', (actions, kind, counts, destructive) => {
    const changes = planChanges(aPlan(aResource({ actions, before: {}, after: {} })))
    expect(changes.resources.map((change) => change.kind)).toEqual([kind])
    expect(changes.counts).toEqual({ ...NONE, ...counts })
    expect(changes.destructive).toEqual(destructive)
    expect(changes.hasDestructiveChanges).toBe(destructive.length > 0)
    expect(changes.hasChanges).toBe(kind !== 'read')
  })

  it.each<readonly [what: string, plan: unknown]>([
    ['no plan', undefined],
    ['a list', []],
    ['nothing', {}],
    ['a resource that stays', aPlan(aResource({ actions: ['no-op'] }))],
    ['an output that stays', { output_changes: { a: { actions: ['no-op'] } } }],
    [
      'wrong shapes',
      {
        resource_changes: {},
        resource_drift: 1,
        output_changes: [],
        checks: 'x',
        relevant_attributes: null,
      },
    ],
  ])('finds no change in %s', (_, plan) => {
    expect(planChanges(plan)).toMatchObject({ hasChanges: false, counts: NONE, destructive: [] })
  })

  it('reads moves and imports, which terraform calls "no-op"', () => {
    const move = aResource({ actions: ['no-op'] }, { previous_address: 'google_thing.old' })
    const changes = planChanges(
      aPlan(move, aResource({ actions: ['no-op'], importing: { identity: { zone: 'b' } } }))
    )
    expect(changes).toMatchObject({ hasChanges: true, counts: { ...NONE, import: 1, move: 1 } })
    expect(changes.resources).toMatchObject([
      { previousAddress: 'google_thing.old' },
      { importing: '{"zone":"b"}' },
    ])
  })

  it('counts as terraform does', () => {
    expect(planChanges(readFixture('kinds')).counts).toEqual({
      ...NONE,
      add: 6,
      destroy: 7,
      replace: 4,
      import: 1,
      move: 1,
      forget: 1,
    })
    expect(planChanges(readFixture('outputs-only'))).toMatchObject({
      hasChanges: true,
      counts: { ...NONE, output: 1 },
    })
    expect(planChanges(readFixture('nothing'))).toMatchObject({ hasChanges: false, counts: NONE })
    expect(planChanges(readFixture('errored'))).toMatchObject({ isErrored: true })
  })

  it('tells drift that the plan depends on, or changes back, from drift that it does not', () => {
    const drift = (address: string): object =>
      aResource({ before: { a: 1 }, after: { a: 2 } }, { address })
    const changes = planChanges({
      resource_drift: [
        drift('a.b["x"]'),
        drift('a.c'),
        drift('a.d[0]'),
        drift('a.dd'),
        drift('a.e'),
      ],
      resource_changes: [drift('a.e'), aResource({ actions: ['no-op'] }, { address: 'a.c' })],
      relevant_attributes: [{ resource: 'a.b' }, { resource: 'a.d[0]' }],
    })
    expect(changes.relevantDrift.map(({ address }) => address)).toEqual([
      'a.b["x"]',
      'a.d[0]',
      'a.e',
    ])
    expect(changes.otherDrift.map(({ address }) => address)).toEqual(['a.c', 'a.dd'])
  })

  it('takes what a rollout does to its group for no drift, and anything else for some', () => {
    const group = { type: 'google_compute_region_instance_group_manager' }
    const before = { name: 'web', fingerprint: 'a', version: [{ name: 'one' }], target_size: 1 }
    const rolled = { ...before, fingerprint: 'b', version: [{ name: 'two' }] }
    const driftTo = (after: unknown, of = group): number =>
      planChanges({ resource_drift: [aResource({ before, after }, { address: 'a.b', ...of })] })
        .otherDrift.length
    expect(driftTo(rolled)).toBe(0)
    expect(driftTo({ ...rolled, target_size: 3 })).toBe(1)
    expect(driftTo(rolled, { type: 'google_compute_instance' })).toBe(1)
  })

  it('takes an instance template made anew for no loss', () => {
    const template = { type: 'google_compute_region_instance_template', address: 'a.base' }
    const replaced = (of: object): unknown =>
      planChanges({ resource_changes: [aResource({ actions: ['create', 'delete'] }, of)] })
        .hasDestructiveChanges
    expect(replaced(template)).toBe(false)
    expect(replaced({ address: 'a.disk' })).toBe(true)
  })

  it('reads what is deferred, invoked, and checked', () => {
    expect(
      planChanges({
        deferred_changes: [
          { reason: 'instance_count_unknown', resource_change: { address: 'a.b' } },
        ],
        action_invocations: [{ address: 'action.x.y' }],
        checks: [
          {
            address: { to_display: 'check.a' },
            status: 'new',
            instances: [{ problems: [{ message: 'm' }] }],
          },
        ],
      })
    ).toMatchObject({
      hasChanges: true,
      deferred: [{ address: 'a.b', reason: 'instance_count_unknown' }],
      invocations: ['action.x.y'],
      checks: [{ name: 'check.a', status: 'unknown', problems: ['m'] }],
    })
  })
})
