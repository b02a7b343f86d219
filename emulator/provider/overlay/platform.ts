import { sameIgnoringCase } from '../plan/sameness.ts'
import type { Value } from '../wire/values.ts'
import type { Check } from './checks.ts'
import type { OverlayEntry } from './entry.ts'

/** Bindings of one member: nothing in them can be changed. */
export const IAM_MEMBER: OverlayEntry = {
  replaces: { except: ['etag'] },
  links: ['secret_id', 'repository', 'bucket'],
  sameness: { member: sameIgnoringCase },
  checks: [
    { kind: 'pattern', path: 'role', pattern: /^((projects|organizations)\/[^/]+\/)?roles\/.+$/ },
    {
      kind: 'pattern',
      path: 'member',
      pattern:
        /^(allUsers|allAuthenticatedUsers|(deleted:)?(principal|principalSet|principalHierarchy|user|group|serviceAccount|domain|projectOwner|projectEditor|projectViewer):.+)$/,
    },
    {
      kind: 'pattern',
      path: 'service_account_id',
      pattern:
        /^projects\/[^/]+\/serviceAccounts\/([a-z][-a-z0-9]{4,28}[a-z0-9]@[-a-z0-9.:]+\.iam|\d+-compute@developer|[-a-z0-9.:]+@appspot)\.gserviceaccount\.com$/,
    },
  ],
}

/** google_artifact_registry_repository. */
export const ARTIFACT_REPOSITORY: OverlayEntry = {
  replaces: [
    'format',
    'repository_id',
    'kms_key_name',
    'location',
    'project',
    'mode',
    ...['allow_snapshot_overwrites', 'version_policy'].map((name) => `maven_config.${name}`),
    'remote_repository_config',
  ],
  defaults: {
    mode: 'STANDARD_REPOSITORY',
    'remote_repository_config.disable_upstream_validation': false,
  },
  computedBlocks: ['vulnerability_scanning_config'],
  sameness: {
    format: sameIgnoringCase,
    'cleanup_policies.condition.older_than': sameDuration,
    'cleanup_policies.condition.newer_than': sameDuration,
  },
  checks: [
    oneOf('mode', ['STANDARD_REPOSITORY', 'VIRTUAL_REPOSITORY', 'REMOTE_REPOSITORY']),
    oneOf('cleanup_policies.action', ['DELETE', 'KEEP']),
    oneOf('cleanup_policies.condition.tag_state', ['TAGGED', 'UNTAGGED', 'ANY']),
    oneOf('vulnerability_scanning_config.enablement_config', ['INHERITED', 'DISABLED']),
  ],
}

/** google_service_account. */
export const SERVICE_ACCOUNT: OverlayEntry = {
  replaces: ['account_id', 'project'],
  defaults: { disabled: false },
  checks: [{ kind: 'pattern', path: 'account_id', pattern: /^[a-z](?:[-a-z0-9]{4,28}[a-z0-9])$/ }],
}

/** google_project_service. */
export const PROJECT_SERVICE: OverlayEntry = {
  replaces: ['service', 'project'],
  defaults: { disable_on_destroy: true },
  checks: [{ kind: 'pattern', path: 'service', pattern: /^[a-z0-9.-]+\.[a-z]+$/ }],
}

/** google_project_iam_custom_role. */
export const PROJECT_CUSTOM_ROLE: OverlayEntry = {
  replaces: ['role_id', 'project'],
  defaults: { stage: 'GA' },
  checks: [
    { kind: 'pattern', path: 'role_id', pattern: /^[a-zA-Z0-9_.]{3,64}$/ },
    oneOf('stage', ['ALPHA', 'BETA', 'GA', 'DEPRECATED', 'DISABLED', 'EAP']),
  ],
}

/** google_secret_manager_secret. */
export const SECRET: OverlayEntry = {
  replaces: [
    'secret_id',
    'tags',
    'project',
    'replication.auto',
    'replication.auto.customer_managed_encryption',
    'replication.user_managed',
    'replication.user_managed.replicas',
    'replication.user_managed.replicas.location',
  ],
  defaults: { deletion_protection: false },
  checks: [
    { kind: 'pattern', path: 'secret_id', pattern: /^[a-zA-Z0-9_-]{1,255}$/ },
    { kind: 'conflict', path: 'ttl', with: 'expire_time' },
  ],
}

/** google_storage_bucket. */
export const BUCKET: OverlayEntry = {
  replaces: [
    'name',
    'location',
    'project',
    'enable_object_retention',
    'custom_placement_config',
    'hierarchical_namespace',
  ],
  defaults: { storage_class: 'STANDARD', force_destroy: false },
  computedBlocks: ['soft_delete_policy', 'website'],
  canonical: { location: (config) => String(config).toUpperCase() },
  sameness: { location: sameIgnoringCase },
  checks: [
    { kind: 'pattern', path: 'name', pattern: /^[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]$/ },
    oneOf('public_access_prevention', ['enforced', 'inherited']),
  ],
}

const POOL_NAME = /^[a-z0-9-]{4,32}$/

/** google_iam_workload_identity_pool. */
export const IDENTITY_POOL: OverlayEntry = {
  replaces: ['workload_identity_pool_id', 'project'],
  checks: [{ kind: 'pattern', path: 'workload_identity_pool_id', pattern: POOL_NAME }],
}

/** google_iam_workload_identity_pool_provider: one of four kinds of issuer. */
export const IDENTITY_PROVIDER: OverlayEntry = {
  replaces: ['workload_identity_pool_id', 'workload_identity_pool_provider_id', 'project'],
  checks: [
    { kind: 'pattern', path: 'workload_identity_pool_provider_id', pattern: POOL_NAME },
    { kind: 'exactlyOne', paths: ['aws', 'oidc', 'saml', 'x509'] },
  ],
}

function oneOf(path: string, allowed: readonly string[]): Check {
  return { kind: 'oneOf', path, allowed }
}

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 }

// "7d" and Google's answer "604800s".
function sameDuration(prior: Value, config: Value): boolean {
  const [a, b] = [seconds(prior), seconds(config)]
  return a !== undefined && a === b
}

function seconds(value: Value): number | undefined {
  const match = /^(\d+(?:\.\d+)?)([smhd])$/.exec(String(value))
  return match ? Number(match[1]) * (SECONDS[match[2] ?? ''] ?? Number.NaN) : undefined
}
