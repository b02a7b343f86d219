import { lastSegment } from '../../plan/sameness.ts'
import type { RestMapping } from '../../rest/rest-resource.ts'
import { ProviderError } from '../../wire/diagnostics.ts'
import { type Fields, isFields, isList, type Value } from '../../wire/values.ts'

/** google_artifact_registry_repository. */
export const ARTIFACT_REPOSITORY: RestMapping = {
  api: 'artifactRegistry',
  title: 'Repository',
  collection: 'projects/{{project}}/locations/{{location}}/repositories',
  nameField: 'repository_id',
  nameParameter: 'repository_id',
  importIds: [
    'projects/{{project}}/locations/{{location}}/repositories/{{repository_id}}',
    '{{project}}/{{location}}/{{repository_id}}',
    '{{location}}/{{repository_id}}',
    '{{repository_id}}',
  ],
  update: 'PATCH-mask',
  codec: { local: new Set(['location', 'repository_id']) },
  encode: (body) => {
    const policies = body['cleanupPolicies']
    return isList(policies) ? { ...body, cleanupPolicies: encodePolicies(policies) } : body
  },
  decode: (answer) => ({
    ...answer,
    name: lastSegment(String(answer['name'])),
    cleanupPolicies: decodePolicies(answer['cleanupPolicies']),
  }),
}

// A set with ids in Terraform, a map by id in the API that repeats the id inside.
function encodePolicies(policies: readonly Value[]): Fields {
  return Object.fromEntries(
    policies.filter(isFields).map(({ id, condition, mostRecentVersions, ...policy }) => [
      String(id),
      {
        id: id ?? null,
        ...policy,
        ...(condition !== undefined && { condition: encodeCondition(condition) }),
        ...(mostRecentVersions !== undefined && { mostRecentVersions }),
      },
    ])
  )
}

// Durations are written "7d" by people and "604800s" by the API.
function encodeCondition(condition: Value): Value {
  if (!isFields(condition)) return condition
  return Object.fromEntries(
    Object.entries(condition).map(([name, value]) => [
      name,
      name === 'olderThan' || name === 'newerThan' ? inSeconds(value) : value,
    ])
  )
}

const UNIT_SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 }

function inSeconds(value: Value): Value {
  const match = /^(\d+)([smhd])$/.exec(String(value))
  return match ? `${Number(match[1]) * (UNIT_SECONDS[match[2] ?? 's'] ?? 1)}s` : value
}

function decodePolicies(policies: Value | undefined): Value {
  if (!isFields(policies)) return []
  return Object.entries(policies).map(([id, policy]): Value => {
    return isFields(policy) ? { id, ...policy } : { id }
  })
}

/** google_secret_manager_secret, without any version of its value. */
export const SECRET: RestMapping = {
  api: 'secretManager',
  title: 'Secret',
  collection: 'projects/{{project}}/secrets',
  nameField: 'secret_id',
  nameParameter: 'secretId',
  importIds: [
    'projects/{{project}}/secrets/{{secret_id}}',
    '{{project}}/{{secret_id}}',
    '{{secret_id}}',
  ],
  update: 'PATCH-mask',
  codec: {
    names: { 'replication.auto': 'automatic' },
    telling: new Set(['replication', 'replication.auto']),
    local: new Set(['secret_id', 'deletion_protection', 'ttl']),
  },
  encode: (body, { fields }) => ({
    ...body,
    replication: encodeReplication(fields['replication'], body['replication']),
  }),
  guardDeletion: (state) => {
    if (state['deletion_protection'] !== true) return
    throw new ProviderError(
      'cannot destroy secret without setting deletion_protection=false and running `terraform apply`'
    )
  },
}

// `auto {}` is empty on both sides, and an empty block would otherwise not be sent at all.
function encodeReplication(written: Value | undefined, encoded: Value | undefined): Value {
  const block = isList(written) ? written[0] : undefined
  const isAuto = isFields(block) && isList(block['auto']) && block['auto'].length > 0
  const body = isFields(encoded) ? encoded : {}
  return isAuto ? { automatic: body['automatic'] ?? {} } : body
}
