import { describe, expect, it } from '@jest/globals'
import { Api, GROUPS, stable, TEMPLATES } from './api.ts'

describe('GET of a group', () => {
  it('shows status, actions and configuration with defaults', async () => {
    const api = await stable()
    const group = await api.get(`${GROUPS}/app`)
    expect(group).toMatchObject({
      kind: 'compute#instanceGroupManager',
      name: 'app',
      baseInstanceName: 'app',
      targetSize: 2,
      status: { isStable: true, versionTarget: { isReached: true } },
      currentActions: { none: 2, creating: 0, verifying: 0 },
      versions: [{ name: 'r1', targetSize: { calculated: 2 } }],
      updatePolicy: { maxSurge: { fixed: 3, calculated: 3 }, replacementMethod: 'SUBSTITUTE' },
      instanceLifecyclePolicy: { defaultActionOnFailure: 'REPAIR', forceUpdateOnRepair: 'NO' },
    })
    expect(group.instanceTemplate).toBe(group.versions[0].instanceTemplate)
    expect(group.instanceGroup).toContain('/instanceGroups/app')
    expect(Buffer.from(group.fingerprint, 'base64').toString('base64')).toBe(group.fingerprint)
    expect(group.distributionPolicy.zones).toHaveLength(3)
  })

  it('is not stable while VMs are created and checked', async () => {
    const api = new Api()
    await api.group()
    api.run(12)
    const { status, currentActions } = await api.get(`${GROUPS}/app`)
    expect(status.isStable).toBe(false)
    expect(currentActions.verifying).toBe(2)
  })

  it('answers 404 for one that is not there', async () => {
    expect(await new Api().call('GET', `${GROUPS}/nothing`)).toMatchObject({
      status: 404,
      body: {
        error: {
          message:
            "The resource 'projects/demo/regions/europe-west3/instanceGroupManagers/nothing' was not found",
          errors: [{ reason: 'notFound' }],
        },
      },
    })
  })
})

describe('listManagedInstances', () => {
  it('shows each instance with version, health and action', async () => {
    const { body } = await (await stable()).managed()
    expect(body.managedInstances).toHaveLength(2)
    expect(body.managedInstances[0]).toMatchObject({
      currentAction: 'NONE',
      instanceStatus: 'RUNNING',
      version: { name: 'r1' },
      instanceHealth: [{ detailedHealthState: 'HEALTHY' }],
    })
  })

  it('shows the last error of an instance that gets no VM', async () => {
    const api = new Api()
    for (const zone of ['a', 'b', 'c']) api.compute.control.stockout(`europe-west3-${zone}`, true)
    await api.group()
    const { body } = await api.managed()
    const [instance] = body.managedInstances
    expect(instance.currentAction).toBe('CREATING')
    expect(instance).not.toHaveProperty('instanceStatus')
    expect(instance.lastAttempt.errors.errors[0]).toMatchObject({
      code: 'ZONE_RESOURCE_POOL_EXHAUSTED_WITH_DETAILS',
      message: expect.stringContaining(
        "The zone 'projects/demo/zones/europe-west3-a' does not have enough resources available"
      ),
      errorDetails: [
        { errorInfo: { reason: 'resource_availability', metadatas: { vmType: 'e2-small' } } },
        {
          localizedMessage: {
            message: expect.stringMatching(
              /^A e2-small VM instance is currently unavailable in the europe-west3-a zone\./
            ),
          },
        },
      ],
    })
    const errors = await api.get(`${GROUPS}/app/listErrors`)
    expect(errors.items[0]).toMatchObject({
      error: { code: 'ZONE_RESOURCE_POOL_EXHAUSTED_WITH_DETAILS' },
      instanceActionDetails: { action: 'CREATING', version: { name: 'r1' } },
    })
  })
})

describe('PATCH of a group', () => {
  it('rolls to another template, and only its own fields change', async () => {
    const api = await stable()
    await api.template('r2')
    const { fingerprint } = await api.get(`${GROUPS}/app`)
    const { status } = await api.call('PATCH', `${GROUPS}/app`, {
      fingerprint,
      versions: [api.version('r2')],
    })
    expect(status).toBe(200)
    const group = await api.get(`${GROUPS}/app`)
    expect(group).toMatchObject({ status: { isStable: false }, targetSize: 2 })
    expect(group.updatePolicy.maxSurge.fixed).toBe(3)
    api.run(120)
    const { body } = await api.managed()
    expect(body.managedInstances.map((one: { version: unknown }) => one.version)).toEqual(
      Array(2).fill({ name: 'r2', instanceTemplate: expect.stringContaining('/r2') })
    )
    expect((await api.get(`${GROUPS}/app`)).status.isStable).toBe(true)
  })

  it('keeps the old VMs when the new release is unhealthy', async () => {
    const api = await stable()
    await api.template('r2', 'unhealthy')
    await api.call('PATCH', `${GROUPS}/app`, { versions: [api.version('r2')] })
    api.run(600)
    const { body } = await api.managed()
    const rows = body.managedInstances.map(
      (one: { version: { name: string }; instanceHealth: { detailedHealthState: string }[] }) =>
        `${one.version.name} ${one.instanceHealth?.[0]?.detailedHealthState}`
    )
    expect(rows.filter((row: string) => row === 'r1 HEALTHY')).toHaveLength(2)
    expect(rows.filter((row: string) => row.startsWith('r2 HEALTHY'))).toEqual([])
  })

  it('refuses a fingerprint that is no longer current', async () => {
    const api = await stable()
    const { fingerprint } = await api.get(`${GROUPS}/app`)
    await api.call('PATCH', `${GROUPS}/app`, { fingerprint, description: 'mine' })
    const late = await api.call('PATCH', `${GROUPS}/app`, { fingerprint, description: 'yours' })
    expect(late).toMatchObject({
      status: 412,
      body: { error: { errors: [{ reason: 'conditionNotMet' }] } },
    })
    expect((await api.get(`${GROUPS}/app`)).description).toBe('mine')
  })

  it.each([
    [
      'a surge below the number of zones',
      { updatePolicy: { maxSurge: { fixed: 2 } } },
      400,
      "Invalid value for field 'resource.updatePolicy.maxSurge.fixed': '2'. Fixed updatePolicy.maxSurge for regional managed instance group has to be either 0 or at least equal to the number of zones.",
    ],
    [
      'an unavailability below the number of zones',
      { updatePolicy: { maxUnavailable: { fixed: 1 } } },
      400,
      "Invalid value for field 'resource.updatePolicy.maxUnavailable.fixed': '1'. Fixed updatePolicy.maxUnavailable for regional managed instance group has to be either 0 or at least equal to the number of zones.",
    ],
    [
      'a percentage in a small group',
      { updatePolicy: { maxSurge: { percent: 50, fixed: null } } },
      400,
      'can only be used if the group has 10 or more instances',
    ],
    [
      'surge together with RECREATE',
      { updatePolicy: { replacementMethod: 'RECREATE' } },
      400,
      'maxSurge must be equal to 0 when replacement method is set to RECREATE',
    ],
    [
      'neither surge nor unavailability',
      { updatePolicy: { maxSurge: { fixed: 0 } } },
      400,
      'Either maxSurge or maxUnavailable must be greater than 0',
    ],
    [
      'a template that is not there',
      { versions: [{ instanceTemplate: `projects/demo${TEMPLATES}/gone` }] },
      404,
      `The resource 'projects/demo${TEMPLATES}/gone' was not found`,
    ],
    [
      'two versions without a size',
      {
        versions: ['a', 'b'].map((name) => ({
          name,
          instanceTemplate: `projects/demo${TEMPLATES}/r1`,
        })),
      },
      400,
      'Exactly one version',
    ],
  ])('refuses %s and changes nothing', async (_, patch, status, message) => {
    const api = await stable()
    const before = await api.get(`${GROUPS}/app`)
    const answer = await api.call('PATCH', `${GROUPS}/app`, patch)
    expect(answer.status).toBe(status)
    expect(answer.body.error.message).toContain(message)
    expect(await api.get(`${GROUPS}/app`)).toEqual(before)
  })

  it('of gcloud, which sends back the calculated size, is understood', async () => {
    const api = await stable()
    const [{ instanceTemplate }] = (await api.get(`${GROUPS}/app`)).versions
    const versions = [{ instanceTemplate, name: '0/2026-11-23', targetSize: { calculated: 2 } }]
    const { status } = await api.call('PATCH', `${GROUPS}/app`, { versions })
    expect(status).toBe(200)
    api.run(120)
    const group = await api.get(`${GROUPS}/app`)
    expect(group).toMatchObject({
      status: { isStable: true },
      versions: [{ name: '0/2026-11-23' }],
    })
  })
})

describe('a zonal group', () => {
  it('lives in its zone and may surge by one', async () => {
    const api = new Api()
    await api.template('r1')
    const path = '/zones/us-east1-b/instanceGroupManagers'
    const versions = [api.version('r1')]
    await api.call('POST', path, { name: 'solo', targetSize: 1, versions })
    api.run(60)
    const group = await api.get(`${path}/solo`)
    expect(group.updatePolicy.maxSurge).toEqual({ fixed: 1, calculated: 1 })
    expect(group.zone).toContain('/zones/us-east1-b')
    expect(group.status.isStable).toBe(true)
  })

  it('cannot be made in a zone that is not there', async () => {
    const answer = await new Api().call('POST', '/zones/us-east1-a/instanceGroupManagers', {})
    expect(answer).toMatchObject({
      status: 400,
      body: { error: { message: "Invalid value for field 'zone': 'us-east1-a'. Unknown zone." } },
    })
  })
})

describe('the verbs of a group', () => {
  it('resize changes the size', async () => {
    const api = await stable()
    await api.call('POST', `${GROUPS}/app/resize?size=4`)
    expect((await api.run(90).managed()).body.managedInstances).toHaveLength(4)
    expect((await api.get(`${GROUPS}/app`)).targetSize).toBe(4)
  })

  it('deleteInstances makes the group smaller by what it names', async () => {
    const api = await stable()
    const [first] = (await api.managed()).body.managedInstances
    await api.call('POST', `${GROUPS}/app/deleteInstances`, { instances: [first.instance] })
    const left = (await api.run(60).managed()).body.managedInstances
    expect(left.map((one: { name: string }) => one.name)).not.toContain(first.name)
    expect((await api.get(`${GROUPS}/app`)).targetSize).toBe(1)
  })

  it('recreateInstances keeps the name and changes the VM', async () => {
    const api = await stable()
    const [first] = (await api.managed()).body.managedInstances
    await api.call('POST', `${GROUPS}/app/recreateInstances`, { instances: [first.instance] })
    expect((await api.managed()).body.managedInstances[0].currentAction).toBe('RECREATING')
    const after = (await api.run(90).managed()).body.managedInstances[0]
    expect(after).toMatchObject({ name: first.name, currentAction: 'NONE' })
    expect(after.id).not.toBe(first.id)
  })

  it('refuses instances of others', async () => {
    const api = await stable()
    const body = { instances: ['zones/europe-west3-a/instances/stranger'] }
    expect((await api.call('POST', `${GROUPS}/app/recreateInstances`, body)).status).toBe(400)
  })

  it('setInstanceTemplate rolls as a patch would', async () => {
    const api = await stable()
    await api.template('r2')
    const { instanceTemplate } = api.version('r2')
    await api.call('POST', `${GROUPS}/app/setInstanceTemplate`, { instanceTemplate })
    api.run(120)
    const group = await api.get(`${GROUPS}/app`)
    expect(group.instanceTemplate).toContain('/r2')
    expect(group.status.isStable).toBe(true)
  })

  it('applyUpdatesToInstances updates an opportunistic group on demand', async () => {
    const api = await stable()
    await api.template('r2')
    const policy = { updatePolicy: { type: 'OPPORTUNISTIC' }, versions: [api.version('r2')] }
    await api.call('PATCH', `${GROUPS}/app`, policy)
    expect((await api.run(60).get(`${GROUPS}/app`)).status.versionTarget.isReached).toBe(false)
    const body = { allInstances: true, minimalAction: 'REPLACE' }
    await api.call('POST', `${GROUPS}/app/applyUpdatesToInstances`, body)
    expect((await api.run(90).get(`${GROUPS}/app`)).status.versionTarget.isReached).toBe(true)
  })
})

describe('DELETE of a group', () => {
  it('is done when the last VM is gone, and frees templates and health check', async () => {
    const api = await stable()
    const busy = await api.call('DELETE', `${TEMPLATES}/r1`)
    expect(busy.body.error).toMatchObject({
      code: 400,
      message: expect.stringContaining("/r1' is already being used by 'projects/demo/regions"),
      errors: [{ reason: 'resourceInUseByAnotherResource' }],
    })
    const { body: operation } = await api.call('DELETE', `${GROUPS}/app`)
    const path = `/regions/europe-west3/operations/${operation.name}`
    api.run(1)
    expect((await api.get(path)).status).toBe('RUNNING')
    expect((await api.get(`${GROUPS}/app`)).currentActions.deleting).toBe(2)
    expect((await api.call('DELETE', `${GROUPS}/app`)).body.error.errors[0].reason).toBe(
      'resourceNotReady'
    )
    api.run(60)
    await new Promise((resolve) => setImmediate(resolve))
    expect((await api.get(path)).status).toBe('DONE')
    expect((await api.call('GET', `${GROUPS}/app`)).status).toBe(404)
    expect((await api.call('DELETE', `${TEMPLATES}/r1`)).status).toBe(200)
    expect((await api.call('DELETE', '/global/healthChecks/hc')).status).toBe(200)
    expect(api.compute.control.machines()).toEqual([])
  })
})
