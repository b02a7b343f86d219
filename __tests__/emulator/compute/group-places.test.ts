import { describe, expect, it } from '@jest/globals'
import { Api } from './api.ts'

const PLACES = [
  ['a zonal group', '/zones/europe-west3-a', 'zone', 'europe-west3-a'],
  ['a regional group', '/regions/europe-west3', 'region', 'europe-west3'],
] as const

// Whatever users bring along in their own HCL, both kinds of groups take the same calls.
describe.each(PLACES)('%s', (_, place, kind, name) => {
  const path = `${place}/instanceGroupManagers/app`

  async function stable(): Promise<Api> {
    const api = new Api()
    await api.call('POST', '/global/healthChecks', { name: 'hc', httpHealthCheck: { port: 8080 } })
    await api.template('r1')
    await api.template('r2')
    const { status, body } = await api.call('POST', `${place}/instanceGroupManagers`, {
      name: 'app',
      baseInstanceName: 'app',
      targetSize: 2,
      versions: [api.version('r1')],
      namedPorts: [{ name: 'http', port: 80 }],
      autoHealingPolicies: [{ healthCheck: 'global/healthChecks/hc', initialDelaySec: 60 }],
      updatePolicy: { type: 'PROACTIVE', maxSurge: { fixed: 3 }, maxUnavailable: { fixed: 0 } },
    })
    if (status !== 200) throw new Error(JSON.stringify(body))
    expect(body[kind]).toMatch(new RegExp(`/${name}$`))
    return api.run(120)
  }

  const managed = async (api: Api) =>
    (await api.call('POST', `${path}/listManagedInstances`)).body.managedInstances

  it('is shown with its place, and stable', async () => {
    const api = await stable()
    const group = await api.get(path)
    expect(group).toMatchObject({ targetSize: 2, status: { isStable: true } })
    expect(group[kind]).toMatch(new RegExp(`/${name}$`))
    expect(group.instanceGroup).toMatch(new RegExp(`${place}/instanceGroups/app$`))
    expect('distributionPolicy' in group).toBe(kind === 'region')
    const zones = (await managed(api)).map(
      ({ instance }: { instance: string }) => /zones\/([^/]+)/.exec(instance)?.[1]
    )
    const expected = kind === 'zone' ? [name, name] : ['europe-west3-a', 'europe-west3-b']
    expect(zones.sort()).toEqual(expected)
  })

  it('rolls to other versions with its fingerprint, and refuses an old one', async () => {
    const api = await stable()
    const { fingerprint } = await api.get(path)
    const body = { fingerprint, versions: [api.version('r2')] }
    expect((await api.call('PATCH', path, body)).status).toBe(200)
    const again = await api.call('PATCH', path, { ...body, versions: [api.version('r1')] })
    expect([again.status, again.body.error.errors[0].reason]).toEqual([412, 'conditionNotMet'])
    const rolled = await api.run(300).get(path)
    expect(rolled.status).toMatchObject({ isStable: true, versionTarget: { isReached: true } })
    expect(await managed(api)).toMatchObject([
      { version: { name: 'r2' }, instanceHealth: [{ detailedHealthState: 'HEALTHY' }] },
      { version: { name: 'r2' } },
    ])
  })

  it('is resized, and names its operation by its place', async () => {
    const api = await stable()
    const { body } = await api.call('POST', `${path}/resize?size=3`)
    expect(body.selfLink).toContain(`${place}/operations/`)
    const done = await api.run(120).get(`${place}/operations/${body.name}`)
    expect(done.status).toBe('DONE')
    expect(await managed(api)).toHaveLength(3)
  })

  it('lists the errors of a stockout', async () => {
    const api = await stable()
    for (const letter of 'abc') api.compute.control.stockout(`europe-west3-${letter}`, true)
    await api.call('POST', `${path}/resize?size=3`)
    const { items } = await api.run(60).get(`${path}/listErrors`)
    expect(items[0]).toMatchObject({
      error: {
        code: 'ZONE_RESOURCE_POOL_EXHAUSTED_WITH_DETAILS',
        message: expect.stringMatching(
          /^The zone 'projects\/demo\/zones\/europe-west3-\w' does not/
        ),
      },
      instanceActionDetails: { action: 'CREATING', version: { name: 'r1' } },
    })
  })

  it('recreates, updates and deletes the instances that are named', async () => {
    const api = await stable()
    const [first, second] = await managed(api)
    await api.call('POST', `${path}/recreateInstances`, { instances: [first.instance] })
    expect((await managed(api))[0].currentAction).toBe('RECREATING')
    await api.call('POST', `${path}/applyUpdatesToInstances`, {
      allInstances: true,
      minimalAction: 'REPLACE',
    })
    await api.call('POST', `${path}/deleteInstances`, { instances: [second.instance] })
    expect((await api.run(300).get(path)).targetSize).toBe(1)
    expect((await managed(api)).map((one: { name: string }) => one.name)).toEqual([first.name])
  })

  it('changes its named ports through the plain group', async () => {
    const api = await stable()
    const plain = `${place}/instanceGroups/app`
    const { fingerprint } = await api.get(plain)
    const body = { fingerprint, namedPorts: [{ name: 'http', port: 8080 }] }
    expect((await api.call('POST', `${plain}/setNamedPorts`, body)).status).toBe(200)
    expect((await api.get(path)).namedPorts).toEqual([{ name: 'http', port: 8080 }])
    expect((await api.call('POST', `${plain}/setNamedPorts`, body)).status).toBe(412)
    const bad = await api.call('POST', `${plain}/setNamedPorts`, { namedPorts: [{ port: 80 }] })
    expect(bad.status).toBe(400)
    const { items } = (await api.call('POST', `${plain}/listInstances`, {})).body
    expect(items).toMatchObject([
      { status: 'RUNNING', namedPorts: [{ port: 8080 }] },
      { status: 'RUNNING' },
    ])
    expect((await api.get(`${place}/instanceGroups`)).items).toHaveLength(1)
  })

  it('follows an autoscaler', async () => {
    const api = await stable()
    const autoscaler = {
      name: 'app',
      target: `projects/demo${path}`,
      autoscalingPolicy: { minNumReplicas: 3, maxNumReplicas: 4 },
    }
    expect((await api.call('POST', `${place}/autoscalers`, autoscaler)).status).toBe(200)
    expect(await api.get(path)).toMatchObject({
      targetSize: 3,
      status: { autoscaler: expect.stringContaining(`${place}/autoscalers/app`) },
    })
    api.run(120).compute.control.load('app', 1)
    expect((await api.get(path)).targetSize).toBe(4)
    expect((await api.run(120).get(path)).status.isStable).toBe(true)
  })

  it('is gone when its last VM is', async () => {
    const api = await stable()
    const { body } = await api.call('DELETE', path)
    expect((await api.run(120).get(`${place}/operations/${body.name}`)).status).toBe('DONE')
    expect((await api.call('GET', path)).status).toBe(404)
  })
})
