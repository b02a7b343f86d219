import { billOf, type Inventory, takeInventory } from './inventory.ts'
import type { Bill, Part } from './machines.ts'
import type { PriceList, Prices } from './sku.ts'
import { priceOf } from './tariff.ts'

/** What the plan leaves behind costs in a month; every amount is in dollars, whole cents. */
export interface CostReport {
  /** What is known of it, with an autoscaler at its fewest VMs; undefined when nothing is. */
  readonly monthlyUsd: number | undefined
  /** The same with an autoscaler at its most VMs; absent without one. */
  readonly monthlyUsdAtMost?: number
  /** The same if no VM were a Spot VM; absent when none is. */
  readonly monthlyUsdOnDemand?: number
  /** Against what there was before; undefined when one of the two is not known. */
  readonly differenceUsd: number | undefined
  readonly parts: readonly { readonly name: string; readonly monthlyUsd: number }[]
  /** In words, never guessed. */
  readonly unknown: readonly string[]
  /** Whether something of a fixed price is among the unknown: the sum is "at least", not "about". */
  readonly isPartial: boolean
  /** ISO date; empty without prices. */
  readonly pricesAsOf: string
  /** One line that says why there are no prices. */
  readonly unreadable?: string
}

/** Pure: the monthly cost of what `plan` (`terraform show -json`) leaves behind, and the difference. */
export function estimateCost(plan: unknown, prices: Prices): CostReport {
  if ('unreadable' in prices) return withoutPrices(prices.unreadable)
  const inventory = takeInventory(plan, 'after')
  const after = priceBill(billOf(inventory), prices)
  const before = priceBill(billOf(takeInventory(plan, 'before')), prices)
  return {
    ...totalsOf(inventory, after, prices),
    differenceUsd: differenceOf(before, after),
    parts: after.lines.map(({ name, least }) => ({ name, monthlyUsd: least / 100 })),
    unknown: countEqual([...after.unpriced, ...new Set(after.usage)]),
    isPartial: after.unpriced.length > 0,
    pricesAsOf: prices.asOf,
  }
}

function withoutPrices(unreadable: string): CostReport {
  const nothing = { monthlyUsd: undefined, differenceUsd: undefined, parts: [], unknown: [] }
  return { ...nothing, isPartial: true, pricesAsOf: '', unreadable }
}

type Totals = Pick<CostReport, 'monthlyUsd' | 'monthlyUsdAtMost' | 'monthlyUsdOnDemand'>

function totalsOf(inventory: Inventory, after: PricedBill, prices: PriceList): Totals {
  const least = totalOf(after, 'least')
  if (least === undefined) return { monthlyUsd: undefined }
  const most = totalOf(after, 'most')
  const hasSpot = inventory.fleets.some(
    ({ machines }) => machines?.isSpot && machines.count.least > 0
  )
  const onDemand = hasSpot ? priceBill(billOf(inventory, true), prices) : undefined
  const isSameBill = onDemand?.unpriced.length === after.unpriced.length
  const onDemandCents = onDemand && isSameBill ? totalOf(onDemand, 'least') : undefined
  return {
    monthlyUsd: least / 100,
    ...(most !== undefined && most !== least && { monthlyUsdAtMost: most / 100 }),
    ...(onDemandCents !== undefined && { monthlyUsdOnDemand: onDemandCents / 100 }),
  }
}

/** Whole cents. */
interface Line {
  readonly name: string
  /** How many parts of one name it stands for. */
  readonly parts: number
  readonly least: number
  readonly most: number
}

interface PricedBill extends Omit<Bill, 'parts'> {
  readonly lines: readonly Line[]
}

/** Parts of one name are one line; a part that lacks any of its prices has none. */
function priceBill(bill: Bill, prices: PriceList): PricedBill {
  const lines = new Map<string, Line>()
  const unpriced = [...bill.unpriced]
  for (const part of bill.parts) {
    const line = priceOfPart(part, prices)
    const earlier = lines.get(part.name)
    if (line) lines.set(part.name, earlier ? add(earlier, line) : line)
    else unpriced.push(`${part.name}, which has no price in the list`)
  }
  return { lines: [...lines.values()].map(toCents), unpriced, usage: bill.usage }
}

function priceOfPart({ name, charges }: Part, prices: PriceList): Line | undefined {
  let [least, most] = [0, 0]
  for (const { tariff, region, units } of charges) {
    const price = priceOf(prices, tariff, region)
    if (!price) return undefined
    least += units.least * price.nanoUsd
    most += units.most * price.nanoUsd
  }
  return { name, parts: 1, least, most }
}

function add(one: Line, other: Line): Line {
  return {
    name: one.name,
    parts: one.parts + other.parts,
    least: one.least + other.least,
    most: one.most + other.most,
  }
}

const NANOS_A_CENT = 10_000_000

function toCents({ name, parts, least, most }: Line): Line {
  return {
    name: parts === 1 ? name : `${name}, ${parts} times`,
    parts,
    least: Math.round(least / NANOS_A_CENT),
    most: Math.round(most / NANOS_A_CENT),
  }
}

/** The sum of the lines as they are shown, so that it can be checked; undefined when nothing has a price. */
function totalOf({ lines, unpriced }: PricedBill, which: 'least' | 'most'): number | undefined {
  if (lines.length === 0 && unpriced.length > 0) return undefined
  return lines.reduce((sum, line) => sum + line[which], 0)
}

/** What has no price may still be the same before and after; if it is not, nobody knows the difference. */
function differenceOf(before: PricedBill, after: PricedBill): number | undefined {
  const [from, to] = [totalOf(before, 'least'), totalOf(after, 'least')]
  const isComparable = sorted(before.unpriced) === sorted(after.unpriced)
  if (from === undefined || to === undefined || !isComparable) return undefined
  return (to - from) / 100
}

function sorted(names: readonly string[]): string {
  return names.toSorted().join('\n')
}

/** `google_sql_database_instance (3)` instead of three times the same. */
function countEqual(names: readonly string[]): readonly string[] {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts].map(([name, count]) => (count === 1 ? name : `${name} (${count})`))
}
