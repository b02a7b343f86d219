import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { renderPlanReport } from '../../../src/report/plan-comment.ts'
import type { PlanReport } from '../../../src/report/plan-report.ts'
import { GOLDEN, goldenPath, reportOf } from './golden.ts'
import { anError, aPlan, aReport, aResource, COST } from './report.ts'
import { readStructure } from './structure.ts'

const ROLLOUT = {
  willRoll: true,
  because: ['new image'],
  group: 'mervis',
  vms: 2,
  strategy: 'surge',
  steps: 1,
  running: '0123456789ab',
} as const
const CREATE = aResource({ after: { size: 1 } })

const headlineOf = (overrides: Partial<PlanReport>): string =>
  renderPlanReport(aReport(overrides)).headline

describe('secrets in the build context', () => {
  const findings = [
    { place: 'app/`odd`\n.py:3', what: 'Google API key (google-api-key)' },
    { place: '.env', what: 'Environment file (environment-file)' },
  ]

  it('come first where the deploy refuses them, and are named', () => {
    const { comment, headline, log } = renderPlanReport(
      aReport({ plan: aPlan(CREATE), rollout: ROLLOUT, leaks: { isRefused: true, findings } })
    )
    expect(headline).toMatch(
      /^the build context holds 2 secrets, the deploy will refuse it · 1 to add/
    )
    expect(comment).toContain('> A merge would not deploy')
    expect(comment).not.toMatch(/On merge|VMs roll/)
    expect(comment).toContain('- ``app/`odd`\\n.py:3`` Google API key (google-api-key)\n')
    expect(log).toContain('.env  Environment file (environment-file)')
  })

  it('are told when planning failed, too', () => {
    const failure = { diagnostics: [anError('no')] }
    const { comment } = renderPlanReport(aReport({ failure, leaks: { isRefused: true, findings } }))
    expect(comment).toContain('Secrets in the build context (2)')
  })

  it('stop nothing where they are only warned about', () => {
    const { comment, headline } = renderPlanReport(
      aReport({ leaks: { isRefused: false, findings } })
    )
    expect(headline).toBe('the build context holds 2 secrets · no changes')
    expect(comment).not.toContain('CAUTION')
  })

  it('are no news where there are none', () => {
    const { comment } = renderPlanReport(aReport({ leaks: { isRefused: true, findings: [] } }))
    expect(comment).toBe(renderPlanReport(aReport()).comment)
  })
})

describe('the headline', () => {
  it.each<readonly [what: string, overrides: Partial<PlanReport>, headline: string]>([
    [
      'answers in one line',
      { plan: aPlan(CREATE), cost: COST, rollout: ROLLOUT },
      '1 to add, 0 to change, 0 to destroy · nothing is replaced · about 5.65 USD a month, +0.00 · VMs roll on merge: yes, new image',
    ],
    [
      'counts a replacement twice, as terraform does',
      { plan: aPlan(aResource({ actions: ['delete', 'create'], before: {}, after: {} })) },
      '1 to add, 0 to change, 1 to destroy · 1 is replaced',
    ],
    [
      'tells what only the state will notice',
      {
        plan: aPlan(
          aResource({ actions: ['no-op'] }, { previous_address: 'a.b' }),
          aResource({ actions: ['forget'], before: {} })
        ),
      },
      '0 to add, 0 to change, 0 to destroy · nothing is replaced · 1 to move, 1 to forget',
    ],
    [
      'is quiet without changes',
      { rollout: { ...ROLLOUT, willRoll: false, because: [] } },
      'no changes · VMs roll on merge: no',
    ],
    [
      'does not guess the cost',
      { cost: { ...COST, monthlyUsd: undefined, differenceUsd: undefined, unreadable: 'x' } },
      'no changes · cost not known',
    ],
    [
      'says when the sum lacks something',
      { cost: { ...COST, isPartial: true, differenceUsd: -1234.5, monthlyUsdAtMost: 11.3 } },
      'no changes · at least 5.65 to 11.30 USD a month, −1,234.50',
    ],
    [
      'counts errors',
      {
        plan: undefined,
        failure: { diagnostics: [anError('x'), anError('y')] },
        cost: COST,
        rollout: ROLLOUT,
      },
      'planning failed with 2 errors',
    ],
    ['tells of a plan that broke off', { plan: { errored: true } }, 'planning failed'],
  ])('%s', (_, overrides, headline) => {
    expect(headlineOf(overrides)).toBe(headline)
  })
})

describe('the comment', () => {
  it('is one line when nothing changes', () => {
    const { comment } = renderPlanReport(aReport({ cost: COST }))
    expect(comment).toBe(
      '<!-- deploy-spot-mig:plan mervis {"v":1} -->\n\n`mervis`: no changes · about 5.65 USD a month, +0.00. <sub>`a5c3785ed8d6` · [run](https://github.example.com/o/r/actions/runs/1) · terraform `1.11.4` · plan `3f2a9c0d11e2`</sub>\n'
    )
  })

  it('shows errors whole, and no plan beside them', () => {
    const failure = {
      diagnostics: [
        anError('Invalid `value`'),
        { ...anError('Old'), severity: 'warning' as const },
      ],
    }
    const { comment } = renderPlanReport(
      aReport({ plan: { ...aPlan(CREATE), errored: true }, failure })
    )
    expect(comment).toContain(
      '#### Errors (1)\n\n`` Invalid `value` `` · `a.b` · `main.tf:3`\n\n````text\nIt does not work.\n```\n@octocat\n````'
    )
    expect(comment).toContain('#### Warnings (1)\n\n`Old`')
    expect(comment).not.toContain('google_thing.main')
  })

  it('says why there are no prices', () => {
    const cost = {
      ...COST,
      monthlyUsd: undefined,
      differenceUsd: undefined,
      parts: [],
      unknown: [],
      unreadable: 'The price list could not be read: 403.',
    }
    expect(renderPlanReport(aReport({ plan: aPlan(CREATE), cost })).comment).toContain(
      '\nCost: `The price list could not be read: 403.`\n'
    )
  })

  it.each([
    ['surge', 'in 1 step, new before old'],
    ['recreate', 'in 1 step, old before new'],
  ] as const)('says how the VMs roll: %s', (strategy, words) => {
    const { comment } = renderPlanReport(aReport({ rollout: { ...ROLLOUT, strategy } }))
    expect(comment.trim().split('\n')).toHaveLength(3)
    expect(comment).toContain(
      `On merge, 2 VMs of \`mervis\` will be replaced ${words}. Live now: release \`0123456789ab\`.`
    )
  })

  it('knows a first release, and a group without VMs', () => {
    const commentOf = (overrides: object): string =>
      renderPlanReport(aReport({ rollout: { ...ROLLOUT, ...overrides } })).comment
    expect(commentOf({ running: undefined })).toContain(
      'On merge, the first release starts on 2 VMs of `mervis`.'
    )
    expect(commentOf({ vms: 0, steps: 0 })).not.toContain('On merge')
  })

  it('pings nobody by the reasons it was given', () => {
    const rollout = { ...ROLLOUT, because: ['@octocat changed #12'] }
    const { comment } = renderPlanReport(aReport({ rollout }))
    expect(readStructure(comment).prose).not.toMatch(/@|#/)
  })

  it('folds drift that has no consequence, and is silent about it when there is nothing to do', () => {
    const drift = [
      aResource({ before: { a: 1 }, after: { a: 2 } }, { address: 'google_thing.drifted' }),
    ]
    const plan = { ...aPlan(CREATE), resource_drift: drift }
    expect(renderPlanReport(aReport({ plan })).comment).toContain(
      '<details><summary>Changed outside of terraform, which is nothing to this plan (1)</summary>'
    )
    expect(renderPlanReport(aReport({ plan: { resource_drift: drift } })).comment).not.toContain(
      'drifted'
    )
  })

  it('never begins a line of the log with what the runner would obey', () => {
    const { log } = renderPlanReport(
      aReport({ plan: aPlan(aResource({ after: { a: '::error::x\n::stop' } })) })
    )
    expect(log).not.toMatch(/^::/m)
  })
})

describe('a plan that is too long', () => {
  const many = (count: number, change: object): readonly object[] =>
    Array.from({ length: count }, (_, index) =>
      aResource(
        { ...change },
        { address: `google_thing.${JSON.stringify(change).length}_${index}` }
      )
    )
  const long = { id: 'x', note: 'y'.repeat(300) }
  const creates = many(400, { after: long })
  const updates = many(200, { before: long, after: { ...long, note: 'z' } })
  const deletes = many(40, { before: { id: 'x', note: 'gone' } })

  it('loses creations first, deletions never, and says so', () => {
    const { comment, summary } = renderPlanReport(
      aReport({ plan: aPlan(...creates, ...updates, ...deletes) })
    )
    const shown = (text: string): number => text.match(/note = "gone"/g)?.length ?? 0
    expect(comment.length).toBeLessThanOrEqual(65_536)
    expect(comment.length).toBeGreaterThan(55_000)
    expect(shown(comment)).toBe(40)
    expect(comment).toContain('> Too long to be shown whole. Left out, the least important first: ')
    expect(comment).toContain(
      'All of it is in the [job summary](https://github.example.com/o/r/actions/runs/1).'
    )
    expect(comment.match(/note = "z"/g)?.length).toBeGreaterThan(20)
    expect(summary).not.toContain('Too long')
    expect(summary.match(/<details/g)).toHaveLength(640)
  })

  it('has everything in the log', () => {
    const { comment, summary, log } = renderPlanReport(
      aReport({ plan: aPlan(...many(8000, { before: { id: 'x', note: 'y'.repeat(200) } })) })
    )
    expect(comment.length).toBeLessThanOrEqual(65_536)
    expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(1_048_576)
    expect(comment).toMatch(/^- … and [567],\d{3} more$/m)
    expect(summary).toContain('All of it is in the [log of the run]')
    expect(log.match(/^- google_thing/gm)).toHaveLength(8000)
    expect(log.match(/y{200}/g)).toHaveLength(8000)
  })

  it('cuts a text that is too long by itself', () => {
    const plan = aPlan(aResource({ before: { a: 'x' }, after: { a: '😀'.repeat(60_000) } }))
    const { comment, log } = renderPlanReport(aReport({ plan }))
    expect(comment.length).toBeLessThan(65_536)
    expect(comment).toMatch(/😀… \(119,\d{3} more characters\)/u)
    expect(comment.isWellFormed()).toBe(true)
    expect(log).toContain('😀'.repeat(60_000))
  })

  it('takes no longer per change when there are many', () => {
    const plan = (count: number): object =>
      aPlan(...many(count, { before: long, after: { ...long, note: 'z' } }))
    const secondsFor = (count: number): number => {
      const before = process.cpuUsage().user
      renderPlanReport(aReport({ plan: plan(count) }))
      return (process.cpuUsage().user - before) / 1e6
    }
    secondsFor(2000)
    expect(secondsFor(20_000)).toBeLessThan(30 * Math.max(secondsFor(2000), 0.05))
  })
})

describe('what real terraform plans', () => {
  it.each(GOLDEN)('looks as it was when somebody looked at it: %s', (name) => {
    const { comment } = renderPlanReport(reportOf(name))
    expect(comment).toBe(readFileSync(goldenPath(name), 'utf8'))
  })

  it.each(GOLDEN)('is sound Markdown: %s', (name) => {
    expect(readStructure(renderPlanReport(reportOf(name)).comment).faults).toEqual([])
  })

  it('never shows a secret of a fixture', () => {
    const { comment, summary, log } = renderPlanReport(reportOf('secrets'))
    for (const text of [comment, summary, log]) expect(text).not.toMatch(/canary|Y2FuYXJ5/)
  })
})
