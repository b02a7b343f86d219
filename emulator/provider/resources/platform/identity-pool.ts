import type { RestMapping } from '../../rest/rest-resource.ts'
import type { Fields } from '../../wire/values.ts'

const POOLS = 'projects/{{project}}/locations/global/workloadIdentityPools'

/** google_iam_workload_identity_pool. */
export const IDENTITY_POOL: RestMapping = {
  api: 'iamBeta',
  title: 'WorkloadIdentityPool',
  collection: POOLS,
  nameField: 'workload_identity_pool_id',
  nameParameter: 'workloadIdentityPoolId',
  importIds: [
    `${POOLS}/{{workload_identity_pool_id}}`,
    '{{project}}/{{workload_identity_pool_id}}',
    '{{workload_identity_pool_id}}',
  ],
  update: 'PATCH-mask',
  codec: { local: new Set(['workload_identity_pool_id']) },
  decode: hideDeleted,
}

/** google_iam_workload_identity_pool_provider. */
export const IDENTITY_PROVIDER: RestMapping = {
  api: 'iamBeta',
  title: 'WorkloadIdentityPoolProvider',
  collection: `${POOLS}/{{workload_identity_pool_id}}/providers`,
  nameField: 'workload_identity_pool_provider_id',
  nameParameter: 'workloadIdentityPoolProviderId',
  importIds: [
    `${POOLS}/{{workload_identity_pool_id}}/providers/{{workload_identity_pool_provider_id}}`,
    '{{project}}/{{workload_identity_pool_id}}/{{workload_identity_pool_provider_id}}',
    '{{workload_identity_pool_id}}/{{workload_identity_pool_provider_id}}',
  ],
  update: 'PATCH-mask',
  codec: {
    local: new Set(['workload_identity_pool_id', 'workload_identity_pool_provider_id']),
  },
  decode: hideDeleted,
}

/** google_project_iam_custom_role. */
export const CUSTOM_ROLE: RestMapping = {
  api: 'iam',
  title: 'the custom project role',
  collection: 'projects/{{project}}/roles',
  nameField: 'role_id',
  importIds: ['projects/{{project}}/roles/{{role_id}}', '{{project}}/{{role_id}}', '{{role_id}}'],
  update: 'PATCH-mask',
  codec: { local: new Set(['role_id']), names: { permissions: 'includedPermissions' } },
  // Creation wraps the role and names it beside; a change sends the role itself.
  encodeCreation: (body, { fields }) => ({ roleId: fields['role_id'] ?? null, role: body }),
  decode: hideDeleted,
}

// Pools, providers and roles can be undeleted for 30 days and are answered with until then.
function hideDeleted(answer: Fields): Fields | null {
  return answer['state'] === 'DELETED' || answer['deleted'] === true ? null : answer
}
