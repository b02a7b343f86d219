import { describe, expect, it } from '@jest/globals'
import { digestPlan } from '../../../../src/terraform/review/changes.ts'
import { recordedJson } from '../recordings.ts'
import { aPlan, type Change } from './plans.ts'

const reviewedChanges = (json: unknown) => digestPlan(json).changes
const planHash = (json: unknown) => digestPlan(json).planHash

const only = (change: Change) => {
  const [first] = reviewedChanges(aPlan([change]))
  return first
}

describe('reviewedChanges', () => {
  it('reads what terraform really planned, by address', () => {
    const changes = reviewedChanges(recordedJson('plan.json'))
    expect(
      changes.map(({ action, address, isDestructive }) => [action, address, isDestructive])
    ).toEqual([
      ['update', 'terraform_data.changed', false],
      ['create', 'terraform_data.created', false],
      ['delete', 'terraform_data.gone', true],
      ['replace', 'terraform_data.replaced', true],
    ])
  })

  it.each<[string, Partial<Change>, string | undefined, boolean]>([
    ['nothing', { actions: ['no-op'] }, undefined, false],
    ['a data source that is read', { actions: ['read'], mode: 'data' }, undefined, false],
    ['a deletion', { actions: ['delete'] }, 'delete', true],
    ['a replacement, new first', { actions: ['create', 'delete'] }, 'replace', true],
    [
      'a replacement whose old object is forgotten',
      { actions: ['create', 'forget'] },
      'create',
      false,
    ],
    ['something that terraform forgets', { actions: ['forget'] }, 'forget', false],
    [
      'an instance template that is made anew',
      { type: 'google_compute_region_instance_template', actions: ['create', 'delete'] },
      'replace',
      false,
    ],
    [
      'an instance template that goes',
      { type: 'google_compute_region_instance_template', actions: ['delete'] },
      'delete',
      true,
    ],
    ['what an earlier replacement left', { actions: ['delete'], deposed: 'ab12' }, 'delete', false],
  ])('takes %s for what it is', (_, change, action, isDestructive) => {
    const found = only({ address: 'a.b', ...change })
    expect(found && { action: found.action, isDestructive: found.isDestructive }).toEqual(
      action && { action, isDestructive }
    )
  })
})

describe('planHash', () => {
  const update = (before: unknown, after: unknown, more: Partial<Change> = {}): unknown =>
    aPlan([{ address: 'a.b', actions: ['update'], before, after, ...more }])

  it('is the same for the same change, in whatever order it stands', () => {
    const one = { address: 'a.one', actions: ['create'], after: { x: 1, y: [1, 2] } }
    const two = { address: 'a.two', actions: ['create'], after: { y: [1, 2], x: 1 } }
    expect(planHash(aPlan([one, two]))).toBe(planHash(aPlan([two, one])))
  })

  it('does not see what an update leaves alone, such as a size that an autoscaler moved', () => {
    expect(planHash(update({ type: 'a', size: 1 }, { type: 'b', size: 1 }))).toBe(
      planHash(update({ type: 'a', size: 9 }, { type: 'b', size: 9 }))
    )
  })

  it.each<[string, unknown, unknown]>([
    ['another value', update({ x: 1 }, { x: 2 }), update({ x: 1 }, { x: 3 })],
    [
      'another attribute',
      update({ x: 1, y: 1 }, { x: 2, y: 1 }),
      update({ x: 1, y: 1 }, { x: 2, y: 2 }),
    ],
    [
      'an attribute that is not known yet',
      update({ x: 1 }, { x: 2 }),
      update({ x: 1 }, {}, { after_unknown: { x: true } }),
    ],
    [
      'an unknown item of a list',
      update({ x: [1] }, { x: [1, null] }, { after_unknown: { x: [false, true] } }),
      update({ x: [1] }, { x: [1, null] }, { after_unknown: { x: [true, false] } }),
    ],
    [
      'an output',
      aPlan([], { url: { actions: ['update'], after: 'one' } }),
      aPlan([], { url: { actions: ['update'], after: 'two' } }),
    ],
    ['no change at all', aPlan([]), update({ x: 1 }, { x: 2 })],
  ])('sees %s', (_, one, other) => {
    expect(planHash(one)).not.toBe(planHash(other))
  })

  it.each<[string, Partial<Change>]>([
    ['before', { before_sensitive: { x: true } }],
    ['after', { after_sensitive: { x: true } }],
    ['as a whole', { after_sensitive: true }],
  ])('tells nothing of a value that is sensitive %s', (_, marks) => {
    expect(planHash(update({ x: 'old' }, { x: 'hunter2' }, marks))).toBe(
      planHash(update({ x: 'other' }, { x: 'letmein' }, marks))
    )
  })

  it('is that of what terraform really planned, each time', () => {
    const again = JSON.parse(JSON.stringify(recordedJson('plan.json')))
    expect(planHash(again)).toBe(planHash(recordedJson('plan.json')))
    expect(planHash(again)).not.toBe(planHash(recordedJson('plan-without-changes.json')))
  })
})
