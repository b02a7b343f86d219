import { describe, expect, it } from '@jest/globals'
import {
  adaptCondition,
  judgeCondition,
} from '../../../../../src/commands/doctor/identity/condition.ts'

const CLAIMS = {
  sub: 'repo:o/r:ref:refs/heads/main',
  repository: 'o/r',
  repository_id: '817263544',
  repository_owner_id: '42',
  ref: 'refs/heads/main',
  event_name: 'push',
}

describe('judgeCondition', () => {
  it.each([
    [''],
    ["assertion.repository_id == '817263544'"],
    ['assertion.repository_id=="817263544"'],
    ["assertion['repository_id'] == '817263544'"],
    ["'817263544' == assertion.repository_id"],
    ["assertion.repository_id == '817263544' && assertion.repository_owner_id == '42'"],
    ["assertion.repository_id == '1' || assertion.repository_owner_id == '42'"],
    [
      "(assertion.ref == 'refs/heads/main' || assertion.ref == 'x') && assertion.event_name != 'pull_request'",
    ],
    ["assertion.event_name in ['push', 'workflow_dispatch']"],
    [
      "assertion.ref.startsWith('refs/heads/') && assertion.sub.contains('ref') && assertion.repository.endsWith('/r')",
    ],
    ['has(assertion.ref) && !has(assertion.environment)'],
    ["!(assertion.ref == 'refs/heads/other')"],
    // An error on one side of || does no harm where the other side holds.
    ["assertion.environment == 'production' || assertion.ref == 'refs/heads/main'"],
  ])('admits by %s', (condition) => {
    expect(judgeCondition(condition, CLAIMS)).toEqual({ isMet: true, differences: [] })
  })

  it.each([
    [
      "assertion.repository_id == '5'",
      [{ claim: 'repository_id', has: '817263544', wanted: { value: '5' } }],
    ],
    [
      "assertion.repository_id == '5' && assertion.ref == 'refs/heads/main' && assertion.repository == 'O/R'",
      [
        { claim: 'repository_id', wanted: { value: '5' } },
        { claim: 'repository', has: 'o/r', wanted: { value: 'O/R' } },
      ],
    ],
    [
      "assertion.environment == 'production'",
      [{ claim: 'environment', has: undefined, wanted: { value: 'production' } }],
    ],
    ["assertion.environment != 'production'", [{ claim: 'environment', has: undefined }]],
    [
      "assertion.event_name in ['workflow_dispatch', 'schedule']",
      [
        {
          claim: 'event_name',
          has: 'push',
          text: "assertion.event_name in ['workflow_dispatch', 'schedule']",
        },
      ],
    ],
    [
      "assertion.ref == 'a' || assertion.ref == 'b'",
      [{ wanted: { value: 'a' } }, { wanted: { value: 'b' } }],
    ],
    [
      "assertion.ref.startsWith('refs/tags/')",
      [{ claim: 'ref', text: "assertion.ref.startsWith('refs/tags/')" }],
    ],
    ['has(assertion.environment)', [{ claim: 'environment', has: undefined }]],
    ["!(assertion.ref == 'refs/heads/main')", [{ text: "!(assertion.ref == 'refs/heads/main')" }]],
  ])('says what %s fails on', (condition, differences) => {
    const judgement = judgeCondition(condition, CLAIMS)
    expect(judgement.isMet).toBe(false)
    expect(judgement.differences).toMatchObject(differences)
    expect(judgement.differences).toHaveLength(differences.length)
  })

  it.each([
    ["assertion.repository.matches('^o/') "],
    ["assertion.ref == 'x' ? true : false"],
    ["google.subject == 'x'"],
    ["assertion.ref == 'x"],
    ['assertion.ref == '],
    ["assertion.ref == 'a' 'b'"],
    ["attribute.environment == 'x'"],
    ['§'],
    ["assertion.ref in {'a': 1}"],
  ])('says nothing of %s, which it does not understand', (condition) => {
    expect(judgeCondition(condition, CLAIMS)).toEqual({ isMet: undefined, differences: [] })
  })
})

describe('adaptCondition', () => {
  it.each([
    [
      "assertion.repository_owner_id == '42' && assertion.repository_id == '5'",
      "assertion.repository_owner_id == '42' && assertion.repository_id == '817263544'",
    ],
    [
      'assertion.repository_id == "5" && assertion.ref == "refs/tags/v1"',
      "assertion.repository_id == '817263544' && assertion.ref == 'refs/heads/main'",
    ],
    // A claim that is not there cannot be wanted.
    ["assertion.environment == 'production'", "assertion.environment == 'production'"],
    ["assertion.ref in ['a']", "assertion.ref in ['a']"],
  ])('lets the job in: %s', (condition, adapted) => {
    const { differences } = judgeCondition(condition, CLAIMS)
    expect(adaptCondition(condition, differences)).toBe(adapted)
  })

  it('lets no claim break out of its literal', () => {
    const claims = { ref: "x' || true || '" }
    const condition = "assertion.ref == 'a'"
    const { differences } = judgeCondition(condition, claims)
    const adapted = adaptCondition(condition, differences)
    expect(adapted).toBe("assertion.ref == 'x\\' || true || \\''")
    expect(judgeCondition(adapted, { ref: 'y' }).isMet).toBe(false)
  })
})
