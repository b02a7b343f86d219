import { describe, expect, it } from '@jest/globals'
import {
  type LabelPolicy,
  planAnnotations,
  planLabels,
} from '../../../emulator/provider/plan/labels.ts'
import { UNKNOWN, type Value } from '../../../emulator/provider/wire/values.ts'

const NONE: LabelPolicy = { defaultLabels: {}, attribution: 'none' }
const TEAM: LabelPolicy = { defaultLabels: { team: 'blue' }, attribution: 'creation' }
const MARK = { 'goog-terraform-provisioned': 'true' }

function plan(
  labels: Value,
  prior: Record<string, Value> | undefined,
  policy: LabelPolicy
): unknown {
  const planned = planLabels(
    { labels, terraform_labels: UNKNOWN, effective_labels: UNKNOWN },
    prior,
    policy
  )
  return [planned['terraform_labels'], planned['effective_labels']]
}

describe('planLabels', () => {
  it.each<[string, Value, Record<string, Value> | undefined, LabelPolicy, unknown, unknown]>([
    ['nothing', null, undefined, NONE, {}, {}],
    [
      'defaults and the mark on creation',
      null,
      undefined,
      TEAM,
      { team: 'blue', ...MARK },
      { team: 'blue', ...MARK },
    ],
    [
      'own labels over defaults',
      { team: 'red' },
      undefined,
      { ...TEAM, attribution: 'none' },
      { team: 'red' },
      { team: 'red' },
    ],
    [
      'no mark on what exists without it',
      null,
      { effective_labels: {} },
      TEAM,
      { team: 'blue' },
      { team: 'blue' },
    ],
    [
      'the mark where it is',
      null,
      { effective_labels: MARK },
      TEAM,
      { team: 'blue', ...MARK },
      { team: 'blue', ...MARK },
    ],
    [
      'the mark everywhere',
      null,
      { effective_labels: {} },
      { defaultLabels: {}, attribution: 'proactive' },
      MARK,
      MARK,
    ],
    [
      "others' labels, kept",
      { a: '1' },
      { terraform_labels: { a: '0' }, effective_labels: { a: '0', theirs: 'x' } },
      NONE,
      { a: '1' },
      { a: '1', theirs: 'x' },
    ],
    [
      'a label taken out',
      {},
      { terraform_labels: { a: '0' }, effective_labels: { a: '0' } },
      NONE,
      {},
      {},
    ],
    ['labels not known yet', { a: UNKNOWN }, undefined, NONE, UNKNOWN, UNKNOWN],
  ])('plans %s', (_, labels, prior, policy, terraform, effective) => {
    expect(plan(labels, prior, policy)).toEqual([terraform, effective])
  })

  it('leaves alone what has no labels', () => {
    expect(planLabels({ name: 'x' }, undefined, TEAM)).toEqual({ name: 'x' })
  })
})

describe('planAnnotations', () => {
  it("drops what was taken out and keeps others'", () => {
    const planned = { annotations: { a: '1' }, effective_annotations: UNKNOWN }
    const prior = { annotations: { b: '1' }, effective_annotations: { b: '1', theirs: 'x' } }
    expect(planAnnotations(planned, prior)['effective_annotations']).toEqual({
      a: '1',
      theirs: 'x',
    })
  })
})
