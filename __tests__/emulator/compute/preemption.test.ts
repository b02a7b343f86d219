import { describe, expect, it } from '@jest/globals'
import { type Api, GROUPS, stable } from './api.ts'
import { balanced, GROUP_LINK } from './balancing/load-balancer.ts'

const statusesOf = (api: Api): Record<string, string> =>
  Object.fromEntries(
    api.compute.control.machines().map(({ name, status }) => [String(name), String(status)])
  )

const firstOf = (api: Api): string => String(api.compute.control.machines()[0]?.['name'])

/** A group on a template whose VMs are told beforehand. */
async function noticed(): Promise<Api> {
  const api = await stable()
  await api.template('r2', 'healthy', {
    scheduling: { provisioningModel: 'SPOT', preemptionNoticeDuration: { seconds: '120' } },
  })
  await api.call('PATCH', `${GROUPS}/app`, { versions: [api.version('r2')] })
  return api.run(300)
}

describe('a preemption', () => {
  it('begins at once without a notice', async () => {
    const api = await stable()
    const name = firstOf(api)
    api.compute.control.preempt(name)
    expect(statusesOf(api)[name]).toBe('STOPPING')
  })

  it('begins two minutes after the notice that the template asks for', async () => {
    const api = await noticed()
    const name = firstOf(api)
    api.compute.control.preempt(name)
    expect(statusesOf(api.run(119))[name]).toBe('RUNNING')
    expect(statusesOf(api.run(2))[name]).toBe('STOPPING')
    api.run(120)
    const { status } = await api.get(`${GROUPS}/app`)
    expect(status.isStable).toBe(true)
  })

  it('is overtaken by a deletion during the notice', async () => {
    const api = await noticed()
    const name = firstOf(api)
    api.compute.control.preempt(name)
    await api.call('POST', `${GROUPS}/app/recreateInstances`, { instances: [name] })
    expect(statusesOf(api.run(1))[name]).toBe('STOPPING')
  })

  it('leaves a group stable that does not repair', async () => {
    const api = await stable({ instanceLifecyclePolicy: { defaultActionOnFailure: 'DO_NOTHING' } })
    const name = firstOf(api)
    api.compute.control.preempt(name)
    expect((await api.get(`${GROUPS}/app`)).status.isStable).toBe(false)
    expect((await api.run(60).get(`${GROUPS}/app`)).status.isStable).toBe(true)
    expect(statusesOf(api)[name]).toBe('TERMINATED')
  })
})

describe('a VM behind a backend service that drains', () => {
  const roll = async (api: Api) => {
    await api.template('r2')
    await api.call('PATCH', `${GROUPS}/app`, { versions: [api.version('r2')] })
    return api
  }

  it('goes on for the draining timeout after it was taken out', async () => {
    const api = await balanced({}, { size: 1, drainingTimeoutSec: 120 })
    const name = firstOf(api)
    await api.call('POST', `${GROUPS}/app/resize?size=0`)
    const { body } = await api.managed()
    expect(body.managedInstances).toMatchObject([{ currentAction: 'DELETING' }])
    const health = await api.call('POST', '/global/backendServices/app/getHealth', {
      group: GROUP_LINK,
    })
    expect(health.body.healthStatus).toMatchObject([{ healthState: 'DRAINING' }])
    expect(statusesOf(api.run(119))[name]).toBe('RUNNING')
    expect(statusesOf(api.run(2))[name]).toBe('STOPPING')
    expect(statusesOf(api.run(60))).toEqual({})
  })

  it('holds a rollout up for as long, and not for ever', async () => {
    const api = await roll(await balanced({}, { drainingTimeoutSec: 300 }))
    expect((await api.run(120).get(`${GROUPS}/app`)).status.isStable).toBe(false)
    expect((await api.run(330).get(`${GROUPS}/app`)).status.isStable).toBe(true)
  })

  it('is not waited for once it was preempted', async () => {
    const api = await balanced({}, { size: 1, drainingTimeoutSec: 3600 })
    const name = firstOf(api)
    await api.call('POST', `${GROUPS}/app/resize?size=0`)
    api.run(10).compute.control.preempt(name)
    expect(statusesOf(api.run(60))).toEqual({})
  })

  it('goes at once when the backend service no longer drains', async () => {
    const api = await balanced({}, { size: 1, drainingTimeoutSec: 3600 })
    const connectionDraining = { drainingTimeoutSec: 0 }
    await api.call('PATCH', '/global/backendServices/app', { connectionDraining })
    await api.call('POST', `${GROUPS}/app/resize?size=0`)
    expect(statusesOf(api.run(60))).toEqual({})
  })
})
