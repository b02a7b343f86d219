import type { CostReport } from '../../cost/report.ts'
import { grouped } from '../markdown.ts'

/** `about 5.65 USD a month, +0.00`. */
export function renderCostLine(cost: CostReport): string {
  if (cost.monthlyUsd === undefined) return 'cost not known'
  const most = cost.monthlyUsdAtMost
  const amount =
    most === undefined
      ? renderUsd(cost.monthlyUsd)
      : `${renderUsd(cost.monthlyUsd)} to ${renderUsd(most)}`
  const difference =
    cost.differenceUsd === undefined ? '' : `, ${renderDifference(cost.differenceUsd)}`
  return `${cost.isPartial ? 'at least' : 'about'} ${amount} USD a month${difference}`
}

/** What the sum is made of, as Markdown; empty without prices. */
export function renderCostDetails(
  cost: CostReport,
  code: (text: string) => string
): readonly string[] {
  if (cost.unreadable !== undefined) return [`Cost: ${code(cost.unreadable)}`]
  const parts = cost.parts.map(
    ({ name, monthlyUsd }) => `- ${code(name)} ${renderUsd(monthlyUsd)} USD`
  )
  const unknown = cost.unknown.map((name) => `- not in the sum: ${code(name)}`)
  const onDemand =
    cost.monthlyUsdOnDemand === undefined
      ? []
      : [`- the same without Spot VMs: ${renderUsd(cost.monthlyUsdOnDemand)} USD`]
  return [...parts, ...unknown, ...onDemand]
}

function renderUsd(amount: number): string {
  const [whole = '', cents = ''] = amount.toFixed(2).split('.')
  return `${grouped(Number(whole))}.${cents}`
}

function renderDifference(amount: number): string {
  return `${amount < 0 ? '−' : '+'}${renderUsd(Math.abs(amount))}`
}
