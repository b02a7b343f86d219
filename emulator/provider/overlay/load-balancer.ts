import {
  equals,
  sameIgnoringCase,
  samePath,
  sameResources,
  sameResourcesInOrder,
} from '../plan/sameness.ts'
import { isList, type Value } from '../wire/values.ts'
import { type Check, COMPUTE_NAME } from './checks.ts'
import type { OverlayEntry } from './entry.ts'

const NAME: Check = { kind: 'pattern', path: 'name', pattern: COMPUTE_NAME }

const SCHEMES = ['EXTERNAL', 'EXTERNAL_MANAGED', 'INTERNAL_MANAGED', 'INTERNAL_SELF_MANAGED']

/** google_compute_global_address: nothing but its labels can change. */
export const GLOBAL_ADDRESS: OverlayEntry = {
  replaces: [
    'address',
    'address_type',
    'description',
    'ip_version',
    'name',
    'network',
    'prefix_length',
    'project',
    'purpose',
  ],
  defaults: { address_type: 'EXTERNAL' },
  absentMeans: { address_type: 'EXTERNAL', ip_version: 'IPV4' },
  links: ['network'],
  checks: [
    NAME,
    { kind: 'oneOf', path: 'address_type', allowed: ['EXTERNAL', 'INTERNAL'] },
    { kind: 'oneOf', path: 'ip_version', allowed: ['IPV4', 'IPV6'] },
  ],
}

/** google_compute_managed_ssl_certificate: any change is another certificate. */
export const MANAGED_CERTIFICATE: OverlayEntry = {
  replaces: ['description', 'managed', 'managed.domains', 'name', 'project', 'type'],
  defaults: { type: 'MANAGED' },
  sameness: { 'managed.domains': sameDomains },
  checks: [NAME, { kind: 'oneOf', path: 'type', allowed: ['MANAGED'] }],
}

const CIRCUIT_LIMITS = ['max_connections', 'max_pending_requests', 'max_requests']

/** google_compute_backend_service. */
export const BACKEND_SERVICE: OverlayEntry = {
  replaces: ['name', 'project'],
  defaults: {
    connection_draining_timeout_sec: 300,
    load_balancing_scheme: 'EXTERNAL',
    'backend.balancing_mode': 'UTILIZATION',
    'backend.capacity_scaler': 1,
    'backend.custom_metrics.max_utilization': 0.8,
    'cdn_policy.signed_url_cache_max_age_sec': 3600,
    'circuit_breakers.max_retries': 3,
    ...Object.fromEntries(CIRCUIT_LIMITS.map((limit) => [`circuit_breakers.${limit}`, 1024])),
    'consistent_hash.minimum_ring_size': 1024,
    'log_config.sample_rate': 1,
  },
  computedBlocks: ['cdn_policy', 'iap', 'log_config'],
  sensitive: [
    'iap.oauth2_client_secret',
    'iap.oauth2_client_secret_sha256',
    'security_settings.aws_v4_authentication.access_key',
  ],
  links: ['edge_security_policy', 'security_policy'],
  sameness: { health_checks: sameResources, 'backend.group': samePath },
  checks: [
    NAME,
    { kind: 'oneOf', path: 'load_balancing_scheme', allowed: SCHEMES },
    {
      kind: 'oneOf',
      path: 'protocol',
      allowed: ['HTTP', 'HTTPS', 'HTTP2', 'TCP', 'SSL', 'UDP', 'GRPC', 'UNSPECIFIED', 'H2C'],
    },
    {
      kind: 'oneOf',
      path: 'backend.balancing_mode',
      allowed: ['UTILIZATION', 'RATE', 'CONNECTION', 'CUSTOM_METRICS'],
    },
    { kind: 'oneOf', path: 'compression_mode', allowed: ['AUTOMATIC', 'DISABLED'] },
  ],
}

const REDIRECT_CODES = [
  'FOUND',
  'MOVED_PERMANENTLY_DEFAULT',
  'PERMANENT_REDIRECT',
  'SEE_OTHER',
  'TEMPORARY_REDIRECT',
]

/** google_compute_ssl_policy. */
export const SSL_POLICY: OverlayEntry = {
  replaces: ['description', 'name', 'project'],
  defaults: { min_tls_version: 'TLS_1_0', profile: 'COMPATIBLE' },
  checks: [
    NAME,
    { kind: 'oneOf', path: 'min_tls_version', allowed: ['TLS_1_0', 'TLS_1_1', 'TLS_1_2'] },
    { kind: 'oneOf', path: 'profile', allowed: ['COMPATIBLE', 'MODERN', 'RESTRICTED', 'CUSTOM'] },
  ],
}

/** google_compute_url_map. */
export const URL_MAP: OverlayEntry = {
  replaces: ['name', 'project'],
  defaults: { 'default_url_redirect.https_redirect': false },
  links: ['default_service', 'path_matcher.default_service', 'path_matcher.path_rule.service'],
  checks: [
    { kind: 'conflict', path: 'default_service', with: 'default_url_redirect' },
    { kind: 'conflict', path: 'default_url_redirect', with: 'default_route_action' },
    {
      kind: 'oneOf',
      path: 'default_url_redirect.redirect_response_code',
      allowed: REDIRECT_CODES,
    },
  ],
}

/** google_compute_target_http_proxy. */
export const HTTP_PROXY: OverlayEntry = {
  replaces: ['description', 'http_keep_alive_timeout_sec', 'name', 'project', 'proxy_bind'],
  links: ['url_map'],
}

/** google_compute_target_https_proxy. */
export const HTTPS_PROXY: OverlayEntry = {
  replaces: [
    'description',
    'http_keep_alive_timeout_sec',
    'name',
    'project',
    'proxy_bind',
    'tls_early_data',
  ],
  defaults: { quic_override: 'NONE' },
  links: ['server_tls_policy', 'ssl_policy', 'url_map'],
  sameness: { ssl_certificates: sameResourcesInOrder },
  checks: [
    { kind: 'oneOf', path: 'quic_override', allowed: ['NONE', 'ENABLE', 'DISABLE'] },
    { kind: 'conflict', path: 'ssl_certificates', with: 'certificate_manager_certificates' },
  ],
}

/** google_compute_global_forwarding_rule. */
export const GLOBAL_FORWARDING_RULE: OverlayEntry = {
  replaces: [
    'description',
    'ip_address',
    'ip_protocol',
    'ip_version',
    'metadata_filters.filter_labels.name',
    'metadata_filters.filter_labels.value',
    'metadata_filters.filter_match_criteria',
    'name',
    'network',
    'network_tier',
    'no_automate_dns_zone',
    'port_range',
    'project',
    'service_directory_registrations.namespace',
    'service_directory_registrations.service_directory_region',
    'source_ip_ranges',
    'subnetwork',
  ],
  defaults: { load_balancing_scheme: 'EXTERNAL' },
  computedBlocks: ['service_directory_registrations'],
  links: ['network', 'subnetwork'],
  sameness: {
    ip_address: sameAddress,
    ip_protocol: sameIgnoringCase,
    port_range: samePorts,
    target: samePath,
  },
  checks: [
    { kind: 'oneOf', path: 'load_balancing_scheme', allowed: SCHEMES },
    {
      kind: 'oneOf',
      path: 'ip_protocol',
      allowed: ['TCP', 'UDP', 'ESP', 'AH', 'SCTP', 'ICMP'],
    },
    { kind: 'oneOf', path: 'ip_version', allowed: ['IPV4', 'IPV6'] },
    { kind: 'oneOf', path: 'network_tier', allowed: ['PREMIUM', 'STANDARD'] },
  ],
}

// Google answers with the number; which address resource it belongs to cannot be told from that.
function sameAddress(prior: Value, config: Value): boolean {
  return equals(prior, config) || (isNumeric(prior) && !isNumeric(config))
}

function isNumeric(address: Value): boolean {
  return /^(?:\d+\.){3}\d+(?:\/\d+)?$|^[\da-f:]*:[\da-f:]*$/i.test(String(address))
}

// "443" is kept as "443-443".
function samePorts(prior: Value, config: Value): boolean {
  return String(prior) === `${String(config)}-${String(config)}`
}

// A domain may be written with the root's dot at its end.
function sameDomains(prior: Value, config: Value): boolean {
  if (!isList(prior) || !isList(config) || prior.length !== config.length) return false
  const bare = (domain: Value | undefined): string => String(domain).replace(/\.+$/, '')
  return config.every((domain, index) => bare(domain) === bare(prior[index]))
}
