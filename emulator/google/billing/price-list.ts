import { createHash } from 'node:crypto'
import type { JsonObject } from '../route.ts'

/** A service of the catalogue and what it sells. */
export interface CatalogueService {
  readonly id: string
  readonly displayName: string
  readonly skus: readonly JsonObject[]
}

/**
 * The day of the prices. E2, disks and network in the Americas are those of the public price pages,
 * rounded; the rest is only of the right size: other series, and other places by a factor.
 */
const PRICED_AT = '2026-10-08T07:00:00.000Z'

interface Place {
  /** As the list calls it. */
  readonly name: string
  readonly regions: readonly string[]
  /** How much more machines cost here than in the Americas. */
  readonly factor: number
  /** Disks have a factor of their own, and in the Americas no place in their name. */
  readonly diskFactor: number
}

const PLACES: readonly Place[] = [
  {
    name: 'Americas',
    regions: ['us-central1', 'us-east1', 'us-west1'],
    factor: 1,
    diskFactor: 1,
  },
  { name: 'Belgium', regions: ['europe-west1'], factor: 1.1, diskFactor: 1 },
  { name: 'Netherlands', regions: ['europe-west4'], factor: 1.1, diskFactor: 1.1 },
  { name: 'Frankfurt', regions: ['europe-west3'], factor: 1.29, diskFactor: 1.2 },
  { name: 'London', regions: ['europe-west2'], factor: 1.29, diskFactor: 1.2 },
  { name: 'Tokyo', regions: ['asia-northeast1'], factor: 1.28, diskFactor: 1.3 },
]

/** Dollars an hour in the Americas: a core, a GiB of memory, and both for a Spot VM. */
const SERIES: readonly (readonly [name: string, group: string, ...prices: number[]])[] = [
  ['E2 Instance', 'CPU', 0.0218116, 0.0029235, 0.01007, 0.00135],
  ['E2 Custom Instance', 'CPU', 0.0229, 0.00307, 0.01057, 0.00142],
  ['N1 Predefined Instance', 'N1Standard', 0.031611, 0.004237, 0.0068, 0.0009],
  ['N2 Instance', 'CPU', 0.031611, 0.004237, 0.0075, 0.001],
  ['N2 Custom Instance', 'CPU', 0.033191, 0.004449, 0.0079, 0.00105],
  ['N2D AMD Instance', 'CPU', 0.027502, 0.003686, 0.0066, 0.00088],
  ['T2D AMD Instance', 'CPU', 0.027502, 0.003686, 0.0063, 0.00085],
]

/** Dollars per GiB and month in the Americas. */
const DISKS: readonly (readonly [name: string, group: string, usd: number])[] = [
  ['Storage PD Capacity', 'PDStandard', 0.04],
  ['Balanced PD Capacity', 'SSD', 0.1],
  ['SSD backed PD Capacity', 'SSD', 0.17],
  ['Hyperdisk Balanced Capacity', 'SSD', 0.08],
  ['Regional Storage PD Capacity', 'PDStandard', 0.08],
  ['Regional Balanced PD Capacity', 'SSD', 0.2],
]

interface Entry {
  readonly description: string
  readonly service: string
  readonly family: string
  readonly group: string
  readonly usageType?: string
  readonly regions?: readonly string[]
  readonly unit: string
  /** From which amount on it costs how much. */
  readonly tiers: readonly (readonly [from: number, usd: number])[]
}

const COMPUTE = { service: 'Compute Engine', family: 'Compute' }

function machines(place: Place): readonly Entry[] {
  return SERIES.flatMap(([name, group, core = 0, ram = 0, spotCore = 0, spotRam = 0]) => {
    const where = `running in ${place.name}`
    const entry = (kind: 'Core' | 'Ram', usd: number, isSpot: boolean): Entry => ({
      ...COMPUTE,
      description: `${isSpot ? 'Spot Preemptible ' : ''}${name} ${kind} ${where}`,
      group: kind === 'Ram' && group === 'CPU' ? 'RAM' : group,
      usageType: isSpot ? 'Preemptible' : 'OnDemand',
      regions: place.regions,
      unit: kind === 'Core' ? 'h' : 'GiBy.h',
      tiers: [[0, usd * place.factor]],
    })
    return [
      entry('Core', core, false),
      entry('Ram', ram, false),
      entry('Core', spotCore, true),
      entry('Ram', spotRam, true),
    ]
  })
}

function disks(place: Place): readonly Entry[] {
  const where = place.name === 'Americas' ? '' : ` in ${place.name}`
  return DISKS.map(([name, group, usd]) => ({
    service: 'Compute Engine',
    family: 'Storage',
    description: `${name}${where}`,
    group,
    regions: place.regions,
    unit: 'GiBy.mo',
    // The first 30 GB of the cheapest are free, in the regions of the free tier.
    tiers:
      name === 'Storage PD Capacity' && place.name === 'Americas'
        ? [
            [0, 0],
            [30, usd],
          ]
        : [[0, usd * place.diskFactor]],
  }))
}

/** What looks alike and is something else: commitments, sole tenancy, GPUs, traffic. */
function lookalikes(place: Place): readonly Entry[] {
  const { name, regions } = place
  const common = { ...COMPUTE, regions, unit: 'h' }
  return [
    {
      ...common,
      description: `Commitment v1: E2 Cpu in ${name} for 1 Year`,
      group: 'CPU',
      usageType: 'Commit1Yr',
      tiers: [[0, 0.0137 * place.factor]],
    },
    {
      ...common,
      description: `N2 Sole Tenancy Instance Core running in ${name}`,
      group: 'CPU',
      tiers: [[0, 0.0348 * place.factor]],
    },
    {
      ...common,
      description: `Nvidia L4 GPU attached to Spot Preemptible VMs running in ${name}`,
      group: 'GPU',
      usageType: 'Preemptible',
      tiers: [[0, 0.22 * place.factor]],
    },
    {
      ...common,
      family: 'Network',
      description: `Network Internet Data Transfer Out from ${name} to Americas`,
      group: 'PremiumInternetEgress',
      unit: 'GiBy',
      tiers: [
        [0, 0.12],
        [1024, 0.11],
        [10_240, 0.08],
      ],
    },
  ]
}

type Flat = readonly [description: string, group: string, unit: string, ...tiers: Entry['tiers']]

/** The same everywhere. */
const GLOBAL: Readonly<Record<string, readonly Flat[]>> = {
  'Compute Engine': [
    ['External IP Charge on a Standard VM', 'IpAddress', 'h', [0, 0], [1, 0.005]],
    ['External IP Charge on a Spot Preemptible VM', 'IpAddress', 'h', [0, 0.0025]],
  ],
  Networking: [
    ['Networking Cloud Nat Gateway Uptime', 'Nat', 'h', [0, 0.0014]],
    ['Networking Cloud NAT IP Usage', 'Nat', 'h', [0, 0.005]],
    ['Networking Cloud Nat Data Processing', 'Nat', 'GiBy', [0, 0.045]],
    ['Networking Private Nat Gateway Uptime', 'Nat', 'h', [0, 0.0014]],
    ['Cloud Load Balancer Forwarding Rule Minimum Global', 'LoadBalancing', 'h', [0, 0.025]],
    ['Cloud Load Balancer Forwarding Rule Additional Global', 'LoadBalancing', 'h', [0, 0.01]],
  ],
  'Secret Manager': [
    ['Secret version replica storage', 'SecretManager', 'mo', [0, 0], [6, 0.06]],
    ['Secret access operations', 'SecretManager', 'count', [0, 0], [10_000, 0.000003]],
  ],
}

function everywhere(service: string): readonly Entry[] {
  const family = service === 'Secret Manager' ? 'ApplicationServices' : 'Network'
  return (GLOBAL[service] ?? []).map(([description, group, unit, ...tiers]) => ({
    service,
    family,
    description,
    group,
    unit,
    tiers,
  }))
}

/** The services of the emulated catalogue, with their real ids. */
export function priceList(): readonly CatalogueService[] {
  const places = PLACES.flatMap((place) => [
    ...machines(place),
    ...disks(place),
    ...lookalikes(place),
  ])
  return [
    toService('6F81-5844-456A', 'Compute Engine', places),
    toService('E505-1604-58F8', 'Networking'),
    toService('EE82-7A5E-871C', 'Secret Manager'),
  ]
}

function toService(
  id: string,
  displayName: string,
  places: readonly Entry[] = []
): CatalogueService {
  const entries = [...places, ...everywhere(displayName)]
  return { id, displayName, skus: entries.map((entry) => toSku(id, entry)) }
}

function toSku(serviceId: string, entry: Entry): JsonObject {
  const { description, service, family, group, usageType = 'OnDemand', unit, tiers } = entry
  const regions = entry.regions ?? ['global']
  const skuId = idOf(`${description} ${regions.join()}`)
  return {
    name: `services/${serviceId}/skus/${skuId}`,
    skuId,
    description,
    category: {
      serviceDisplayName: service,
      resourceFamily: family,
      resourceGroup: group,
      usageType,
    },
    serviceRegions: regions,
    pricingInfo: [
      {
        summary: '',
        pricingExpression: {
          usageUnit: unit,
          displayQuantity: 1,
          tieredRates: tiers.map(([startUsageAmount, usd]) => ({
            startUsageAmount,
            unitPrice: toMoney(usd),
          })),
        },
        currencyConversionRate: 1,
        effectiveTime: PRICED_AT,
      },
    ],
    serviceProviderName: 'Google',
  }
}

/** `12AB-34CD-56EF`, the same in every run. */
function idOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex').toUpperCase()
  return [hex.slice(0, 4), hex.slice(4, 8), hex.slice(8, 12)].join('-')
}

/** google.type.Money: whole dollars as text, the rest in billionths. */
function toMoney(usd: number): JsonObject {
  const nanos = Math.round(usd * 1e9)
  return {
    currencyCode: 'USD',
    units: String(Math.floor(nanos / 1e9)),
    nanos: nanos % 1e9,
  }
}
