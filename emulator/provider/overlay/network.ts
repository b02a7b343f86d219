import { lastSegment } from '../plan/sameness.ts'
import type { Value } from '../wire/values.ts'
import { type Check, COMPUTE_NAME } from './checks.ts'
import type { OverlayEntry } from './entry.ts'

const NAME: Check = { kind: 'pattern', path: 'name', pattern: COMPUTE_NAME }

/** google_compute_network. */
export const NETWORK: OverlayEntry = {
  replaces: [
    'name',
    'auto_create_subnetworks',
    'description',
    'enable_ula_internal_ipv6',
    'internal_ipv6_range',
    'network_profile',
    'params.resource_manager_tags',
    'project',
  ],
  defaults: {
    auto_create_subnetworks: true,
    delete_default_routes_on_create: false,
    network_firewall_policy_enforcement_order: 'AFTER_CLASSIC_FIREWALL',
  },
  checks: [NAME, { kind: 'oneOf', path: 'routing_mode', allowed: ['REGIONAL', 'GLOBAL'] }],
}

/** google_compute_subnetwork: its range may only grow. */
export const SUBNETWORK: OverlayEntry = {
  replaces: [
    'name',
    'network',
    'description',
    'region',
    'project',
    'external_ipv6_prefix',
    'ip_collection',
    'reserved_internal_range',
    'params.resource_manager_tags',
  ],
  replacesWhen: { ip_cidr_range: (prior, planned) => !contains(planned, prior) },
  defaults: {
    'log_config.aggregation_interval': 'INTERVAL_5_SEC',
    'log_config.flow_sampling': 0.5,
    'log_config.metadata': 'INCLUDE_ALL_METADATA',
    'log_config.filter_expr': 'true',
  },
  computedBlocks: ['secondary_ip_range'],
  links: ['network', 'region'],
  checks: [
    NAME,
    { kind: 'oneOf', path: 'stack_type', allowed: ['IPV4_ONLY', 'IPV4_IPV6', 'IPV6_ONLY'] },
    {
      kind: 'oneOf',
      path: 'log_config.metadata',
      allowed: ['EXCLUDE_ALL_METADATA', 'INCLUDE_ALL_METADATA', 'CUSTOM_METADATA'],
    },
  ],
}

/** google_compute_firewall. */
export const FIREWALL: OverlayEntry = {
  replaces: ['name', 'direction', 'params.resource_manager_tags', 'project'],
  defaults: { priority: 1000 },
  links: ['network'],
  checks: [
    NAME,
    { kind: 'oneOf', path: 'direction', allowed: ['INGRESS', 'EGRESS'] },
    { kind: 'range', path: 'priority', min: 0, max: 65535 },
    { kind: 'exactlyOne', paths: ['allow', 'deny'] },
    { kind: 'conflict', path: 'source_service_accounts', with: 'source_tags' },
    { kind: 'conflict', path: 'source_service_accounts', with: 'target_tags' },
    { kind: 'conflict', path: 'target_service_accounts', with: 'source_tags' },
    { kind: 'conflict', path: 'target_service_accounts', with: 'target_tags' },
  ],
}

/** google_compute_router. */
export const ROUTER: OverlayEntry = {
  replaces: ['name', 'network', 'encrypted_interconnect_router', 'region', 'project'],
  defaults: { 'bgp.advertise_mode': 'DEFAULT', 'bgp.keepalive_interval': 20 },
  links: ['network', 'region'],
  checks: [NAME],
}

/** google_compute_router_nat. */
export const ROUTER_NAT: OverlayEntry = {
  replaces: ['name', 'router', 'endpoint_types', 'initial_nat_ips', 'region', 'type', 'project'],
  defaults: {
    icmp_idle_timeout_sec: 30,
    tcp_established_idle_timeout_sec: 1200,
    tcp_time_wait_timeout_sec: 120,
    tcp_transitory_idle_timeout_sec: 30,
    udp_idle_timeout_sec: 30,
    type: 'PUBLIC',
  },
  computedBlocks: ['rules.action'],
  links: ['router', 'region'],
  checks: [
    { kind: 'pattern', path: 'name', pattern: COMPUTE_NAME },
    { kind: 'oneOf', path: 'nat_ip_allocate_option', allowed: ['MANUAL_ONLY', 'AUTO_ONLY'] },
    {
      kind: 'oneOf',
      path: 'source_subnetwork_ip_ranges_to_nat',
      allowed: [
        'ALL_SUBNETWORKS_ALL_IP_RANGES',
        'ALL_SUBNETWORKS_ALL_PRIMARY_IP_RANGES',
        'LIST_OF_SUBNETWORKS',
      ],
    },
    {
      kind: 'oneOf',
      path: 'log_config.filter',
      allowed: ['ERRORS_ONLY', 'TRANSLATIONS_ONLY', 'ALL'],
    },
  ],
}

const PROBES = ['http', 'https', 'http2', 'tcp', 'ssl', 'grpc'] as const
const WITH_PATH = ['http', 'https', 'http2'] as const
const WITH_PROXY = ['http', 'https', 'http2', 'tcp', 'ssl'] as const

/** google_compute_health_check: one of six probes. */
export const HEALTH_CHECK: OverlayEntry = {
  replaces: ['name', 'project'],
  defaults: {
    check_interval_sec: 5,
    timeout_sec: 5,
    healthy_threshold: 2,
    unhealthy_threshold: 2,
    ...each(WITH_PATH, 'request_path', '/'),
    ...each(WITH_PROXY, 'proxy_header', 'NONE'),
  },
  computedBlocks: ['log_config'],
  checks: [
    NAME,
    { kind: 'exactlyOne', paths: PROBES.map((probe) => `${probe}_health_check`) },
    ...PROBES.map((probe): Check => {
      const path = `${probe}_health_check.port_specification`
      return {
        kind: 'oneOf',
        path,
        allowed: ['USE_FIXED_PORT', 'USE_NAMED_PORT', 'USE_SERVING_PORT'],
      }
    }),
  ],
}

function each(probes: readonly string[], field: string, value: string): Record<string, Value> {
  return Object.fromEntries(probes.map((probe) => [`${probe}_health_check.${field}`, value]))
}

// A subnetwork's primary range can only grow.
function contains(outer: Value, inner: Value): boolean {
  const a = parseCidr(String(outer))
  const b = parseCidr(String(inner))
  if (!a || !b) return false
  return a.prefix <= b.prefix && a.address >>> (32 - a.prefix) === b.address >>> (32 - a.prefix)
}

function parseCidr(
  text: string
): { readonly address: number; readonly prefix: number } | undefined {
  const match = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\/(\d+)$/.exec(text)
  if (!match) return undefined
  const [a, b, c, d] = match.slice(1, 5).map(Number)
  const address = (((a ?? 0) * 256 + (b ?? 0)) * 256 + (c ?? 0)) * 256 + (d ?? 0)
  return { address, prefix: Number(lastSegment(text)) }
}
