import { readFileSync } from 'node:fs'

/** A Terraform type as the protocol spells it in JSON. */
export type AttributeType =
  | 'string'
  | 'number'
  | 'bool'
  | 'dynamic'
  | readonly ['list' | 'set' | 'map', AttributeType]
  | readonly ['object', Readonly<Record<string, AttributeType>>]

/** One argument or exported value; the keys are those of `terraform providers schema -json`. */
export interface Attribute {
  readonly type: AttributeType
  readonly required?: boolean
  readonly optional?: boolean
  readonly computed?: boolean
}

/** A block type inside another block. */
export interface NestedBlock {
  readonly nesting_mode: 'single' | 'list' | 'set'
  readonly min_items?: number
  readonly max_items?: number
  readonly block: Block
}

/** The body of a resource, of the provider, or of a nested block. */
export interface Block {
  readonly attributes: Readonly<Record<string, Attribute>>
  readonly block_types: Readonly<Record<string, NestedBlock>>
}

/** The part of hashicorp/google's schema that this provider serves. */
export interface ProviderSchema {
  readonly providerVersion: string
  readonly provider: Block
  readonly resources: Readonly<Record<string, Block>>
  readonly dataSources: Readonly<Record<string, Block>>
}

/** Every resource type that the stand-in can manage. */
export const RESOURCE_TYPES = [
  'google_artifact_registry_repository',
  'google_artifact_registry_repository_iam_member',
  'google_compute_autoscaler',
  'google_compute_backend_service',
  'google_compute_firewall',
  'google_compute_global_address',
  'google_compute_global_forwarding_rule',
  'google_compute_health_check',
  'google_compute_instance_group_manager',
  'google_compute_instance_template',
  'google_compute_managed_ssl_certificate',
  'google_compute_network',
  'google_compute_region_autoscaler',
  'google_compute_region_instance_group_manager',
  'google_compute_region_instance_template',
  'google_compute_router',
  'google_compute_router_nat',
  'google_compute_ssl_policy',
  'google_compute_subnetwork',
  'google_compute_target_http_proxy',
  'google_compute_target_https_proxy',
  'google_compute_url_map',
  'google_iam_workload_identity_pool',
  'google_iam_workload_identity_pool_provider',
  'google_project_iam_custom_role',
  'google_project_iam_member',
  'google_project_service',
  'google_secret_manager_secret',
  'google_secret_manager_secret_iam_member',
  'google_service_account',
  'google_service_account_iam_member',
  'google_storage_bucket',
  'google_storage_bucket_iam_member',
] as const

/** Every data source that the stand-in can read. */
export const DATA_SOURCE_TYPES = [
  'google_compute_image',
  'google_compute_zones',
  'google_project',
] as const

/** The name of a resource type that the stand-in can manage. */
export type ResourceTypeName = (typeof RESOURCE_TYPES)[number]

/** The schema in schema.json; see schema.NOTICE.md for its origin and licence. */
export function loadSchema(): ProviderSchema {
  const raw = asRecord(JSON.parse(readFileSync(new URL('schema.json', import.meta.url), 'utf8')))
  return {
    providerVersion: String(raw['providerVersion']),
    provider: parseBlock(raw['provider']),
    resources: parseBlocks(raw['resources']),
    dataSources: parseBlocks(raw['dataSources']),
  }
}

function parseBlocks(raw: unknown): Record<string, Block> {
  return Object.fromEntries(
    Object.entries(asRecord(raw)).map(([name, block]) => [name, parseBlock(block)])
  )
}

/** A block with both of its maps present, whatever the source left out. */
export function parseBlock(raw: unknown): Block {
  const source = asRecord(raw)
  const nested = Object.entries(asRecord(source['block_types'] ?? {}))
  return {
    attributes: asRecord(source['attributes'] ?? {}) as Readonly<Record<string, Attribute>>,
    block_types: Object.fromEntries(nested.map(([name, value]) => [name, parseNested(value)])),
  }
}

function parseNested(raw: unknown): NestedBlock {
  const source = asRecord(raw)
  return { ...(source as unknown as NestedBlock), block: parseBlock(source['block']) }
}

function asRecord(raw: unknown): Readonly<Record<string, unknown>> {
  if (typeof raw !== 'object' || raw === null) throw new Error('schema.json is malformed.')
  return raw as Readonly<Record<string, unknown>>
}
