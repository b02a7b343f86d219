import { describe, expect, it } from '@jest/globals'
import { GoogleError } from '../../../../emulator/google/errors.ts'
import { type Api, GROUPS, stable } from '../api.ts'

const AUTOSCALERS = '/regions/europe-west3/autoscalers'
const TARGET = 'projects/demo/regions/europe-west3/instanceGroupManagers/app'
const POLICY = {
  minNumReplicas: 2,
  maxNumReplicas: 6,
  cpuUtilization: { utilizationTarget: 0.5 },
  coolDownPeriodSec: 60,
}

/** A stable group of two with an autoscaler. */
async function scaled(policy: object = {}): Promise<Api> {
  const api = await stable()
  const autoscalingPolicy = { ...POLICY, ...policy }
  const answer = await api.call('POST', AUTOSCALERS, {
    name: 'app',
    target: TARGET,
    autoscalingPolicy,
  })
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body))
  return api
}

const sizeOf = async (api: Api): Promise<number> => (await api.get(`${GROUPS}/app`)).targetSize

describe('an autoscaler', () => {
  it('is kept with its defaults and named by its group', async () => {
    const api = await scaled({ cpuUtilization: undefined })
    expect(await api.get(`${AUTOSCALERS}/app`)).toMatchObject({
      status: 'ACTIVE',
      recommendedSize: 2,
      autoscalingPolicy: {
        mode: 'ON',
        cpuUtilization: { utilizationTarget: 0.6, predictiveMethod: 'NONE' },
      },
    })
    const { status } = await api.get(`${GROUPS}/app`)
    expect(status.autoscaler).toMatch(/\/autoscalers\/app$/)
  })

  it.each(['PATCH', 'PUT'])('is changed by %s on its collection', async (method) => {
    const api = await scaled()
    const autoscalingPolicy = { ...POLICY, maxNumReplicas: 9 }
    const body = { name: 'app', target: TARGET, autoscalingPolicy }
    const answer = await api.call(method, `${AUTOSCALERS}?autoscaler=app`, body)
    expect([answer.status, answer.body.targetLink]).toEqual([
      200,
      expect.stringMatching(/\/autoscalers\/app$/),
    ])
    const { autoscalingPolicy: kept } = await api.get(`${AUTOSCALERS}/app`)
    expect(kept).toMatchObject({ maxNumReplicas: 9, coolDownPeriodSec: 60 })
    expect((await api.call(method, `${AUTOSCALERS}?autoscaler=none`, body)).status).toBe(404)
  })

  it.each([
    ['no maximum', { maxNumReplicas: undefined }, 'maxNumReplicas'],
    ['a minimum above the maximum', { minNumReplicas: 7 }, 'minNumReplicas'],
    ['an impossible target', { cpuUtilization: { utilizationTarget: 60 } }, 'utilizationTarget'],
    ['an unknown mode', { mode: 'UP' }, 'mode'],
    ['a schedule that is none', { scalingSchedules: { a: { schedule: 'daily' } } }, 'schedule'],
    [
      'an unknown time zone',
      { scalingSchedules: { a: { schedule: '0 7 * * *', timeZone: 'Berlin' } } },
      'timeZone',
    ],
    [
      'too short a schedule',
      { scalingSchedules: { a: { schedule: '0 7 * * *', durationSec: 60 } } },
      'durationSec',
    ],
  ])('is refused with %s', async (_, policy, field) => {
    await expect(scaled(policy)).rejects.toThrow(field)
  })

  it('is refused for a group that is not there or has one already', async () => {
    const api = await scaled()
    const another = (target: string) =>
      api.call('POST', AUTOSCALERS, { name: 'b', target, autoscalingPolicy: POLICY })
    expect((await another(TARGET.replace(/app$/, 'none'))).status).toBe(404)
    const second = await another(TARGET)
    expect(second.body.error.message).toContain("already being autoscaled by 'app'")
  })
})

describe('POST /load', () => {
  const load = (api: Api, body: object) => {
    const routes = api.compute.controlRoutes.onError((error) => {
      if (!(error instanceof GoogleError)) throw error
      return Response.json(error.toBody(), { status: error.httpStatus })
    })
    return routes.request('/load', { method: 'POST', body: JSON.stringify(body) })
  }

  it('says how busy the VMs of a group are', async () => {
    const api = await scaled()
    expect((await load(api, { group: 'app', cpuUtilization: 0.7 })).status).toBe(200)
    expect(await sizeOf(api)).toBe(3)
  })

  it.each([
    [400, 'no number', { group: 'app', cpuUtilization: 'much' }],
    [400, 'no group', { cpuUtilization: 0.7 }],
    [404, 'an unknown group', { group: 'none', cpuUtilization: 0.7 }],
  ])('answers %i to %s', async (status, _, body) => {
    expect((await load(await scaled(), body)).status).toBe(status)
  })
})

describe('a group whose VMs are busy', () => {
  it('grows to where they are as busy as wanted, and no further', async () => {
    const api = await scaled()
    api.compute.control.load('app', 0.8)
    expect(await sizeOf(api)).toBe(4)
    expect(await sizeOf(api.run(300))).toBe(4)
    expect((await api.get(`${GROUPS}/app`)).status.isStable).toBe(true)
    expect((await api.managed()).body.managedInstances).toHaveLength(4)
  })

  it('stops at the maximum and says so', async () => {
    const api = await scaled()
    api.compute.control.load('app', 4)
    expect(await sizeOf(api)).toBe(6)
    expect(await api.get(`${AUTOSCALERS}/app`)).toMatchObject({
      recommendedSize: 6,
      statusDetails: [{ type: 'CAPPED_AT_MAX_NUM_REPLICAS' }],
    })
  })

  it('shrinks only ten minutes after they have become idle', async () => {
    const api = await scaled()
    api.compute.control.load('app', 0.8)
    api.run(120).compute.control.load('app', 0.1)
    expect(await sizeOf(api.run(580))).toBe(4)
    expect(await sizeOf(api.run(30))).toBe(2)
  })

  it('shrinks step by step where the policy wants that', async () => {
    const scaleInControl = { maxScaledInReplicas: { fixed: 1 }, timeWindowSec: 300 }
    const api = await scaled({ scaleInControl })
    api.compute.control.load('app', 0.8)
    api.run(120).compute.control.load('app', 0)
    expect(await sizeOf(api.run(610))).toBe(3)
    expect(await sizeOf(api.run(310))).toBe(2)
  })

  it.each([
    ['OFF', 2],
    ['ONLY_SCALE_OUT', 4],
    ['ONLY_UP', 4],
  ])('in mode %s ends with %i', async (mode, size) => {
    const api = await scaled({ mode })
    api.compute.control.load('app', 0.8)
    api.run(120).compute.control.load('app', 0)
    expect(await sizeOf(api.run(1200))).toBe(size)
  })
})

describe('a resize of a group with an autoscaler', () => {
  it('lasts until the new VMs are warm', async () => {
    const api = await scaled()
    await api.call('POST', `${GROUPS}/app/resize?size=5`)
    expect(await sizeOf(api.run(30))).toBe(5)
    expect(await sizeOf(api.run(120))).toBe(2)
  })

  it('below the minimum does not last at all', async () => {
    const api = await scaled()
    await api.call('POST', `${GROUPS}/app/resize?size=0`)
    expect(await sizeOf(api)).toBe(2)
  })

  it('above the maximum is cut at once', async () => {
    const api = await scaled()
    await api.call('POST', `${GROUPS}/app/resize?size=9`)
    expect(await sizeOf(api)).toBe(6)
  })

  it('lasts once the autoscaler is gone', async () => {
    const api = await scaled()
    await api.call('DELETE', `${AUTOSCALERS}/app`)
    await api.call('POST', `${GROUPS}/app/resize?size=5`)
    expect(await sizeOf(api.run(900))).toBe(5)
  })
})

describe('a scaling schedule', () => {
  // The clock starts at midnight UTC of 2026-01-01, a Thursday; the group takes 90 s to be stable.
  const MORNING = {
    schedule: '0 7 * * MON-FRI',
    timeZone: 'Europe/Berlin',
    durationSec: 3600,
    minRequiredReplicas: 5,
  }
  const HOUR = 3600

  it('raises the size while it lasts, by the time of its zone', async () => {
    const api = await scaled({ scalingSchedules: { morning: MORNING } })
    expect(await sizeOf(api.run(6 * HOUR - 120))).toBe(2)
    expect(await sizeOf(api.run(60))).toBe(5)
    expect(await api.get(`${AUTOSCALERS}/app`)).toMatchObject({
      scalingScheduleStatus: {
        morning: {
          state: 'ACTIVE',
          lastStartTime: '2026-01-01T06:00:00.000+00:00',
          nextStartTime: '2026-01-02T06:00:00.000+00:00',
        },
      },
    })
    expect(await sizeOf(api.run(HOUR))).toBe(5)
    expect(await sizeOf(api.run(620))).toBe(2)
    const status = (await api.get(`${AUTOSCALERS}/app`)).scalingScheduleStatus
    expect(status.morning.state).toBe('READY')
  })

  it('counts from the middle when it is made then', async () => {
    const api = await scaled({
      scalingSchedules: {
        night: { ...MORNING, schedule: '30 23 * * *', timeZone: 'UTC' },
      },
    })
    expect(await sizeOf(api)).toBe(5)
  })

  it('is left out while disabled, and never beats the maximum', async () => {
    const disabled = { ...MORNING, disabled: true }
    const greedy = { ...MORNING, minRequiredReplicas: 50 }
    const api = await scaled({ scalingSchedules: { disabled, greedy } })
    expect(await sizeOf(api.run(6 * HOUR))).toBe(6)
    const status = (await api.get(`${AUTOSCALERS}/app`)).scalingScheduleStatus
    expect(status.disabled).toEqual({ state: 'DISABLED' })
  })
})
