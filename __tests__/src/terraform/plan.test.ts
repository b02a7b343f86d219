import { describe, expect, it } from '@jest/globals'
import { outputValues, readPlan } from '../../../src/terraform/plan.ts'
import { recordedJson } from './recordings.ts'

describe('readPlan', () => {
  it("counts as terraform's own summary does (2 to add, 1 to change, 2 to destroy)", () => {
    expect(
      readPlan({
        path: 'p.tfplan',
        hasChanges: true,
        json: recordedJson('plan.json'),
        warnings: [],
      })
    ).toEqual({
      path: 'p.tfplan',
      json: recordedJson('plan.json'),
      hasChanges: true,
      warnings: [],
      counts: { add: 2, change: 1, destroy: 2 },
      createdTypes: new Set(['terraform_data']),
      outputs: { group_name: 'mervis', port: 8080, base_template_name: undefined },
    })
  })

  it('counts nothing and knows every output when there is nothing to do', () => {
    const { counts, createdTypes, outputs } = readPlan({
      path: 'p',
      hasChanges: false,
      json: recordedJson('plan-without-changes.json'),
      warnings: [],
    })
    expect({ counts, createdTypes: [...createdTypes] }).toEqual({
      counts: { add: 0, change: 0, destroy: 0 },
      createdTypes: [],
    })
    expect(outputs).toEqual({
      group_name: 'mervis',
      port: 8080,
      base_template_name: expect.stringMatching(/^[0-9a-f-]{36}$/),
    })
  })

  it.each([
    [['no-op'], { add: 0, change: 0, destroy: 0 }],
    [['read'], { add: 0, change: 0, destroy: 0 }],
    [['create'], { add: 1, change: 0, destroy: 0 }],
    [['update'], { add: 0, change: 1, destroy: 0 }],
    [['delete'], { add: 0, change: 0, destroy: 1 }],
    [['delete', 'create'], { add: 1, change: 0, destroy: 1 }],
    [['create', 'delete'], { add: 1, change: 0, destroy: 1 }],
    [['forget'], { add: 0, change: 0, destroy: 0 }],
    [['create', 'forget'], { add: 1, change: 0, destroy: 0 }],
  ])('counts %j', (actions, counts) => {
    const plan = readPlan({
      path: 'p',
      hasChanges: true,
      json: { resource_changes: [{ type: 'a', change: { actions } }] },
      warnings: [],
    })
    expect(plan.counts).toEqual(counts)
    expect([...plan.createdTypes]).toEqual(actions.includes('create') ? ['a'] : [])
  })

  it.each([[undefined], [{}], [{ resource_changes: [null] }]])(
    'reads %j as a plan without resources',
    (json) => {
      expect(readPlan({ path: 'p', hasChanges: true, json: json, warnings: [] })).toMatchObject({
        hasChanges: true,
        counts: { add: 0, change: 0, destroy: 0 },
        outputs: {},
      })
    }
  )
})

describe('outputValues', () => {
  it('gives the plain values, also sensitive and null ones', () => {
    const outputs = {
      a: { value: 1, type: 'number' },
      b: { value: 'x', sensitive: true },
      c: { value: null },
    }
    expect(outputValues(outputs)).toEqual({ a: 1, b: 'x', c: null })
  })
})
