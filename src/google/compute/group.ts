import { asList, asNumber, asRecord, asText, type JsonRecord } from '../../lib/json.ts'

export interface GroupVersion {
  readonly name: string
  readonly instanceTemplate: string
}

export interface InstanceGroup {
  readonly fingerprint: string
  readonly targetSize: number
  readonly versions: readonly GroupVersion[]
  readonly isStable: boolean
  readonly isVersionTargetReached: boolean
  readonly hasHealthCheck: boolean
}

/** An error that the group met when it last tried to do something for a VM. */
export interface InstanceError {
  readonly code: string
  readonly message: string
  /** Such as `e2-small`; empty where the error does not say. */
  readonly machineType: string
}

export interface ManagedInstance {
  readonly name: string
  /** Another one when a VM of the same name was recreated. */
  readonly id: string
  readonly zone: string
  readonly currentAction: string
  readonly instanceStatus: string
  /** The version it is meant to have; not proof of what runs. */
  readonly versionName: string
  readonly healthStates: readonly string[]
  readonly lastErrors: readonly InstanceError[]
}

/** One entry of the group's own list of errors. */
export interface GroupError extends InstanceError {
  readonly atMs: number
  readonly vm: string
  readonly zone: string
  readonly versionName: string
}

/** A boolean that is missing reads as false: gcloud's own wait takes it for true and ends too early. */
export function readGroup(group: JsonRecord): InstanceGroup {
  const status = asRecord(group['status'])
  return {
    fingerprint: asText(group['fingerprint']),
    targetSize: asNumber(group['targetSize']) ?? 0,
    versions: asList(group['versions']).map((item) => {
      const version = asRecord(item)
      return {
        name: asText(version['name']),
        instanceTemplate: asText(version['instanceTemplate']),
      }
    }),
    isStable: status['isStable'] === true,
    isVersionTargetReached: asRecord(status['versionTarget'])['isReached'] === true,
    hasHealthCheck: asList(group['autoHealingPolicies']).some(
      (policy) => asText(asRecord(policy)['healthCheck']) !== ''
    ),
  }
}

export function readManagedInstance(item: JsonRecord): ManagedInstance {
  const { zone, name } = placeOf(item['instance'])
  return {
    name: name || asText(item['name']),
    id: asText(item['id']),
    zone,
    currentAction: asText(item['currentAction']),
    instanceStatus: asText(item['instanceStatus']),
    versionName: asText(asRecord(item['version'])['name']),
    healthStates: asList(item['instanceHealth']).map((health) =>
      asText(asRecord(health)['detailedHealthState'])
    ),
    lastErrors: 'lastAttempt' in item ? readAttempt(asRecord(item['lastAttempt'])) : NO_ERRORS,
  }
}

/** Of most VMs: one list for all of them. */
const NO_ERRORS: readonly InstanceError[] = []

function readAttempt(attempt: JsonRecord): readonly InstanceError[] {
  return asList(asRecord(attempt['errors'])['errors']).map((error) => readError(asRecord(error)))
}

export function readGroupError(item: JsonRecord): GroupError {
  const details = asRecord(item['instanceActionDetails'])
  const { zone, name } = placeOf(details['instance'])
  return {
    ...readError(asRecord(item['error'])),
    // A time that cannot be read is long ago: an old error must not end a new rollout.
    atMs: Date.parse(asText(item['timestamp'])) || 0,
    vm: name,
    zone,
    versionName: asText(asRecord(details['version'])['name']),
  }
}

function readError(error: JsonRecord): InstanceError {
  const [info = {}] = asList(error['errorDetails'])
    .map((detail) => asRecord(asRecord(asRecord(detail)['errorInfo'])['metadatas']))
    .filter((metadata) => asText(metadata['vmType']) !== '')
  return {
    code: asText(error['code']),
    message: asText(error['message']),
    machineType: asText(info['vmType']),
  }
}

function placeOf(url: unknown): { readonly zone: string; readonly name: string } {
  const text = asText(url)
  const at = text.lastIndexOf(INSTANCES)
  const zoneAt = text.lastIndexOf(ZONES, at)
  if (at < 0 || zoneAt < 0) return { zone: '', name: '' }
  return { zone: text.slice(zoneAt + ZONES.length, at), name: text.slice(at + INSTANCES.length) }
}

const ZONES = 'zones/'
const INSTANCES = '/instances/'
