import { BUCKET, type Clinic } from '../clinic.ts'
import { type Case, MEMBER } from './case.ts'

const update = (flag: string): string => `gcloud storage buckets update gs://${BUCKET} ${flag}`
const setting =
  (fields: object) =>
  ({ rest }: Clinic): Promise<unknown> =>
    rest.patch(`/storage/v1/b/${BUCKET}`, fields)

export const BUCKET_CASES: readonly Case[] = [
  {
    id: 'state-bucket',
    when: 'there is none',
    inputs: { state_bucket: 'mervis-demo-other' },
    kind: 'error',
    said: /^There is no such bucket/,
    fix: 'gcloud storage buckets create gs://mervis-demo-other --project=mervis-demo --location=europe-west1 --uniform-bucket-level-access --public-access-prevention && gcloud storage buckets update gs://mervis-demo-other --versioning',
    also: 'many',
  },
  {
    id: 'state-bucket-retention',
    when: 'a retention policy forbids replacing',
    breaks: setting({ retentionPolicy: { retentionPeriod: '86400' } }),
    kind: 'error',
    said: /A retention policy of 86400 s: no state can be written twice/,
    fix: update('--clear-retention-period'),
  },
  {
    id: 'state-bucket-retention',
    when: 'new objects are held',
    breaks: setting({ defaultEventBasedHold: true }),
    kind: 'error',
    said: /New objects are held/,
    fix: update('--no-default-event-based-hold'),
  },
  {
    id: 'state-bucket-lifecycle',
    when: 'a rule deletes by age alone',
    breaks: setting({
      lifecycle: { rule: [{ action: { type: 'Delete' }, condition: { age: 30 } }] },
    }),
    kind: 'error',
    said: /deletes objects that are still in use: \{"age":30\}/,
    fix: update('--clear-lifecycle'),
  },
  {
    id: 'state-bucket-versioning',
    when: 'it is off',
    breaks: setting({ versioning: { enabled: false } }),
    kind: 'warning',
    said: /could not be put back/,
    fix: update('--versioning'),
  },
  {
    id: 'state-bucket-public',
    when: 'it is not prevented',
    breaks: setting({ iamConfiguration: { publicAccessPrevention: 'inherited' } }),
    kind: 'warning',
    said: /to everybody/,
    fix: update('--public-access-prevention'),
  },
  {
    id: 'state-bucket-access',
    when: 'objects have lists of their own',
    breaks: setting({ iamConfiguration: { uniformBucketLevelAccess: { enabled: false } } }),
    kind: 'warning',
    said: /an access list of its own/,
    fix: update('--uniform-bucket-level-access'),
  },
  {
    id: 'state-bucket-location',
    when: 'it lies on another continent',
    breaks: setting({ location: 'US-CENTRAL1' }),
    kind: 'warning',
    said: /In us-central1, far from europe-west1/,
    fix: `gcloud storage buckets relocate gs://${BUCKET} --location=europe-west1`,
  },
  {
    id: 'state-bucket-versioning',
    when: 'the job may not read the settings',
    breaks: ({ rest }) => rest.revokeOnBucket(BUCKET, 'roles/storage.legacyBucketReader', MEMBER),
    kind: 'unknown',
    said: /may not read the bucket's settings/,
    fix: `gcloud storage buckets add-iam-policy-binding gs://${BUCKET} --member=${MEMBER} --role=roles/storage.legacyBucketReader`,
    also: ['retention', 'lifecycle', 'public', 'access', 'location'].map(
      (name) => `state-bucket-${name}`
    ),
  },
]
