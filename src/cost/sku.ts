import { asList, asNumber, asRecord, asText } from '../lib/json.ts'

/** One line of Google's price list, as far as an estimate needs it. */
export interface Sku {
  /** `Spot Preemptible E2 Instance Core running in Americas`. */
  readonly description: string
  readonly usageType: string
  /** `global` for what costs the same everywhere. */
  readonly regions: readonly string[]
  /** `h`, `GiBy.h`, `GiBy.mo` or another unit of Google's. */
  readonly unit: string
  /** Billionths of a dollar per unit: whole numbers, so that sums are exact to the cent. */
  readonly nanoUsd: number
  /** When the price began, RFC 3339. */
  readonly since: string
}

/** The prices that an estimate is made with, or the one line that says why there are none. */
export type Prices = PriceList | { readonly unreadable: string }

export interface PriceList {
  readonly skus: readonly Sku[]
  /** Day of the newest price, or of the reading where the list names none; ISO date. */
  readonly asOf: string
}

/** A SKU of the Cloud Billing catalogue; undefined when it has no price in dollars. */
export function parseSku(json: unknown): Sku | undefined {
  const sku = asRecord(json)
  // A timeline, oldest first: the last one holds now.
  const pricing = asRecord(asList(sku['pricingInfo']).at(-1))
  const expression = asRecord(pricing['pricingExpression'])
  const nanoUsd = rateOf(asList(expression['tieredRates']))
  if (nanoUsd === undefined) return undefined
  return {
    description: asText(sku['description']),
    usageType: asText(asRecord(sku['category'])['usageType']),
    regions: asList(sku['serviceRegions']).map(asText),
    unit: asText(expression['usageUnit']),
    nanoUsd,
    since: asText(pricing['effectiveTime']),
  }
}

/**
 * The first rate that costs something. What comes before it is a free allowance, which belongs to
 * the whole billing account: whether any of it is left for this project, nobody here can know.
 */
function rateOf(tiers: readonly unknown[]): number | undefined {
  const rates = tiers.map((tier) => nanosOf(asRecord(asRecord(tier)['unitPrice'])))
  if (rates.length === 0 || rates.includes(undefined)) return undefined
  return rates.find((rate) => rate !== 0) ?? 0
}

// A part that is zero is left out of the answer, as everywhere in Google's JSON.
function nanosOf(price: Readonly<Record<string, unknown>>): number | undefined {
  const { units = '0', nanos = 0, currencyCode } = price
  const whole = Number(units)
  const rest = asNumber(nanos)
  if (currencyCode !== 'USD' || !Number.isSafeInteger(whole) || rest === undefined) return undefined
  return whole * 1_000_000_000 + rest
}
