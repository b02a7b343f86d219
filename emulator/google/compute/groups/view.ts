import type { JsonObject } from '../../route.ts'
import { objectOf } from '../../route.ts'
import type { Group, Instance, InstanceError, Version } from '../group/model.ts'
import { countActions, isStable, isVersionTargetReached } from '../group/status.ts'
import { versionSizes } from '../group/versions.ts'
import { timestamp } from '../operations.ts'
import { fingerprintOf } from '../resources/store.ts'
import type { Links } from '../scope.ts'
import type { GroupRecord } from './registry.ts'
import { count, listOf } from './spec.ts'

const ALL_ACTIONS = [
  'none',
  'creating',
  'creatingWithoutRetries',
  'verifying',
  'recreating',
  'restarting',
  'refreshing',
  'deleting',
  'abandoning',
  'starting',
  'stopping',
  'resuming',
  'suspending',
]

/** A group as GET shows it; `autoscaler` is the link of the one that it has. */
export function renderGroup(record: GroupRecord, links: Links, autoscaler?: string): JsonObject {
  const { config, identity, path, runner } = record
  const updatePolicy = objectOf(config, 'updatePolicy')
  return {
    kind: 'compute#instanceGroupManager',
    ...config,
    ...identity,
    versions: renderVersions(config, runner.group),
    updatePolicy: {
      ...updatePolicy,
      maxSurge: withCalculated(updatePolicy, 'maxSurge', runner.group),
      maxUnavailable: withCalculated(updatePolicy, 'maxUnavailable', runner.group),
    },
    instanceGroup: links.url(path.replace('instanceGroupManagers', 'instanceGroups')),
    fingerprint: configFingerprint(config),
    currentActions: renderActions(runner.group),
    status: { ...renderStatus(runner.group), ...(autoscaler && { autoscaler }) },
  }
}

/** Changes with the configuration, never with what the instances do. */
export function configFingerprint(config: JsonObject): string {
  return fingerprintOf(config)
}

function renderVersions(config: JsonObject, group: Group): readonly JsonObject[] {
  const sizes = versionSizes(group.spec)
  return listOf(config, 'versions').map((version, index) => ({
    ...version,
    targetSize: { ...objectOf(version, 'targetSize'), calculated: sizes[index]?.size ?? 0 },
  }))
}

function withCalculated(policy: JsonObject, field: string, group: Group): JsonObject {
  const allowance = objectOf(policy, field)
  return { ...allowance, calculated: count(allowance, group.spec.targetSize) }
}

function renderActions(group: Group): JsonObject {
  const counts = countActions(group)
  const numbers = new Map([...counts].map(([action, number]) => [action.toLowerCase(), number]))
  return Object.fromEntries(ALL_ACTIONS.map((action) => [action, numbers.get(action) ?? 0]))
}

function renderStatus(group: Group): JsonObject {
  return {
    isStable: isStable(group),
    versionTarget: { isReached: isVersionTargetReached(group) },
    allInstancesConfig: { effective: true, currentRevision: '' },
    stateful: { hasStatefulConfig: false, perInstanceConfigs: { allEffective: true } },
  }
}

/** One row of listManagedInstances. */
export function renderManagedInstance(
  instance: Instance,
  record: GroupRecord,
  links: Links
): JsonObject {
  const { vm, action, version, lastError } = instance
  const [autohealing] = listOf(record.config, 'autoHealingPolicies')
  return {
    instance: instanceUrl(instance, record, links),
    name: instance.name,
    ...(vm && { id: vm.id, instanceStatus: vm.status }),
    currentAction: action,
    // The intended version: nothing is intended for an instance on its way out.
    version: action === 'DELETING' ? {} : renderVersion(version),
    ...(lastError && { lastAttempt: { errors: { errors: [renderError(lastError)] } } }),
    ...(autohealing &&
      vm && {
        instanceHealth: [
          { healthCheck: autohealing['healthCheck'], detailedHealthState: vm.health },
        ],
      }),
  }
}

function instanceUrl(
  { name, zone }: { readonly name: string; readonly zone: string },
  record: GroupRecord,
  links: Links
): string {
  const [, project] = record.path.split('/')
  return links.url(`projects/${project}/zones/${zone}/instances/${name}`)
}

function renderVersion({ template, name }: Version): JsonObject {
  return { instanceTemplate: template, ...(name !== '' && { name }) }
}

function renderError({ code, message, details }: InstanceError): JsonObject {
  return { code, message, ...(details.length > 0 && { errorDetails: details }) }
}

/** The items of listErrors, newest first. */
export function renderErrors(record: GroupRecord, links: Links): readonly JsonObject[] {
  const { errors } = record.runner.group
  return errors.toReversed().map(({ at, error, instance, zone, action, version }) => ({
    error: { code: error.code, message: error.message },
    instanceActionDetails: {
      action,
      instance: instanceUrl({ name: instance, zone }, record, links),
      version: renderVersion(version),
    },
    timestamp: timestamp(at),
  }))
}
