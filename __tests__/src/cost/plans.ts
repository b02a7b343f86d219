import { readFileSync } from 'node:fs'

/** A plan that terraform made of the bundled configuration: fixtures/record.ts. */
export function recordedPlan(
  name: 'first-deploy' | 'no-changes' | 'larger' | 'autoscaled' | 'destroy'
): unknown {
  return JSON.parse(readFileSync(new URL(`fixtures/${name}.json`, import.meta.url), 'utf8'))
}

export interface PlannedResource {
  /** Without keys: `google_compute_disk.data`. */
  readonly address: string
  /** `[0]`, `["a"]`; none by default. */
  readonly key?: string
  readonly values: object
  /** Argument to what it refers to, as the configuration has it. */
  readonly expressions?: object
}

/** A plan of one module, in the shape of `terraform show -json`. */
export function aPlan(
  after: readonly PlannedResource[],
  before: readonly PlannedResource[] = after
): object {
  const planned = (resources: readonly PlannedResource[]) => ({
    root_module: {
      resources: resources.map(({ address, key = '', values }) => ({
        address: `${address}${key}`,
        mode: 'managed',
        type: address.split('.')[0],
        provider_name: 'registry.terraform.io/hashicorp/google',
        values,
      })),
    },
  })
  return {
    format_version: '1.2',
    planned_values: planned(after),
    prior_state: { format_version: '1.0', values: planned(before) },
    configuration: {
      root_module: {
        resources: [...after, ...before].map(({ address, expressions = {} }) => ({
          address,
          expressions,
        })),
      },
    },
  }
}

export const refersTo = (address: string): object => ({
  references: [`${address}.id`, address],
})

export interface GroupOptions {
  readonly machineType?: string
  readonly size?: number
  readonly spot?: boolean
  readonly disk?: object
  readonly externalIp?: boolean
  readonly template?: object
}

/** A group on a template of its own, in us-central1. */
export function aGroup(options: GroupOptions = {}): readonly PlannedResource[] {
  const { machineType = 'e2-small', size = 1, spot = true, externalIp = false } = options
  const model = spot ? 'SPOT' : 'STANDARD'
  return [
    {
      address: 'google_compute_region_instance_template.vm',
      values: {
        machine_type: machineType,
        disk: options.disk ? [options.disk] : [],
        network_interface: [{ access_config: externalIp ? [{ network_tier: 'PREMIUM' }] : [] }],
        scheduling: [{ provisioning_model: model, preemptible: spot }],
        ...options.template,
      },
    },
    {
      address: 'google_compute_region_instance_group_manager.vms',
      values: { name: 'vms', region: 'us-central1', target_size: size, version: [{}] },
      expressions: {
        version: [{ instance_template: refersTo('google_compute_region_instance_template.vm') }],
      },
    },
  ]
}

/** Global forwarding rules on one address. */
export function rules(count: number, scheme = 'EXTERNAL_MANAGED'): readonly PlannedResource[] {
  return Array.from({ length: count }, (_, index) => ({
    address: 'google_compute_global_forwarding_rule.web',
    key: `[${index}]`,
    values: { load_balancing_scheme: scheme },
    expressions: { ip_address: refersTo('google_compute_global_address.web') },
  }))
}
