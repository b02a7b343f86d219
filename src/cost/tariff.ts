import type { PriceList, Sku } from './sku.ts'

/** How a thing is called in Google's price list, and what one unit of its price is. */
export interface Tariff {
  /** Beginning of the description; what follows may only say where. */
  readonly description: string
  readonly usageType: 'OnDemand' | 'Preemptible'
  readonly unit: 'h' | 'GiBy.h' | 'GiBy.mo' | 'mo'
}

/** The services of the catalogue that these tariffs stand in. */
export const CATALOGUE_SERVICES: readonly string[] = [
  'services/6F81-5844-456A', // Compute Engine
  'services/E505-1604-58F8', // Networking
  'services/EE82-7A5E-871C', // Secret Manager
]

const hourly = (description: string): Tariff => ({
  description,
  usageType: 'OnDemand',
  unit: 'h',
})
const stored = (description: string): Tariff => ({
  description,
  usageType: 'OnDemand',
  unit: 'GiBy.mo',
})

/** Disk types by their name in Terraform. Hyperdisk's own IOPS are free up to 3,000. */
export const DISKS: ReadonlyMap<string, Tariff> = new Map([
  ['pd-standard', stored('Storage PD Capacity')],
  ['pd-balanced', stored('Balanced PD Capacity')],
  ['pd-ssd', stored('SSD backed PD Capacity')],
  ['hyperdisk-balanced', stored('Hyperdisk Balanced Capacity')],
])

export const ADDRESS = {
  spot: hourly('External IP Charge on a Spot Preemptible VM'),
  standard: hourly('External IP Charge on a Standard VM'),
} as const

/** Cloud NAT: per VM that uses the gateway, and per address of the gateway. */
export const NAT = {
  uptime: hourly('Networking Cloud Nat Gateway Uptime'),
  address: hourly('Networking Cloud NAT IP Usage'),
} as const

/** The first five global forwarding rules of a project cost as much as one. */
export const FORWARDING_RULES = {
  firstFive: hourly('Cloud Load Balancer Forwarding Rule Minimum Global'),
  furtherOne: hourly('Cloud Load Balancer Forwarding Rule Additional Global'),
} as const

export const SECRET_VERSION: Tariff = {
  description: 'Secret version replica storage',
  usageType: 'OnDemand',
  unit: 'mo',
}

/** Core and memory of a machine series; `name` is what the price list calls it. */
export function machineTariffs(
  name: string,
  isSpot: boolean
): { readonly core: Tariff; readonly memory: Tariff } {
  const usageType = isSpot ? 'Preemptible' : 'OnDemand'
  const prefix = isSpot ? 'Spot Preemptible ' : ''
  return {
    core: { description: `${prefix}${name} Core`, usageType, unit: 'h' },
    memory: { description: `${prefix}${name} Ram`, usageType, unit: 'GiBy.h' },
  }
}

const OTHERS: readonly string[] = [
  ...DISKS.values(),
  ...Object.values(ADDRESS),
  ...Object.values(NAT),
  ...Object.values(FORWARDING_RULES),
  SECRET_VERSION,
].map(({ description }) => description)

/** Whether a line of the price list may ever be asked for: a few hundred of many thousand may. */
export function isOfUse({ description, usageType }: Sku): boolean {
  if (usageType !== 'OnDemand' && usageType !== 'Preemptible') return false
  return (
    / (?:Core|Ram) running in /.test(description) ||
    OTHERS.some((wanted) => isNamed(description, wanted))
  )
}

/**
 * Billionths of a dollar per unit; undefined when the list has no such price for the region, or
 * more than one: a price that might be another one is none.
 */
export function priceOf(
  prices: PriceList,
  tariff: Tariff,
  region: string
): { readonly nanoUsd: number } | undefined {
  const found = prices.skus.filter(
    ({ description, usageType, unit, regions }) =>
      usageType === tariff.usageType &&
      unit === tariff.unit &&
      (regions.includes(region) || regions.includes('global')) &&
      isNamed(description, tariff.description)
  )
  const [first] = found
  const isClear = found.every(({ nanoUsd }) => nanoUsd === first?.nanoUsd)
  return first && isClear ? { nanoUsd: first.nanoUsd } : undefined
}

// "Balanced PD Capacity" and "… in Frankfurt", but neither "Regional Balanced PD Capacity" nor
// "E2 Instance Core" of a commitment: another price often differs by a word in front or behind.
function isNamed(description: string, wanted: string): boolean {
  if (!description.startsWith(wanted)) return false
  return /^$|^ (?:running )?in /.test(description.slice(wanted.length))
}
