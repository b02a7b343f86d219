import { describe, expect, it } from '@jest/globals'
import { Api, GROUPS, stable } from './api.ts'

describe('deleteInstances that the configuration does not allow', () => {
  it('is refused before anything is deleted', async () => {
    const updatePolicy = { maxSurge: { percent: 50 }, maxUnavailable: { fixed: 0 } }
    const api = await stable({ targetSize: 10, updatePolicy })
    const before = await api.managed()
    const instances = [before.body.managedInstances[0].instance]
    const answer = await api.call('POST', `${GROUPS}/app/deleteInstances`, { instances })
    expect(answer.status).toBe(400)
    expect(await api.managed()).toEqual(before)
  })
})

describe('a repeated request id', () => {
  it.each(['resize?size=1&', 'recreateInstances?', 'deleteInstances?'])(
    'of %s changes nothing more',
    async (verb) => {
      const api = await stable()
      const instances = [(await api.managed()).body.managedInstances[0].instance]
      const ask = () => api.call('POST', `${GROUPS}/app/${verb}requestId=5f0c`, { instances })
      const first = await ask()
      const after = await api.managed()
      expect((await ask()).body.name).toBe(first.body.name)
      expect(await api.managed()).toEqual(after)
    }
  )
})

describe('surge and unavailability', () => {
  it('change between percent and number', async () => {
    const api = await stable({ targetSize: 10 })
    const patch = (maxSurge: object) =>
      api.call('PATCH', `${GROUPS}/app`, { updatePolicy: { maxSurge } })
    await patch({ percent: 50 })
    const surge = async () => (await api.get(`${GROUPS}/app`)).updatePolicy.maxSurge
    expect(await surge()).toEqual({ percent: 50, calculated: 5 })
    await patch({ fixed: 4 })
    expect(await surge()).toEqual({ fixed: 4, calculated: 4 })
  })
})

describe('a health check that is taken away', () => {
  it('is not waited for any more', async () => {
    const api = new Api()
    await api.group()
    api.run(12)
    await api.call('PATCH', `${GROUPS}/app`, { autoHealingPolicies: [] })
    const { status, currentActions } = await api.get(`${GROUPS}/app`)
    expect({ stable: status.isStable, none: currentActions.none }).toEqual({
      stable: true,
      none: 2,
    })
  })
})

describe('a group with an autoscaler', () => {
  it('names it in its status', async () => {
    const api = await stable()
    const target = `projects/demo${GROUPS}/app`
    await api.call('POST', '/regions/europe-west3/autoscalers', {
      name: 'auto',
      target,
      autoscalingPolicy: { minNumReplicas: 2, maxNumReplicas: 2 },
    })
    const { status } = await api.get(`${GROUPS}/app`)
    expect(status.autoscaler).toMatch(/\/regions\/europe-west3\/autoscalers\/auto$/)
  })
})

describe('aggregated lists', () => {
  it('show groups and instances by place', async () => {
    const api = await stable()
    const groups = await api.get('/aggregated/instanceGroupManagers?filter=name=app')
    expect(groups).toMatchObject({
      kind: 'compute#instanceGroupManagerAggregatedList',
      items: { 'regions/europe-west3': { instanceGroupManagers: [{ name: 'app' }] } },
    })
    const { items } = await api.get('/aggregated/instances')
    expect(Object.keys(items).sort()).toEqual(['zones/europe-west3-a', 'zones/europe-west3-b'])
    expect(items['zones/europe-west3-a'].instances).toHaveLength(1)
  })
})
