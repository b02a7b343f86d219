import { describe, expect, it } from '@jest/globals'
import { renderPlanReport } from '../../../src/report/plan-comment.ts'
import type { PlanReport } from '../../../src/report/plan-report.ts'
import { anError, aPlan, aReport, aResource, COST } from './report.ts'

describe('a secret that the caller knows', () => {
  const secret = 'canary-a-secret'
  const keyFile = JSON.stringify({
    type: 'service_account',
    private_key: 'canary\nkey-of-the-file',
  })
  const attributes = (values: object): object => aPlan(aResource({ after: values }))

  it.each<readonly [where: string, overrides: Partial<PlanReport>]>([
    ['an attribute', { plan: attributes({ a: `x ${secret}` }) }],
    [
      'the key of a map',
      { plan: attributes({ a: { [secret]: 1, [`${secret} with a space`]: 2 } }) },
    ],
    ['a key file', { plan: attributes({ a: keyFile }) }],
    [
      'a part of a key file',
      { plan: attributes({ a: 'canary\nkey-of-the-file', b: 'key-of-the-file' }) },
    ],
    ['an address', { plan: aPlan(aResource({ after: {} }, { address: `a.b["${secret}"]` })) }],
    ['an import', { plan: aPlan(aResource({ actions: ['no-op'], importing: { id: secret } })) }],
    ['an output', { plan: { output_changes: { a: { actions: ['create'], after: [secret] } } } }],
    [
      'an error',
      { failure: { diagnostics: [anError(secret), { ...anError('x'), detail: `not ${secret}` }] } },
    ],
    [
      'a warning',
      { warnings: [{ ...anError(`no ${secret}`), severity: 'warning', file: `${secret}.tf` }] },
    ],
    [
      'a check',
      {
        plan: {
          checks: [
            {
              address: { to_display: 'check.a' },
              status: 'fail',
              instances: [{ problems: [{ message: secret }] }],
            },
          ],
        },
      },
    ],
    ['the cost', { plan: attributes({}), cost: { ...COST, unknown: [secret] } }],
  ])('is hidden in %s', (_, overrides) => {
    const report = aReport({ plan: attributes({ a: 1 }), ...overrides, secrets: [secret, keyFile] })
    const { comment, summary, log, headline } = renderPlanReport(report)
    for (const text of [comment, summary, log, headline]) {
      expect(text).not.toMatch(/canary|key-of-the-file/)
    }
    expect(comment).toContain('***')
  })

  it('is hidden whole where it is JSON, however plain its parts are', () => {
    const secret = JSON.stringify({ user: 'admin', pin: 1234 })
    const plan = aPlan(aResource({ before: { a: '{}' }, after: { a: secret, b: secret } }))
    const { log } = renderPlanReport(aReport({ plan, secrets: [secret] }))
    expect(log).not.toMatch(/admin|1234/)
  })
})
