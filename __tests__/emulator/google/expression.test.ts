import { describe, expect, it } from '@jest/globals'
import { evaluateExpression, parseExpression } from '../../../emulator/google/expression.ts'

const SCOPE = {
  assertion: { repository_id: '7', ref: 'refs/heads/main', event_name: 'push', tags: ['a', 'b'] },
  api: { 'iam.googleapis.com/modifiedGrantsByRole': ['roles/viewer'] },
}

describe('evaluateExpression', () => {
  it.each([
    ['assertion.ref', 'refs/heads/main'],
    ["assertion.repository_id + ':' + assertion.ref", '7:refs/heads/main'],
    ["assertion.ref == 'refs/heads/main'", true],
    ['assertion.ref != "refs/heads/main"', false],
    ["assertion.repository_id == '7' && assertion.event_name == 'pull_request'", false],
    ["assertion.repository_id == '8' || assertion.event_name == 'push'", true],
    ["!(assertion.repository_id == '8')", true],
    ["assertion.event_name in ['push', 'schedule']", true],
    ['assertion.event_name in []', false],
    ["'a' in assertion.tags", true],
    ["assertion.ref.startsWith('refs/heads/')", true],
    ["assertion.ref.endsWith('/main') && assertion.ref.contains('heads')", true],
    ["assertion.ref == 'refs/heads/main' ? 'yes' : 'no'", 'yes'],
    ["has(assertion.environment) && assertion.environment == 'x' ? 'yes' : 'no'", 'no'],
    ['true || false && false', true],
    [
      "api.getAttribute('iam.googleapis.com/modifiedGrantsByRole', []).hasOnly(['roles/viewer'])",
      true,
    ],
    [
      "api.getAttribute('iam.googleapis.com/modifiedGrantsByRole', []).hasOnly(['roles/owner'])",
      false,
    ],
    ["api.getAttribute('another', []).hasOnly(['roles/owner'])", true],
    ["assertion.ref.extract('refs/{kind}/main')", 'heads'],
    ["assertion.ref.extract('/heads/{branch}') == 'main'", true],
    ["assertion.ref.extract('/tags/{tag}')", ''],
    ["assertion.ref.extract('/heads/{branch}/more')", ''],
  ])('reads %s', (source, value) => {
    expect(evaluateExpression(source, SCOPE)).toBe(value)
  })

  it.each([
    ['a claim that is not there', "assertion.environment == 'x'"],
    ['the claims of a prototype', 'assertion.constructor'],
    ['a text as a truth value', "assertion.ref ? 'a' : 'b'"],
    ['a number in a sum', "'a' + 1"],
    ['a method it does not know', "assertion.ref.matches('.*')"],
    ['an extract of nothing', "assertion.ref.extract('refs')"],
    ['half an expression', 'assertion.ref =='],
    ['two of them', 'assertion.ref assertion.ref'],
    ['an open bracket', "(assertion.ref == 'x'"],
    ['an open quote', "assertion.ref == 'x"],
    ['characters of no language', 'assertion.ref ≠ 1'],
    ['nothing', ''],
  ])('gives nothing for %s', (_, source) => {
    expect(evaluateExpression(source, SCOPE)).toBeUndefined()
  })
})

describe('parseExpression', () => {
  it('refuses what it does not understand', () => {
    expect(() => parseExpression("assertion.ref.matches('.*')")).toThrow(/Invalid expression/)
  })
})
