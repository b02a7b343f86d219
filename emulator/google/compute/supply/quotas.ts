import { type JsonObject, objectOf, textOf } from '../../route.ts'
import type { GroupRegistry } from '../groups/registry.ts'
import type { Hosted } from '../groups/runner.ts'
import { listOf } from '../groups/spec.ts'
import { regionOf } from '../locations.ts'
import type { Store } from '../resources/store.ts'
import type { Links } from '../scope.ts'
import { machineSize } from './machine-size.ts'
import type { Supply } from './supply.ts'

/** Whose VMs and resources are counted, and what an operator has said of the limits. */
export interface QuotaParts {
  readonly project: { readonly id: string }
  readonly links: Links
  readonly store: Store
  readonly groups: GroupRegistry
  readonly supply: Supply
}

/** As `regions.get` and `projects.get` show it. */
export interface Quota {
  readonly metric: string
  readonly limit: number
  readonly usage: number
}

/** What a young project is given. Spot VMs take from CPUS until PREEMPTIBLE_CPUS is above 0. */
const REGIONAL: Readonly<Record<string, number>> = {
  CPUS: 24,
  PREEMPTIBLE_CPUS: 24,
  N2_CPUS: 24,
  N2D_CPUS: 24,
  C2_CPUS: 8,
  INSTANCES: 240,
  IN_USE_ADDRESSES: 8,
  STATIC_ADDRESSES: 8,
  DISKS_TOTAL_GB: 4096,
  SSD_TOTAL_GB: 500,
  INSTANCE_GROUPS: 100,
  INSTANCE_GROUP_MANAGERS: 100,
  REGIONAL_INSTANCE_GROUP_MANAGERS: 100,
}
const GLOBAL: Readonly<Record<string, number>> = {
  CPUS_ALL_REGIONS: 32,
  NETWORKS: 5,
  FIREWALLS: 100,
  SUBNETWORKS: 100,
  ROUTERS: 10,
  HEALTH_CHECKS: 75,
  INSTANCE_TEMPLATES: 100,
}

/** Quotas of one region with what its groups use of them. */
export function regionalQuotas(parts: QuotaParts, region: string): readonly Quota[] {
  const usage = regionalUsage(parts, region)
  return Object.entries(REGIONAL).map(([metric, usual]) => ({
    metric,
    limit: parts.supply.limitOf({ metric, region }) ?? usual,
    usage: usage[metric] ?? 0,
  }))
}

/** Quotas of the whole project. */
export function globalQuotas(parts: QuotaParts): readonly Quota[] {
  const usage = globalUsage(parts)
  return Object.entries(GLOBAL).map(([metric, usual]) => ({
    metric,
    limit: parts.supply.limitOf({ metric }) ?? usual,
    usage: usage[metric] ?? 0,
  }))
}

function regionalUsage(parts: QuotaParts, region: string): Readonly<Record<string, number>> {
  const vms = parts.groups.hosted().filter(({ zone }) => regionOf(zone) === region)
  const takesSpotQuota = (parts.supply.limitOf({ metric: 'PREEMPTIBLE_CPUS', region }) ?? 1) > 0
  const fromSpot = vms.filter(({ spec }) => spec.spot && takesSpotQuota)
  const groups = parts.groups.list().filter(({ scope }) => regionOf(scope.location) === region)
  const regional = groups.filter(({ scope }) => scope.kind === 'region')
  const disks = vms.flatMap((vm) => listOf(propertiesOf(parts, vm), 'disks'))
  return {
    CPUS: cpusOf(vms) - cpusOf(fromSpot),
    PREEMPTIBLE_CPUS: cpusOf(fromSpot),
    INSTANCES: vms.length,
    IN_USE_ADDRESSES: vms.filter((vm) => hasExternalAddress(propertiesOf(parts, vm))).length,
    SSD_TOTAL_GB: sizeOf(disks.filter((disk) => !isStandard(disk))),
    DISKS_TOTAL_GB: sizeOf(disks.filter(isStandard)),
    INSTANCE_GROUPS: groups.length,
    INSTANCE_GROUP_MANAGERS: groups.length - regional.length,
    REGIONAL_INSTANCE_GROUP_MANAGERS: regional.length,
  }
}

function globalUsage({ project, store, groups }: QuotaParts): Readonly<Record<string, number>> {
  const below = store.listBelow(`projects/${project.id}/`)
  const count = (collection: string): number =>
    below.filter((item) => (textOf(item, 'selfLink') ?? '').includes(`/${collection}/`)).length
  return {
    CPUS_ALL_REGIONS: cpusOf(groups.hosted()),
    NETWORKS: count('networks'),
    FIREWALLS: count('firewalls'),
    SUBNETWORKS: count('subnetworks'),
    ROUTERS: count('routers'),
    HEALTH_CHECKS: count('healthChecks'),
    INSTANCE_TEMPLATES: count('instanceTemplates'),
  }
}

function cpusOf(vms: readonly Hosted[]): number {
  return vms.reduce((sum, { spec }) => sum + (machineSize(spec.machineType)?.cpus ?? 0), 0)
}

/** The template may have gone since, which leaves what it said unknown. */
function propertiesOf({ links, store }: QuotaParts, { version }: Hosted): JsonObject {
  return objectOf(store.find(links.path(version.template)) ?? {}, 'properties')
}

function hasExternalAddress(properties: JsonObject): boolean {
  return listOf(properties, 'networkInterfaces').some(
    (card) => listOf(card, 'accessConfigs').length > 0
  )
}

function isStandard(disk: JsonObject): boolean {
  return /(^|\/)pd-standard$/.test(textOf(objectOf(disk, 'initializeParams'), 'diskType') ?? '')
}

function sizeOf(disks: readonly JsonObject[]): number {
  const sizes = disks.map((disk) => Number(objectOf(disk, 'initializeParams')['diskSizeGb'] ?? 10))
  return sizes.reduce((sum, size) => sum + size, 0)
}
