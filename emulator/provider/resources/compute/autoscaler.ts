import type { RestMapping } from '../../rest/rest-resource.ts'
import { type Fields, isFields, isList, type Value } from '../../wire/values.ts'
import { regionalImports, zonalImports } from './network.ts'

const POLICY = 'autoscaling_policy'

const SHARED = {
  api: 'compute',
  update: 'PUT',
  nameInChanges: 'autoscaler',
  codec: {
    names: {
      [`${POLICY}.min_replicas`]: 'minNumReplicas',
      [`${POLICY}.max_replicas`]: 'maxNumReplicas',
      [`${POLICY}.cooldown_period`]: 'coolDownPeriodSec',
      [`${POLICY}.cpu_utilization.target`]: 'utilizationTarget',
      [`${POLICY}.load_balancing_utilization.target`]: 'utilizationTarget',
      [`${POLICY}.metric`]: 'customMetricUtilizations',
      [`${POLICY}.metric.name`]: 'metric',
      [`${POLICY}.metric.type`]: 'utilizationTargetType',
      [`${POLICY}.metric.target`]: 'utilizationTarget',
      [`${POLICY}.scaling_schedules.min_required_replicas`]: 'minRequiredReplicas',
    },
  },
  encode: ({ region: _region, zone: _zone, ...body }) => mapPolicy(body, encodeSchedules),
  decode: (answer) => mapPolicy(answer, decodeSchedules),
} satisfies Partial<RestMapping>

/** google_compute_autoscaler. */
export const ZONAL_AUTOSCALER: RestMapping = {
  ...SHARED,
  title: 'Autoscaler',
  collection: 'projects/{{project}}/zones/{{zone}}/autoscalers',
  importIds: zonalImports('autoscalers'),
}

/** google_compute_region_autoscaler. */
export const REGION_AUTOSCALER: RestMapping = {
  ...SHARED,
  title: 'RegionAutoscaler',
  collection: 'projects/{{project}}/regions/{{region}}/autoscalers',
  importIds: regionalImports('autoscalers'),
}

function mapPolicy(body: Fields, change: (policy: Fields) => Fields): Fields {
  const policy = body['autoscalingPolicy']
  return isFields(policy) ? { ...body, autoscalingPolicy: change(policy) } : body
}

// A set of named blocks in Terraform, a map by name in the API.
function encodeSchedules(policy: Fields): Fields {
  const schedules = policy['scalingSchedules']
  if (!isList(schedules)) return policy
  const entries = schedules.filter(isFields).map(({ name, ...schedule }): [string, Value] => {
    return [String(name), schedule]
  })
  return { ...policy, scalingSchedules: Object.fromEntries(entries) }
}

function decodeSchedules(policy: Fields): Fields {
  const schedules = policy['scalingSchedules']
  if (!isFields(schedules)) return policy
  const list = Object.entries(schedules).map(([name, schedule]): Value => {
    return isFields(schedule) ? { name, ...schedule } : { name }
  })
  return { ...policy, scalingSchedules: list }
}
