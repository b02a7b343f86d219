import { lastSegment } from '../../plan/sameness.ts'
import { compact } from '../../rest/calls.ts'
import type { MappingContext, RestMapping } from '../../rest/rest-resource.ts'
import { resolve } from '../../rest/template.ts'
import { type Fields, isFields, isList, type Value } from '../../wire/values.ts'
import { updateGroup, waitForGroup } from './group-change.ts'
import { regionalImports } from './network.ts'

const CODEC: NonNullable<RestMapping['codec']> = {
  names: {
    version: 'versions',
    named_port: 'namedPorts',
    instance_group_manager_id: 'id',
    'instance_flexibility_policy.instance_selections': 'instanceSelections',
  },
  lists: new Set(['auto_healing_policies']),
  local: new Set(['wait_for_instances', 'wait_for_instances_status', 'operation']),
}

const SHARED = {
  api: 'compute',
  update: 'PATCH',
  needsFingerprint: true,
  timeoutMs: 15 * 60_000,
  codec: CODEC,
  encode: encodeGroup,
  decode: decodeGroup,
  updateSpecially: updateGroup,
  settle: waitForGroup,
} satisfies Partial<RestMapping>

/** google_compute_instance_group_manager. */
export const ZONAL_GROUP: RestMapping = {
  ...SHARED,
  title: 'InstanceGroupManager',
  words: { updating: 'managed group instances', reading: 'Instance Group Manager' },
  collection: 'projects/{{project}}/zones/{{zone}}/instanceGroupManagers',
  importIds: [
    'projects/{{project}}/zones/{{zone}}/instanceGroupManagers/{{name}}',
    '{{project}}/{{zone}}/{{name}}',
    '{{project}}/{{name}}',
    '{{name}}',
  ],
}

/** google_compute_region_instance_group_manager. */
export const REGIONAL_GROUP: RestMapping = {
  ...SHARED,
  title: 'RegionInstanceGroupManager',
  words: {
    updating: 'region managed group instances',
    reading: 'Region Instance Group Manager',
  },
  collection: 'projects/{{project}}/regions/{{region}}/instanceGroupManagers',
  importIds: regionalImports('instanceGroupManagers'),
}

// Written flat in Terraform, nested or differently grouped in the API.
function encodeGroup(body: Fields, context: MappingContext): Fields {
  const {
    region: _region,
    zone: _zone,
    distributionPolicyZones: zones,
    distributionPolicyTargetShape: targetShape,
    allInstancesConfig,
    ...rest
  } = body
  const distribution = compact({ targetShape, zones: encodeZones(zones, context) })
  return compact({
    ...rest,
    targetSize: body['targetSize'] ?? 0,
    updatePolicy: isFields(body['updatePolicy']) ? encodePolicy(body['updatePolicy']) : undefined,
    distributionPolicy: Object.keys(distribution).length > 0 ? distribution : undefined,
    allInstancesConfig: isFields(allInstancesConfig)
      ? { properties: allInstancesConfig }
      : undefined,
  })
}

function encodeZones(
  zones: Value | undefined,
  { fields, session }: MappingContext
): Value | undefined {
  if (!isList(zones)) return undefined
  const project = resolve('project', fields, session)
  return zones.map((zone) => ({
    zone: `projects/${project}/zones/${lastSegment(String(zone))}`,
  }))
}

const LIMITS = ['maxSurge', 'maxUnavailable'] as const

function encodePolicy(policy: Fields): Fields {
  const flat = new Set(LIMITS.flatMap((limit) => [`${limit}Fixed`, `${limit}Percent`]))
  const kept = Object.entries(policy).filter(([name]) => !flat.has(name))
  const limits = LIMITS.map((limit) => [limit, encodeLimit(policy, limit)])
  return compact({ ...Object.fromEntries(kept), ...Object.fromEntries(limits) })
}

// A computed `fixed` of 0 stays in the state beside a configured percentage: the percentage counts.
function encodeLimit(policy: Fields, limit: string): Value | undefined {
  const percent = policy[`${limit}Percent`]
  const fixed = policy[`${limit}Fixed`]
  if (percent !== undefined && percent !== 0) return { percent }
  return fixed === undefined ? undefined : { fixed }
}

function decodeGroup(answer: Fields): Fields {
  const policy = answer['updatePolicy']
  const distribution = isFields(answer['distributionPolicy']) ? answer['distributionPolicy'] : {}
  const all = answer['allInstancesConfig']
  return {
    ...answer,
    updatePolicy: isFields(policy) ? decodePolicy(policy) : null,
    standbyPolicy: answer['standbyPolicy'] ?? { initialDelaySec: 0, mode: 'MANUAL' },
    distributionPolicyTargetShape: distribution['targetShape'] ?? null,
    distributionPolicyZones: decodeZones(distribution['zones']),
    allInstancesConfig: isFields(all) ? (all['properties'] ?? null) : null,
    versions: decodeVersions(answer),
  }
}

function decodePolicy(policy: Fields): Fields {
  const limits = LIMITS.flatMap((limit): [string, Value][] => {
    const value = policy[limit]
    if (!isFields(value)) return []
    return [
      [`${limit}Fixed`, value['fixed'] ?? 0],
      [`${limit}Percent`, value['percent'] ?? null],
    ]
  })
  return { ...policy, ...Object.fromEntries(limits) }
}

function decodeZones(zones: Value | undefined): Value {
  if (!isList(zones)) return null
  return zones.filter(isFields).map((item) => lastSegment(String(item['zone'])))
}

// The API repeats the target size in its calculated form, which is no part of the configuration.
function decodeVersions(answer: Fields): Value {
  const versions = isList(answer['versions']) ? answer['versions'].filter(isFields) : []
  const sole = versions.length === 1
  return versions.map((version) => {
    const { targetSize, ...rest } = version
    const size = isFields(targetSize) ? targetSize : {}
    const written = 'fixed' in size || 'percent' in size
    return written && !(sole && 'calculated' in size) ? { ...rest, targetSize: size } : rest
  })
}
