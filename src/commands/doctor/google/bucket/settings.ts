import { command, updateBucket } from '../../../../google/diagnosis/remedies.ts'
import { asList, asRecord, asText, type JsonRecord } from '../../../../lib/json.ts'
import { broken, doubtful, type Finding, ok } from '../../check.ts'

interface Place {
  /** The bucket's name. */
  readonly bucket: string
  readonly region: string
  /** Whose folder in it matters. */
  readonly service: string
}

/** One setting, and what it is worth. */
export interface BucketSetting {
  readonly id: string
  readonly title: string
  readonly judge: (bucket: JsonRecord, place: Place) => Finding
}

/** In the order in which they hurt. */
export const BUCKET_SETTINGS: readonly BucketSetting[] = [
  { id: 'state-bucket-retention', title: 'Objects may be replaced', judge: judgeRetention },
  { id: 'state-bucket-lifecycle', title: 'No rule deletes the state', judge: judgeLifecycle },
  { id: 'state-bucket-versioning', title: 'Earlier versions are kept', judge: judgeVersioning },
  { id: 'state-bucket-public', title: 'Nobody can make it public', judge: judgePublic },
  { id: 'state-bucket-access', title: 'Access is by roles alone', judge: judgeAccess },
  { id: 'state-bucket-location', title: 'It lies near the VMs', judge: judgeLocation },
]

/** Terraform, ledger and lock write the same object again and again. */
function judgeRetention(settings: JsonRecord, { bucket }: Place): Finding {
  const { retentionPeriod, isLocked } = asRecord(settings['retentionPolicy'])
  if (retentionPeriod !== undefined && Number(retentionPeriod) > 0) {
    const lock = isLocked === true ? ' It is locked: only another bucket helps.' : ''
    const said = `A retention policy of ${String(retentionPeriod)} s: no state can be written twice.${lock}`
    return broken(said, updateBucket(bucket, ['--clear-retention-period']))
  }
  if (settings['defaultEventBasedHold'] === true) {
    const said = 'New objects are held: no state can be written twice.'
    return broken(said, updateBucket(bucket, ['--no-default-event-based-hold']))
  }
  return ok('No retention policy.')
}

function judgeLifecycle(settings: JsonRecord, { bucket, service }: Place): Finding {
  const rules = asList(asRecord(settings['lifecycle'])['rule']).map(asRecord)
  const deadly = rules.find((rule) => deletesLive(rule, service))
  if (deadly === undefined) return ok(rules.length === 0 ? 'No rules.' : 'Only old versions go.')
  return broken(
    `A lifecycle rule deletes objects that are still in use: ${JSON.stringify(deadly['condition'] ?? {})}.`,
    updateBucket(bucket, ['--clear-lifecycle'])
  )
}

/** What a run of the service finds again by its name. */
const OBJECTS = ['default.tfstate', 'releases.json', 'deploy.lock']

/** Whether a rule can delete what of the service nothing has followed yet. */
function deletesLive(rule: JsonRecord, service: string): boolean {
  if (asText(asRecord(rule['action'])['type']) !== 'Delete') return false
  const condition = asRecord(rule['condition'])
  const isForOld =
    condition['isLive'] === false ||
    Number(condition['numNewerVersions'] ?? 0) > 0 ||
    condition['daysSinceNoncurrentTime'] !== undefined ||
    condition['noncurrentTimeBefore'] !== undefined
  const [prefixes, suffixes] = [condition['matchesPrefix'], condition['matchesSuffix']].map(
    (list) => asList(list).map(asText)
  )
  const isMeant = OBJECTS.map((object) => `${service}/${object}`).some(
    (name) =>
      (!prefixes?.length || prefixes.some((prefix) => name.startsWith(prefix))) &&
      (!suffixes?.length || suffixes.some((suffix) => name.endsWith(suffix)))
  )
  return !isForOld && isMeant
}

function judgeVersioning(settings: JsonRecord, { bucket }: Place): Finding {
  if (asRecord(settings['versioning'])['enabled'] === true) return ok('On.')
  const said = 'Off: a damaged state or ledger could not be put back.'
  return doubtful(said, updateBucket(bucket, ['--versioning']))
}

function judgePublic(settings: JsonRecord, { bucket }: Place): Finding {
  const prevention = asText(asRecord(settings['iamConfiguration'])['publicAccessPrevention'])
  if (prevention === 'enforced') return ok('Public access is prevented.')
  const said =
    'One careless grant would show the state, secrets of providers included, to everybody.'
  return doubtful(said, updateBucket(bucket, ['--public-access-prevention']))
}

function judgeAccess(settings: JsonRecord, { bucket }: Place): Finding {
  const uniform = asRecord(asRecord(settings['iamConfiguration'])['uniformBucketLevelAccess'])
  if (uniform['enabled'] === true) return ok('Uniform bucket-level access.')
  const said = 'Each object can have an access list of its own, which no role shows.'
  return doubtful(said, updateBucket(bucket, ['--uniform-bucket-level-access']))
}

/** Regions, and multi- and dual-regions such as `EU`, `NAM4`, begin with where they are. */
function judgeLocation(settings: JsonRecord, { bucket, region }: Place): Finding {
  const location = asText(settings['location']).toLowerCase()
  if (continentOf(location) === continentOf(region)) return ok(location)
  return doubtful(
    `In ${location}, far from ${region}: each deploy waits for it, and the state leaves the continent.`,
    command(['gcloud storage buckets relocate', `gs://${bucket}`], { location: region })
  )
}

const CONTINENTS: ReadonlyMap<string, string> = new Map([
  ['eu', 'europe'],
  ['eur', 'europe'],
  ['us', 'northamerica'],
  ['nam', 'northamerica'],
])

function continentOf(location: string): string {
  const [letters = location] = /^[a-z]+/.exec(location) ?? []
  return CONTINENTS.get(letters) ?? letters
}
