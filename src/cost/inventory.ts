import { asList, asNumber, asText } from '../lib/json.ts'
import { type Fleet, fleetsOf } from './groups.ts'
import {
  type Bill,
  billDisk,
  billMachines,
  type Count,
  exactly,
  HOURS_A_MONTH,
  joinBills,
  NOTHING,
  plural,
  readDisk,
  times,
  withoutPrice,
} from './machines.ts'
import { type Resource, regionOf, resourcesOf } from './plan-resources.ts'
import { References } from './references.ts'
import { FORWARDING_RULES, NAT, SECRET_VERSION } from './tariff.ts'

/** Cost nothing by themselves, or are billed with what uses them. */
const FREE_TYPES: readonly RegExp[] = [
  /^google_(?:project_service|service_account|project_iam_custom_role|iam_workload_identity_pool)/,
  /_iam_(?:member|binding|policy|audit_config)$/,
  /^google_compute_(?:region_)?(?:instance_template|instance_group_manager|instance_group|autoscaler)$/,
  /^google_compute_(?:network|subnetwork|firewall|route|router|router_interface|instance)$/,
  /^google_compute_(?:region_)?(?:health_check|backend_service|url_map|target_https?_proxy)$/,
  /^google_compute_(?:region_)?(?:ssl_policy|ssl_certificate|managed_ssl_certificate)$/,
  /^google_(?:compute_project_metadata|compute_resource_policy|tags_)/,
]

/** Providers that make nothing anywhere but in the state. */
const FREE_PROVIDERS = /\/(?:terraform|random|null|local|tls|time|archive|external|template|http)$/

/** What the plan leaves behind, or what there was before it, as lines with a price each. */
export function takeInventory(plan: unknown, when: 'before' | 'after'): Inventory {
  const references = new References(plan)
  const resources = resourcesOf(plan, when)
  const fleets = fleetsOf(resources, references)
  const surroundings: Surroundings = {
    references,
    fleets,
    rules: resources.filter(({ type }) => type === GLOBAL_RULE),
  }
  const rest = joinBills([
    ...resources.map((resource) => billResource(resource, surroundings)),
    billForwardingRules(surroundings.rules),
  ])
  return { fleets, rest }
}

export interface Inventory {
  readonly fleets: readonly Fleet[]
  /** Everything but the VMs. */
  readonly rest: Bill
}

/** The whole bill; with `isOnDemand` as if no VM were a Spot VM. */
export function billOf({ fleets, rest }: Inventory, isOnDemand = false): Bill {
  const bills = fleets.map(({ owner, machines }) => {
    if (!machines) return withoutPrice(`the VMs of ${owner}`)
    return billMachines(isOnDemand ? { ...machines, isSpot: false } : machines)
  })
  return joinBills([...bills, rest])
}

interface Surroundings {
  readonly references: References
  readonly fleets: readonly Fleet[]
  /** Global forwarding rules. */
  readonly rules: readonly Resource[]
}

const GLOBAL_RULE = 'google_compute_global_forwarding_rule'

function billResource(resource: Resource, surroundings: Surroundings): Bill {
  const { type, provider, values } = resource
  const usage = (...words: readonly string[]): Bill => ({ ...NOTHING, usage: words })
  switch (type) {
    case 'google_compute_disk':
      return billDisk(readDisk(values['type'], values['size']), exactly(1), regionOf(values))
    case 'google_compute_router_nat':
      return billNat(resource, surroundings)
    case 'google_compute_global_address':
      return billGlobalAddress(resource, surroundings)
    case 'google_compute_address':
      return values['address_type'] === 'INTERNAL' ? NOTHING : unknownType(type)
    case 'google_secret_manager_secret':
      return usage('versions of secrets')
    case 'google_secret_manager_secret_version':
      return billSecretVersion()
    case 'google_artifact_registry_repository':
      return usage('images in Artifact Registry')
    case 'google_storage_bucket':
      return usage('data in Cloud Storage')
    case GLOBAL_RULE:
      return isExternal(resource) ? NOTHING : unknownType(type)
  }
  const isFree = FREE_PROVIDERS.test(provider) || FREE_TYPES.some((free) => free.test(type))
  return isFree ? NOTHING : unknownType(type)
}

function unknownType(type: string): Bill {
  return withoutPrice(type)
}

const MAX_BILLED_VMS = 32
const PORTS_OF_AN_ADDRESS = 64_512
const DEFAULT_PORTS_PER_VM = 64

/** The gateway is billed by the VMs that go out through it, up to 32 of them, and by its addresses. */
function billNat({ type, values }: Resource, { fleets }: Surroundings): Bill {
  if (values['type'] === 'PRIVATE') return unknownType(type)
  const region = regionOf(values)
  const users = fleets.flatMap(({ machines }) =>
    machines?.region === region && machines.addresses === 0 ? [machines.count] : []
  )
  const vms = sum(users)
  const billed = map(vms, (number) => Math.min(number, MAX_BILLED_VMS))
  const ports = asNumber(values['min_ports_per_vm']) ?? DEFAULT_PORTS_PER_VM
  const addresses =
    values['nat_ip_allocate_option'] === 'MANUAL_ONLY'
      ? exactly(asList(values['nat_ips']).length)
      : map(vms, (number) => Math.max(1, Math.ceil((number * ports) / PORTS_OF_AN_ADDRESS)))
  const charges = [
    { tariff: NAT.uptime, region, units: times(billed, HOURS_A_MONTH) },
    { tariff: NAT.address, region, units: times(addresses, HOURS_A_MONTH) },
  ]
  const name = `Cloud NAT for ${plural(vms, 'VM')}`
  return { ...NOTHING, parts: [{ name, charges }], usage: ['traffic through Cloud NAT'] }
}

/** Free while a forwarding rule uses it; who else may use one, the plan does not say. */
function billGlobalAddress(address: Resource, { references, rules }: Surroundings): Bill {
  if (address.values['address_type'] === 'INTERNAL') return NOTHING
  const isUsed = rules.some(
    (rule) => references.ofArgument(rule, ['ip_address']) === address.configAddress
  )
  return isUsed ? NOTHING : unknownType(address.type)
}

function billForwardingRules(rules: readonly Resource[]): Bill {
  const count = rules.filter(isExternal).length
  if (count === 0) return NOTHING
  const hours = exactly(HOURS_A_MONTH)
  const further = Math.max(0, count - 5)
  const charges = [
    { tariff: FORWARDING_RULES.firstFive, region: 'global', units: hours },
    ...(further === 0
      ? []
      : [
          {
            tariff: FORWARDING_RULES.furtherOne,
            region: 'global',
            units: times(hours, further),
          },
        ]),
  ]
  const name = `load balancer (${plural(exactly(count), 'forwarding rule')})`
  return { ...NOTHING, parts: [{ name, charges }], usage: ['traffic through the load balancer'] }
}

function isExternal({ values }: Resource): boolean {
  return /^(?:EXTERNAL(?:_MANAGED)?)?$/.test(asText(values['load_balancing_scheme']))
}

function billSecretVersion(): Bill {
  const charge = { tariff: SECRET_VERSION, region: 'global', units: exactly(1) }
  return { ...NOTHING, parts: [{ name: 'secret version', charges: [charge] }] }
}

function map({ least, most }: Count, change: (number: number) => number): Count {
  return { least: change(least), most: change(most) }
}

function sum(counts: readonly Count[]): Count {
  return counts.reduce(
    (all, { least, most }) => ({ least: all.least + least, most: all.most + most }),
    exactly(0)
  )
}
