import { lastSegment } from '../../plan/sameness.ts'
import { compact } from '../../rest/calls.ts'
import type { RestMapping } from '../../rest/rest-resource.ts'
import { type Fields, isFields } from '../../wire/values.ts'

/** google_storage_bucket. */
export const BUCKET: RestMapping = {
  api: 'storage',
  title: 'bucket',
  collection: 'b',
  creationQuery: 'project={{project}}',
  id: '{{name}}',
  importIds: ['{{project}}/{{name}}', '{{name}}'],
  update: 'PATCH',
  codec: {
    local: new Set(['force_destroy', 'project', 'enable_object_retention']),
    names: {
      'logging.log_bucket': 'logBucket',
      'lifecycle_rule.condition.with_state': 'withState',
    },
  },
  encode: encodeBucket,
  decode: decodeBucket,
}

function encodeBucket(body: Fields): Fields {
  const { publicAccessPrevention, uniformBucketLevelAccess, lifecycleRule, ...rest } = body
  const access =
    uniformBucketLevelAccess !== undefined ? { enabled: uniformBucketLevelAccess } : undefined
  const iamConfiguration = compact({ publicAccessPrevention, uniformBucketLevelAccess: access })
  return compact({
    ...rest,
    iamConfiguration: Object.keys(iamConfiguration).length > 0 ? iamConfiguration : undefined,
    lifecycle: lifecycleRule !== undefined ? { rule: lifecycleRule } : undefined,
  })
}

function decodeBucket(answer: Fields): Fields {
  const iam = isFields(answer['iamConfiguration']) ? answer['iamConfiguration'] : {}
  const access = iam['uniformBucketLevelAccess']
  const lifecycle = answer['lifecycle']
  return {
    ...answer,
    publicAccessPrevention: iam['publicAccessPrevention'] ?? 'inherited',
    uniformBucketLevelAccess: isFields(access) ? (access['enabled'] ?? false) : false,
    lifecycleRule: isFields(lifecycle) ? (lifecycle['rule'] ?? null) : null,
    url: `gs://${lastSegment(String(answer['name']))}`,
  }
}
