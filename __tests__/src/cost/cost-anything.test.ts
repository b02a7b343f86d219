import { describe, expect, it } from '@jest/globals'
import { estimateCost } from '../../../src/cost/report.ts'
import { randomFrom, seedOfRun } from '../release/random.ts'
import { recordedPlan } from './plans.ts'
import { PRICES } from './price-list.ts'

const seed = seedOfRun()

/** Values of other types, in any place: a provider or a terraform that we do not know. */
const ODD: readonly unknown[] = [null, 0, -1, 1e300, '', 'x', [], {}, [null], [[]], true]

function damaged(value: unknown, random: () => number, likelihood: number): unknown {
  if (random() < likelihood) return ODD[Math.floor(random() * ODD.length)]
  if (Array.isArray(value)) return value.map((item) => damaged(item, random, likelihood))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(() => random() >= likelihood / 2)
  return Object.fromEntries(entries.map(([key, item]) => [key, damaged(item, random, likelihood)]))
}

const isMoney = (usd: number | undefined): boolean => usd === undefined || Number.isFinite(usd)

describe(`estimateCost, of any plan (SEED=${seed})`, () => {
  it('always answers, with sums of its lines, the same every time', () => {
    const random = randomFrom(seed)
    const plans = [recordedPlan('autoscaled'), recordedPlan('larger')]
    for (let round = 0; round < 200; round++) {
      const plan = damaged(plans[round % 2], random, [0.002, 0.01, 0.05][round % 3] ?? 0)
      const report = estimateCost(plan, PRICES)
      expect(isMoney(report.monthlyUsd) && isMoney(report.differenceUsd)).toBe(true)
      const cents = report.parts.reduce((sum, { monthlyUsd }) => sum + monthlyUsd * 100, 0)
      expect(Math.round(cents)).toBe(Math.round((report.monthlyUsd ?? 0) * 100))
      expect(estimateCost(plan, PRICES)).toEqual(report)
    }
  })

  it.each([undefined, null, [], 'plan', {}, { planned_values: { root_module: [] } }])(
    'takes %p for a plan that leaves nothing behind',
    (plan) => {
      expect(estimateCost(plan, PRICES)).toMatchObject({ monthlyUsd: 0, differenceUsd: 0 })
    }
  )
})
