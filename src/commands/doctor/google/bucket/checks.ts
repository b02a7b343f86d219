import { createStateBucket, grantOnBucket } from '../../../../google/diagnosis/remedies.ts'
import type { JsonRecord } from '../../../../lib/json.ts'
import { broken, type Check, type Finding, ok, unknown } from '../../check.ts'
import { listed } from '../access/permissions.ts'
import { AFTER_IDENTITY, type CheckContext } from '../context.ts'
import { BUCKET_SETTINGS } from './settings.ts'

const SUBJECT = 'State bucket'
const READ_SETTINGS = 'storage.buckets.get'

/** What state, ledger and lock are read and written with. */
const NEEDED = [
  'storage.objects.create',
  'storage.objects.delete',
  'storage.objects.get',
  'storage.objects.list',
]

/** What is asked of the bucket, in one request. */
export const BUCKET_PERMISSIONS: readonly string[] = [...NEEDED, READ_SETTINGS]

/** The bucket itself, who may write to it, and each setting that state and ledger depend on. */
export function bucketChecks(context: CheckContext): readonly Check[] {
  return [
    bucketThere(context),
    bucketPermissions(context),
    ...BUCKET_SETTINGS.map(({ id, title, judge }) => ({
      id,
      subject: SUBJECT,
      title,
      after: ['state-bucket'],
      look: () => judged(context, judge),
    })),
  ]
}

async function judged(
  { readings, config, ports }: CheckContext,
  judge: (
    bucket: JsonRecord,
    place: { readonly bucket: string; readonly region: string; readonly service: string }
  ) => Finding
): Promise<Finding> {
  const { stateBucket, region, name: service } = config
  if (!(await readings.bucketHeld()).has(READ_SETTINGS)) {
    // Of the roles with this permission it is the one that can do nothing else to a bucket.
    const role = 'roles/storage.legacyBucketReader'
    const fix = grantOnBucket(role, { bucket: stateBucket, member: ports.member })
    return unknown("The job may not read the bucket's settings.", fix)
  }
  const bucket = await readings.bucket()
  if (bucket === undefined) return unknown('The bucket has gone in this moment.')
  return judge(bucket, { bucket: stateBucket, region, service })
}

/** Asked by listing: whoever may use the bucket may still not read its settings. */
function bucketThere({ ports, config }: CheckContext): Check {
  const { stateBucket: bucket, region: location, projectId: project } = config
  return {
    id: 'state-bucket',
    subject: SUBJECT,
    title: `Bucket ${bucket} exists`,
    after: AFTER_IDENTITY,
    look: async () => {
      const answer = await ports.google.request({
        service: 'storage',
        method: 'GET',
        path: `b/${bucket}/o`,
        query: { maxResults: '1', fields: 'kind' },
        purpose: `read the state bucket ${bucket}`,
        accept: [403, 404],
      })
      if (answer.status === 404) {
        const fix = createStateBucket({ bucket, location, project })
        return broken('There is no such bucket.', fix)
      }
      // A bucket that is not there is no secret, so a refusal is about one that is.
      return ok(answer.status === 403 ? 'There.' : 'There, and readable.')
    },
  }
}

function bucketPermissions({
  readings,
  ports,
  config: { stateBucket: bucket },
}: CheckContext): Check {
  return {
    id: 'state-bucket-permissions',
    subject: SUBJECT,
    title: 'The job may read and write state and ledger',
    after: ['state-bucket'],
    look: async () => {
      const held = await readings.bucketHeld()
      const missing = NEEDED.filter((permission) => !held.has(permission))
      if (missing.length === 0) return ok(`All ${NEEDED.length} permissions.`)
      const { member } = ports
      return broken(
        `${member} lacks ${listed(missing)} on ${bucket}.`,
        grantOnBucket('roles/storage.objectUser', { bucket, member })
      )
    },
  }
}
