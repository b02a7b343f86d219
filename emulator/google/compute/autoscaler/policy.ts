import type { Clock } from '../../../clock.ts'
import { isObject, type JsonObject, objectOf, textOf } from '../../route.ts'
import { invalid } from '../resources/invalid.ts'
import { expandAt } from '../resources/links.ts'
import type { Links } from '../scope.ts'
import { isTimeZone, parseCron } from './cron.ts'
import type { AutoscalerSpec, ScaleInLimit, ScheduleSpec } from './model.ts'

const POLICY = 'autoscalingPolicy'
const MODES = ['ON', 'OFF', 'ONLY_SCALE_OUT', 'ONLY_UP']
const SHORTEST_SCHEDULE_SECONDS = 300

/** An autoscaler as the server keeps it. @throws GoogleError 400 for a policy that cannot be */
export function autoscalerDefaults(body: JsonObject, links: Links): JsonObject {
  const policy = objectOf(body, POLICY)
  const filled = {
    coolDownPeriodSec: 60,
    ...policy,
    mode: policy['mode'] ?? 'ON',
    cpuUtilization: cpuOf(policy),
    ...(policy['scalingSchedules'] !== undefined && { scalingSchedules: schedulesOf(policy) }),
  }
  check(filled)
  const linked = expandAt(body, ['target'], links)
  return { kind: 'compute#autoscaler', status: 'ACTIVE', ...linked, [POLICY]: withoutEmpty(filled) }
}

function withoutEmpty(policy: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(policy).filter(([, value]) => value !== undefined))
}

/** Without any signal CPU is one, at 60 %. */
function cpuOf(policy: JsonObject): JsonObject | undefined {
  const others = ['loadBalancingUtilization', 'customMetricUtilizations', 'scalingSchedules']
  if (!isObject(policy['cpuUtilization']) && others.some((field) => policy[field])) return undefined
  const given = objectOf(policy, 'cpuUtilization')
  return { utilizationTarget: 0.6, predictiveMethod: 'NONE', ...given }
}

function schedulesOf(policy: JsonObject): JsonObject {
  const named = Object.entries(objectOf(policy, 'scalingSchedules')).filter(
    ([, one]) => one !== null
  )
  return Object.fromEntries(
    named.map(([name, one]) => [
      name,
      { timeZone: 'UTC', disabled: false, ...(isObject(one) ? one : {}) },
    ])
  )
}

function check(policy: JsonObject): void {
  const { minNumReplicas: min, maxNumReplicas: max, mode } = policy
  if (!isCount(max)) throw refusal('maxNumReplicas', max, 'A maximum number is required.')
  if (min !== undefined && (!isCount(min) || min > max)) {
    throw refusal('minNumReplicas', min, 'Must be at most maxNumReplicas.')
  }
  if (!MODES.includes(String(mode))) throw refusal('mode', mode, 'Unknown mode.')
  const target = objectOf(policy, 'cpuUtilization')['utilizationTarget']
  if (target !== undefined && !(Number(target) > 0 && Number(target) <= 1)) {
    throw refusal('cpuUtilization.utilizationTarget', target, 'Must be in the range (0, 1].')
  }
  for (const [name, one] of Object.entries(objectOf(policy, 'scalingSchedules'))) {
    if (isObject(one)) checkSchedule(name, one)
  }
}

function checkSchedule(name: string, schedule: JsonObject): void {
  const field = `scalingSchedules[${name}]`
  const { durationSec, minRequiredReplicas, timeZone, schedule: cron } = schedule
  if (!parseCron(String(cron))) throw refusal(`${field}.schedule`, cron, 'No cron expression.')
  if (!isTimeZone(String(timeZone))) throw refusal(`${field}.timeZone`, timeZone, 'Unknown.')
  if (!isCount(durationSec) || durationSec < SHORTEST_SCHEDULE_SECONDS) {
    const rule = `Must be at least ${SHORTEST_SCHEDULE_SECONDS}.`
    throw refusal(`${field}.durationSec`, durationSec, rule)
  }
  if (!isCount(minRequiredReplicas)) {
    throw refusal(`${field}.minRequiredReplicas`, minRequiredReplicas, 'A number is required.')
  }
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0
}

function refusal(field: string, value: unknown, rule: string): Error {
  return invalid(`${POLICY}.${field}`, String(value ?? ''), rule)
}

/** The autoscaler of the group at `path` as the group's model knows it; undefined without one. */
export function autoscalerSpecOf(
  autoscalers: readonly JsonObject[],
  path: string,
  { clock, links }: { readonly clock: Clock; readonly links: Links }
): AutoscalerSpec | undefined {
  const own = autoscalers.find((one) => links.path(textOf(one, 'target') ?? '') === path)
  if (!own) return undefined
  const policy = objectOf(own, POLICY)
  const target = objectOf(policy, 'cpuUtilization')['utilizationTarget']
  const max = Number(policy['maxNumReplicas'])
  return {
    mode: modeOf(policy['mode']),
    min: Number(policy['minNumReplicas'] ?? Math.min(2, max)),
    max,
    coolDownMs: clock.scaled(Number(policy['coolDownPeriodSec']) * 1000),
    cpuTarget: typeof target === 'number' ? target : undefined,
    schedules: Object.entries(objectOf(policy, 'scalingSchedules')).flatMap(scheduleOf),
    scaleIn: scaleInOf(objectOf(policy, 'scaleInControl'), clock),
  }
}

/** ONLY_UP is the old name of ONLY_SCALE_OUT. */
function modeOf(mode: unknown): AutoscalerSpec['mode'] {
  if (mode === 'OFF') return 'OFF'
  return mode === 'ONLY_UP' || mode === 'ONLY_SCALE_OUT' ? 'ONLY_SCALE_OUT' : 'ON'
}

function scheduleOf([name, schedule]: [string, unknown]): readonly ScheduleSpec[] {
  if (!isObject(schedule) || schedule['disabled'] === true) return []
  return [
    {
      name,
      schedule: String(schedule['schedule']),
      timeZone: String(schedule['timeZone']),
      durationMs: Number(schedule['durationSec']) * 1000,
      minRequired: Number(schedule['minRequiredReplicas']),
    },
  ]
}

function scaleInOf(control: JsonObject, clock: Clock): ScaleInLimit | undefined {
  const { fixed, percent } = objectOf(control, 'maxScaledInReplicas')
  const windowMs = clock.scaled(Number(control['timeWindowSec'] ?? 0) * 1000)
  if (typeof fixed === 'number') return { windowMs, replicas: { fixed } }
  return typeof percent === 'number' ? { windowMs, replicas: { percent } } : undefined
}
