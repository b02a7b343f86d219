import { describe, expect, it } from '@jest/globals'
import { answer, type HttpAnswer } from '../../../fakes/scripted-http.ts'
import { computeOn, LINK, REGION } from './on-script.ts'

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
    expect(http.requests.map(({ url }) => new URL(url).searchParams.get('pageToken'))).toEqual([
      null,
      'more',
    ])
  })

  it('asks for nothing of a VM that it does not read', async () => {
    const { compute, http } = computeOn(answer(200, {}))
    await compute.listManagedInstances('mervis')
    const query = new URL(http.requests[0]?.url ?? '').searchParams
    expect(query.get('fields')).toContain('instanceHealth/detailedHealthState')
    expect(query.get('fields')).not.toContain('healthCheck')
    expect(query.get('prettyPrint')).toBe('false')
  })

  it('reads VMs at every stage of their lives', async () => {
    const errors = [
      {
        code: 'ZONE_RESOURCE_POOL_EXHAUSTED_WITH_DETAILS',
        message: 'No Spot VMs left.',
        errorDetails: [
          { help: { links: [] } },
          { errorInfo: { reason: 'resource_availability', metadatas: { vmType: 'e2-small' } } },
        ],
      },
    ]
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
        lastErrors: [
          {
            code: 'ZONE_RESOURCE_POOL_EXHAUSTED_WITH_DETAILS',
            message: 'No Spot VMs left.',
            machineType: 'e2-small',
          },
        ],
      },
      { ...nothing, name: 'mervis-odd', zone: '' },
    ])
    expect(http.lines).toEqual([`POST ${REGION}/instanceGroupManagers/mervis/listManagedInstances`])
  })

  it('reads an empty group', async () => {
    expect(await computeOn(answer(200, {})).compute.listManagedInstances('mervis')).toEqual([])
  })
})

describe('Compute.listErrors', () => {
  it('reads what the group could not do, for which VM, and when', async () => {
    const item = {
      error: { code: 'QUOTA_EXCEEDED', message: "Quota 'CPUS' exceeded." },
      instanceActionDetails: {
        action: 'CREATING',
        instance: `${LINK}/zones/europe-west1-b/instances/mervis-x7k2`,
        version: { name: 'a1b2c3d4e5f6', instanceTemplate: `${LINK}/t` },
      },
      timestamp: '2026-11-23T10:00:00.000+01:00',
    }
    const { compute, http } = computeOn(answer(200, { items: [item, {}] }))
    expect(await compute.listErrors('mervis')).toEqual([
      {
        code: 'QUOTA_EXCEEDED',
        message: "Quota 'CPUS' exceeded.",
        machineType: '',
        atMs: Date.UTC(2026, 10, 23, 9),
        vm: 'mervis-x7k2',
        zone: 'europe-west1-b',
        versionName: 'a1b2c3d4e5f6',
      },
      { code: '', message: '', machineType: '', atMs: 0, vm: '', zone: '', versionName: '' },
    ])
    expect(http.lines).toEqual([`GET ${REGION}/instanceGroupManagers/mervis/listErrors`])
  })

  it('reads an empty list', async () => {
    expect(await computeOn(answer(200, {})).compute.listErrors('mervis')).toEqual([])
  })

  it('reads the pages of a large group that fails as a whole, but not without end', async () => {
    const page = answer(200, { items: [{ error: { code: 'E' } }], nextPageToken: 'more' })
    const { compute, http } = computeOn(...Array.from({ length: 10 }, () => page))
    expect(await compute.listErrors('mervis')).toHaveLength(4)
    const tokens = http.requests.map(({ url }) => new URL(url).searchParams.get('pageToken'))
    expect(tokens).toEqual([null, 'more', 'more', 'more'])
  })
})
