import { describe, expect, it } from '@jest/globals'
import { Compute } from '../../../src/google/compute.ts'
import { googleClientOn } from '../../fakes/google-client.ts'
import { answer, googleError, type HttpAnswer, ScriptedHttp } from '../../fakes/scripted-http.ts'

const REGION = '/compute/v1/projects/mervis-demo/regions/europe-west1'
const ZONE = '/compute/v1/projects/mervis-demo/zones/europe-west1-b'
const VM = { name: 'mervis-x7k2', zone: 'europe-west1-b' }
const LINK = 'https://www.googleapis.com/compute/v1/projects/mervis-demo'

function computeOn(...script: readonly HttpAnswer[]): { compute: Compute; http: ScriptedHttp } {
  const http = new ScriptedHttp(script)
  return {
    http,
    compute: new Compute(googleClientOn(http), {
      projectId: 'mervis-demo',
      region: 'europe-west1',
    }),
  }
}

describe('Compute.fetchTemplate', () => {
  it('reads what a release is made of', async () => {
    const template = {
      selfLink: `${LINK}/t`,
      description: '{}',
      properties: { labels: {} },
      kind: 'x',
    }
    const { compute, http } = computeOn(answer(200, template))
    expect(await compute.fetchTemplate('mervis-1')).toEqual({
      name: 'mervis-1',
      selfLink: `${LINK}/t`,
      description: '{}',
      properties: { labels: {} },
    })
    expect(http.lines).toEqual([`GET ${REGION}/instanceTemplates/mervis-1`])
  })

  it('gives nothing for one that is not there', async () => {
    expect(await computeOn(googleError(404)).compute.fetchTemplate('mervis-1')).toBeUndefined()
  })
})

describe('Compute.ensureTemplate', () => {
  const template = { name: 'mervis-1', description: '{}', properties: { labels: {} } }

  it('creates it', async () => {
    const { compute, http } = computeOn(answer(200, { status: 'DONE' }))
    await compute.ensureTemplate(template)
    expect(http.lines).toEqual([`POST ${REGION}/instanceTemplates`])
    expect(JSON.parse(http.requests[0]?.body ?? '')).toEqual(template)
  })

  it('is content with one that is there', async () => {
    const { compute, http } = computeOn(googleError(409, { reason: 'alreadyExists' }))
    await compute.ensureTemplate(template)
    expect(http.requests).toHaveLength(1)
  })
})

describe('Compute.fetchGroup', () => {
  const GROUP = {
    fingerprint: 'abc=',
    targetSize: 2,
    versions: [{ name: 'a1b2c3d4e5f6', instanceTemplate: `${LINK}/t`, targetSize: {} }],
    status: { isStable: true, versionTarget: { isReached: true } },
    autoHealingPolicies: [{ healthCheck: `${LINK}/h`, initialDelaySec: 300 }],
  }
  const READ = {
    fingerprint: 'abc=',
    targetSize: 2,
    versions: [{ name: 'a1b2c3d4e5f6', instanceTemplate: `${LINK}/t` }],
    isStable: true,
    isVersionTargetReached: true,
    hasHealthCheck: true,
  }

  it.each([
    ['everything', {}, {}],
    ['no status at all', { status: undefined }, { isStable: false, isVersionTargetReached: false }],
    ['an empty status', { status: {} }, { isStable: false, isVersionTargetReached: false }],
    [
      'an empty version target',
      { status: { isStable: true, versionTarget: {} } },
      { isVersionTargetReached: false },
    ],
    [
      '"true" in quotes',
      { status: { isStable: 'true', versionTarget: { isReached: 1 } } },
      { isStable: false, isVersionTargetReached: false },
    ],
    ['no auto-healing', { autoHealingPolicies: undefined }, { hasHealthCheck: false }],
    [
      'auto-healing without a health check',
      { autoHealingPolicies: [{ initialDelaySec: 0 }] },
      { hasHealthCheck: false },
    ],
    [
      'a version without a name',
      { versions: [{ instanceTemplate: `${LINK}/t` }] },
      { versions: [{ name: '', instanceTemplate: `${LINK}/t` }] },
    ],
    ['no VMs wanted', { targetSize: undefined }, { targetSize: 0 }],
  ])('reads %s', async (_, given, read) => {
    const { compute, http } = computeOn(answer(200, { ...GROUP, ...given }))
    expect(await compute.fetchGroup('mervis')).toEqual({ ...READ, ...read })
    expect(http.lines).toEqual([`GET ${REGION}/instanceGroupManagers/mervis`])
  })
})

describe('Compute.listManagedInstances', () => {
  it('reads all pages of a group that gives its list in pages', async () => {
    const page = (name: string, nextPageToken?: string): HttpAnswer =>
      answer(200, { managedInstances: [{ name }], ...(nextPageToken && { nextPageToken }) })
    const { compute, http } = computeOn(page('mervis-1', 'more'), page('mervis-2'))
    const instances = await compute.listManagedInstances('mervis')
    expect(instances.map(({ name }) => name)).toEqual(['mervis-1', 'mervis-2'])
    expect(http.requests.map(({ url }) => new URL(url).search)).toEqual(['', '?pageToken=more'])
  })

  it('reads VMs at every stage of their lives', async () => {
    const errors = [{ code: 'ZONE_RESOURCE_POOL_EXHAUSTED', message: 'No Spot VMs left.' }]
    const { compute, http } = computeOn(
      answer(200, {
        managedInstances: [
          {
            instance: `${LINK}/zones/europe-west1-b/instances/mervis-x7k2`,
            name: 'mervis-x7k2',
            instanceStatus: 'RUNNING',
            currentAction: 'NONE',
            version: { name: 'a1b2c3d4e5f6', instanceTemplate: `${LINK}/t` },
            instanceHealth: [{ healthCheck: `${LINK}/h`, detailedHealthState: 'HEALTHY' }],
          },
          {
            instance: `${LINK}/zones/europe-west1-c/instances/mervis-9p3q`,
            currentAction: 'CREATING',
            lastAttempt: { errors: { errors } },
          },
          { name: 'mervis-odd' },
        ],
      })
    )
    const nothing = {
      currentAction: '',
      instanceStatus: '',
      versionName: '',
      healthStates: [],
      lastErrors: [],
    }
    expect(await compute.listManagedInstances('mervis')).toMatchObject([
      {
        name: 'mervis-x7k2',
        zone: 'europe-west1-b',
        currentAction: 'NONE',
        instanceStatus: 'RUNNING',
        versionName: 'a1b2c3d4e5f6',
        healthStates: ['HEALTHY'],
        lastErrors: [],
      },
      {
        ...nothing,
        name: 'mervis-9p3q',
        zone: 'europe-west1-c',
        currentAction: 'CREATING',
        lastErrors: ['ZONE_RESOURCE_POOL_EXHAUSTED: No Spot VMs left.'],
      },
      { ...nothing, name: 'mervis-odd', zone: '' },
    ])
    expect(http.lines).toEqual([`POST ${REGION}/instanceGroupManagers/mervis/listManagedInstances`])
  })

  it('reads an empty group', async () => {
    expect(await computeOn(answer(200, {})).compute.listManagedInstances('mervis')).toEqual([])
  })
})

describe('Compute.patchVersion', () => {
  const version = { name: 'a1b2c3d4e5f6', instanceTemplate: `${LINK}/t` }

  it('sends the one version with the fingerprint that was read', async () => {
    const { compute, http } = computeOn(answer(200, { status: 'DONE' }))
    expect(await compute.patchVersion('mervis', version, 'abc=')).toBe('done')
    expect(http.lines).toEqual([`PATCH ${REGION}/instanceGroupManagers/mervis`])
    expect(JSON.parse(http.requests[0]?.body ?? '')).toEqual({
      fingerprint: 'abc=',
      versions: [version],
    })
  })

  it('hands a stale fingerprint over as an answer', async () => {
    const { compute } = computeOn(googleError(412, { reason: 'conditionNotMet' }))
    expect(await compute.patchVersion('mervis', version, 'old=')).toEqual({ refused: 412 })
  })

  it('fails when the group refuses for another reason', async () => {
    const { compute } = computeOn(
      googleError(400, { message: 'Fixed updatePolicy.maxSurge is too small' })
    )
    await expect(compute.patchVersion('mervis', version, 'abc=')).rejects.toThrow(
      'Could not roll the instance group mervis to release a1b2c3d4e5f6: Compute Engine answered 400'
    )
  })
})

describe('Compute.fetchGuestAttribute', () => {
  it('reads the JSON value', async () => {
    const items = [{ namespace: 'deploy', key: 'boot', value: '{"phase":"ready"}' }]
    const { compute, http } = computeOn(
      answer(200, { queryPath: 'deploy/boot', queryValue: { items } })
    )
    expect(await compute.fetchGuestAttribute(VM, 'deploy/boot')).toEqual({ phase: 'ready' })
    expect(http.lines).toEqual([`GET ${ZONE}/instances/mervis-x7k2/getGuestAttributes`])
    expect(http.requests[0]?.url).toContain('?queryPath=deploy%2Fboot')
  })

  it.each([
    ['has written nothing', googleError(404)],
    ['wrote no JSON', answer(200, { queryValue: { items: [{ value: 'ready' }] } })],
    ['has an empty answer', answer(200, {})],
  ])('gives nothing when the VM %s', async (_, given) => {
    expect(await computeOn(given).compute.fetchGuestAttribute(VM, 'deploy/boot')).toBeUndefined()
  })
})

describe('Compute.fetchAddress', () => {
  it.each([
    [
      'the external address',
      answer(200, {
        networkInterfaces: [{ networkIP: '10.0.0.2', accessConfigs: [{ natIP: '203.0.113.7' }] }],
      }),
      '203.0.113.7',
    ],
    [
      'the internal one where there is no other',
      answer(200, { networkInterfaces: [{ networkIP: '10.0.0.2', accessConfigs: [{}] }] }),
      '10.0.0.2',
    ],
    ['nothing for a VM without a network', answer(200, {}), undefined],
    ['nothing for a VM that is gone', googleError(404), undefined],
  ])('gives %s', async (_, given, address) => {
    const { compute, http } = computeOn(given)
    expect(await compute.fetchAddress(VM)).toBe(address)
    expect(http.lines).toEqual([`GET ${ZONE}/instances/mervis-x7k2`])
  })
})
