import { lastSegment, relativeName, sameResource } from '../plan/sameness.ts'
import { isList, type Value } from '../wire/values.ts'
import { type Check, COMPUTE_NAME } from './checks.ts'
import type { OverlayEntry } from './entry.ts'

const KEYS = ['source_image_encryption_key', 'source_snapshot_encryption_key'] as const

/** Both instance templates; they differ only in where they live. */
export const INSTANCE_TEMPLATE: OverlayEntry = {
  // A change of `labels` shows in effective_labels, which is the one that counts.
  replaces: { except: ['labels', 'terraform_labels'] },
  defaults: {
    can_ip_forward: false,
    'disk.auto_delete': true,
    'scheduling.preemptible': false,
    'scheduling.automatic_restart': true,
    'shielded_instance_config.enable_secure_boot': false,
    'shielded_instance_config.enable_vtpm': true,
    'shielded_instance_config.enable_integrity_monitoring': true,
  },
  computedBlocks: ['scheduling', 'shielded_instance_config', 'confidential_instance_config'],
  sensitive: KEYS.flatMap((key) => [`disk.${key}.raw_key`, `disk.${key}.rsa_encrypted_key`]),
  links: ['network_interface.network', 'network_interface.subnetwork', 'disk.source', 'region'],
  canonical: { 'service_account.scopes': scopeUrls },
  sameness: { 'disk.source_image': sameImage },
  checks: [
    { kind: 'pattern', path: 'name', pattern: COMPUTE_NAME },
    { kind: 'pattern', path: 'name_prefix', pattern: /^[a-z]([-a-z0-9]{0,53})$/ },
    { kind: 'conflict', path: 'name', with: 'name_prefix' },
    {
      kind: 'oneOf',
      path: 'scheduling.provisioning_model',
      allowed: ['STANDARD', 'SPOT', 'FLEX_START', 'RESERVATION_BOUND'],
    },
    { kind: 'oneOf', path: 'scheduling.on_host_maintenance', allowed: ['MIGRATE', 'TERMINATE'] },
    { kind: 'oneOf', path: 'scheduling.instance_termination_action', allowed: ['STOP', 'DELETE'] },
    {
      kind: 'oneOf',
      path: 'network_interface.nic_type',
      allowed: ['GVNIC', 'VIRTIO_NET', 'IDPF', 'MRDMA', 'IRDMA'],
    },
    {
      kind: 'oneOf',
      path: 'network_interface.access_config.network_tier',
      allowed: ['PREMIUM', 'STANDARD', 'FIXED_STANDARD'],
    },
    { kind: 'conflict', path: 'metadata.startup-script', with: 'metadata_startup_script' },
  ],
}

/** google_compute_region_instance_template: Google also fills in the IPv6 part of an interface. */
export const REGION_INSTANCE_TEMPLATE: OverlayEntry = {
  ...INSTANCE_TEMPLATE,
  computedBlocks: [
    ...(INSTANCE_TEMPLATE.computedBlocks ?? []),
    'network_interface.ipv6_access_config',
  ],
}

const ACTIONS = ['NONE', 'REFRESH', 'RESTART', 'REPLACE']

const GROUP_CHECKS: readonly Check[] = [
  { kind: 'pattern', path: 'name', pattern: COMPUTE_NAME },
  { kind: 'pattern', path: 'base_instance_name', pattern: /^[a-z]([-a-z0-9#]{0,61}[a-z0-9#])?$/ },
  { kind: 'oneOf', path: 'update_policy.type', allowed: ['OPPORTUNISTIC', 'PROACTIVE'] },
  { kind: 'oneOf', path: 'update_policy.minimal_action', allowed: ACTIONS },
  { kind: 'oneOf', path: 'update_policy.most_disruptive_allowed_action', allowed: ACTIONS },
  { kind: 'oneOf', path: 'update_policy.replacement_method', allowed: ['RECREATE', 'SUBSTITUTE'] },
  {
    kind: 'oneOf',
    path: 'update_policy.instance_redistribution_type',
    allowed: ['PROACTIVE', 'NONE'],
  },
  {
    kind: 'conflict',
    path: 'update_policy.max_surge_fixed',
    with: 'update_policy.max_surge_percent',
  },
  {
    kind: 'conflict',
    path: 'update_policy.max_surge_percent',
    with: 'update_policy.max_surge_fixed',
  },
  {
    kind: 'conflict',
    path: 'update_policy.max_unavailable_fixed',
    with: 'update_policy.max_unavailable_percent',
  },
  {
    kind: 'conflict',
    path: 'update_policy.max_unavailable_percent',
    with: 'update_policy.max_unavailable_fixed',
  },
  { kind: 'range', path: 'update_policy.max_surge_percent', min: 0, max: 100 },
  { kind: 'range', path: 'update_policy.max_unavailable_percent', min: 0, max: 100 },
  { kind: 'range', path: 'auto_healing_policies.initial_delay_sec', min: 0, max: 3600 },
  { kind: 'oneOf', path: 'wait_for_instances_status', allowed: ['STABLE', 'UPDATED'] },
  { kind: 'oneOf', path: 'list_managed_instances_results', allowed: ['PAGELESS', 'PAGINATED'] },
  {
    kind: 'oneOf',
    path: 'instance_lifecycle_policy.default_action_on_failure',
    allowed: ['REPAIR', 'DO_NOTHING'],
  },
  {
    kind: 'oneOf',
    path: 'instance_lifecycle_policy.force_update_on_repair',
    allowed: ['YES', 'NO'],
  },
]

const GROUP = {
  defaults: {
    list_managed_instances_results: 'PAGELESS',
    wait_for_instances: false,
    wait_for_instances_status: 'STABLE',
    'instance_lifecycle_policy.default_action_on_failure': 'REPAIR',
    'instance_lifecycle_policy.force_update_on_repair': 'NO',
  },
  absentMeans: {
    'update_policy.replacement_method': 'SUBSTITUTE',
    'update_policy.instance_redistribution_type': 'PROACTIVE',
  },
  computedBlocks: ['standby_policy', 'update_policy', 'instance_lifecycle_policy'],
  sameness: {
    'version.instance_template': sameTemplate,
    'auto_healing_policies.health_check': sameResource,
    region: sameResource,
    zone: sameResource,
  },
} satisfies Partial<OverlayEntry>

/** google_compute_instance_group_manager. */
export const ZONAL_GROUP: OverlayEntry = {
  ...GROUP,
  replaces: ['base_instance_name', 'name', 'zone', 'project'],
  checks: GROUP_CHECKS,
}

/** google_compute_region_instance_group_manager. */
export const REGIONAL_GROUP: OverlayEntry = {
  ...GROUP,
  replaces: [
    'base_instance_name',
    'name',
    'region',
    'project',
    'description',
    'distribution_policy_zones',
  ],
  checks: [
    ...GROUP_CHECKS,
    {
      kind: 'oneOf',
      path: 'distribution_policy_target_shape',
      allowed: ['EVEN', 'BALANCED', 'ANY', 'ANY_SINGLE_ZONE'],
    },
  ],
}

const AUTOSCALER = {
  defaults: {
    'autoscaling_policy.cooldown_period': 60,
    'autoscaling_policy.mode': 'ON',
    'autoscaling_policy.cpu_utilization.predictive_method': 'NONE',
    'autoscaling_policy.scaling_schedules.disabled': false,
    'autoscaling_policy.scaling_schedules.time_zone': 'UTC',
  },
  computedBlocks: ['autoscaling_policy.cpu_utilization'],
  links: ['target', 'region', 'zone'],
  checks: [
    { kind: 'pattern', path: 'name', pattern: COMPUTE_NAME },
    {
      kind: 'oneOf',
      path: 'autoscaling_policy.mode',
      allowed: ['OFF', 'ONLY_UP', 'ON', 'ONLY_SCALE_OUT'],
    },
  ],
} satisfies Partial<OverlayEntry>

/** google_compute_autoscaler. */
export const ZONAL_AUTOSCALER: OverlayEntry = {
  ...AUTOSCALER,
  replaces: ['name', 'zone', 'project'],
}

/** google_compute_region_autoscaler. */
export const REGION_AUTOSCALER: OverlayEntry = {
  ...AUTOSCALER,
  replaces: ['name', 'region', 'project'],
}

// `cos-cloud/cos-stable`, `projects/cos-cloud/global/images/family/cos-stable` and its URL.
function sameImage(prior: Value, config: Value): boolean {
  if (typeof prior !== 'string' || typeof config !== 'string') return false
  if (lastSegment(prior) !== lastSegment(config)) return false
  const [a, b] = [imageProject(prior), imageProject(config)]
  return a === undefined || b === undefined || a === b
}

function imageProject(image: string): string | undefined {
  const path = relativeName(image)
  const long = /^projects\/([^/]+)\//.exec(path)
  if (long) return long[1]
  const segments = path.split('/')
  return segments.length === 2 && segments[0] !== 'family' ? segments[0] : undefined
}

// A group may name its template with the template's unique id behind it.
function sameTemplate(prior: Value, config: Value): boolean {
  if (typeof prior !== 'string' || typeof config !== 'string') return false
  if (prior.includes('?') && config.includes('?')) return sameResource(prior, config)
  return sameResource(withoutQuery(prior), withoutQuery(config))
}

function withoutQuery(link: string): string {
  return link.split('?')[0] ?? link
}

const SCOPE_ALIASES: Readonly<Record<string, string>> = {
  'cloud-platform': 'cloud-platform',
  'compute-ro': 'compute.readonly',
  'compute-rw': 'compute',
  'logging-write': 'logging.write',
  'monitoring-write': 'monitoring.write',
  'storage-ro': 'devstorage.read_only',
  'storage-rw': 'devstorage.read_write',
  'userinfo-email': 'userinfo.email',
}

/** The URL of a scope that may be written as one of gcloud's aliases. */
export function scopeUrl(scope: string): string {
  if (scope.startsWith('https://')) return scope
  return `https://www.googleapis.com/auth/${SCOPE_ALIASES[scope] ?? scope}`
}

// Terraform keeps the elements of a set of strings in this order.
function scopeUrls(scopes: Value): Value {
  if (!isList(scopes)) return scopes
  return scopes.map((scope) => scopeUrl(String(scope))).sort()
}
