import { type JsonObject, objectOf } from '../../route.ts'
import type { Group } from '../group/model.ts'
import { timestamp } from '../operations.ts'
import { isActive } from './schedule.ts'

/** What `get` adds to an autoscaler: what it finds right for its group now, and why not more. */
export function autoscalerState(autoscaler: JsonObject, group: Group, now: number): JsonObject {
  const policy = objectOf(autoscaler, 'autoscalingPolicy')
  const recommendedSize = group.autoscaling.recommended.now
  const details = detailsOf(policy, recommendedSize)
  const disabled = Object.entries(objectOf(policy, 'scalingSchedules')).filter(
    ([, schedule]) => objectOf({ schedule }, 'schedule')['disabled'] === true
  )
  const schedules = [
    ...group.autoscaling.schedules.map((state) => [
      state.spec.name,
      {
        state: isActive(state, now) ? 'ACTIVE' : 'READY',
        ...(state.startedAt !== undefined && { lastStartTime: timestamp(state.startedAt) }),
        ...(state.nextAt !== undefined && { nextStartTime: timestamp(state.nextAt) }),
      },
    ]),
    ...disabled.map(([name]) => [name, { state: 'DISABLED' }]),
  ]
  return {
    recommendedSize,
    ...(details.length > 0 && { statusDetails: details }),
    ...(schedules.length > 0 && { scalingScheduleStatus: Object.fromEntries(schedules) }),
  }
}

function detailsOf(policy: JsonObject, recommendedSize: number): readonly JsonObject[] {
  const { mode, maxNumReplicas } = policy
  if (mode === 'OFF') {
    return [{ type: 'MODE_OFF', message: 'Autoscaling is turned off; the size does not change.' }]
  }
  const only =
    mode === 'ONLY_SCALE_OUT' || mode === 'ONLY_UP'
      ? [{ type: `MODE_${mode}`, message: 'The autoscaler only adds instances.' }]
      : []
  if (recommendedSize !== maxNumReplicas) return only
  const message = 'The number of instances has reached the maximum.'
  return [...only, { type: 'CAPPED_AT_MAX_NUM_REPLICAS', message }]
}
