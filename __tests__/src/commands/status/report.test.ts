import { describe, expect, it } from '@jest/globals'
import type { Facts, GroupFacts } from '../../../../src/commands/status/questions.ts'
import { reportOn } from '../../../../src/commands/status/report.ts'
import { readGroup, readManagedInstance } from '../../../../src/google/compute/group.ts'
import type { JsonRecord } from '../../../../src/lib/json.ts'
import { aLedger, anEntry } from '../../release/ledger/entries.ts'

const RELEASE = 'a1b2c3d4e5f6'
const { image: IMAGE } = anEntry({ release: RELEASE })
const SERVICE = { name: 'mervis', projectId: 'mervis-demo', region: 'europe-west1' }
const NOW = { atMs: 0, problems: [] }
const LOCK = {
  ...{ holder: 'x', runUrl: '', actor: '', acquiredAt: '', renewedAt: '' },
  ageMs: 0,
}

function aGroup({
  target = 1,
  release = RELEASE,
  isReached = true,
  vms = [{}],
}: {
  target?: number
  release?: string
  isReached?: boolean
  vms?: readonly { readonly phase?: string; readonly image?: string; readonly health?: string }[]
} = {}): GroupFacts {
  const whole: JsonRecord = {
    name: 'mervis',
    targetSize: target,
    versions: [{ name: release, instanceTemplate: `t/mervis-${release}` }],
    status: { isStable: true, versionTarget: { isReached } },
    autoHealingPolicies: [{ healthCheck: 'h' }],
  }
  const instances = vms.map(({ health = 'HEALTHY' }, index) =>
    readManagedInstance({
      instance: `projects/p/zones/z/instances/vm-${index}`,
      id: String(index),
      currentAction: 'NONE',
      instanceStatus: 'RUNNING',
      version: { name: release },
      instanceHealth: [{ detailedHealthState: health }],
    })
  )
  const words = vms.map(({ phase = 'ready', image = IMAGE }, index) => {
    const report = { phase, detail: '', release, image, log: '' }
    return [`vm-${index}`, { report, at: '2026-11-23T00:00:00Z' }] as const
  })
  const group = { ...readGroup(whole), name: 'mervis', baseInstanceName: 'mervis', whole }
  return {
    group: { ...group, autoscaler: undefined },
    instances,
    cards: new Map(),
    words: new Map(words),
  }
}

function facts(change: Partial<Facts> = {}): Facts {
  const description = JSON.stringify({
    image: IMAGE,
    base: 'mervis-base-1',
    commit: 'c',
    actor: 'a',
  })
  return {
    state: undefined,
    ledger: aLedger(`${RELEASE} verified`),
    deployLock: undefined,
    stateLock: undefined,
    templates: [{ name: `mervis-${RELEASE}`, description, labels: {}, createdAtMs: 0 }],
    group: aGroup(),
    isBaseThere: undefined,
    ...change,
  }
}

describe('reportOn', () => {
  it.each([
    ['running', {}],
    ['none', { group: 'none' }],
    ['none', { group: aGroup({ release: '' }) }],
    ['unknown', { group: undefined }],
    ['degraded', { group: aGroup({ target: 2 }) }],
    // Resized to nothing, as by a destroy that died: nothing serves, whatever was meant.
    ['degraded', { group: aGroup({ target: 0, vms: [] }) }],
    ['degraded', { group: aGroup({ vms: [{ health: 'UNHEALTHY' }] }) }],
    ['degraded', { group: aGroup({ vms: [{ phase: 'failed' }] }) }],
    ['degraded', { group: aGroup({ vms: [{ image: 'another@sha256:1' }] }) }],
    ['rolling', { group: aGroup({ isReached: false }) }],
    ['rolling', { ledger: aLedger(RELEASE), deployLock: { ...LOCK, isStale: false } }],
    ['running', { ledger: aLedger(RELEASE), deployLock: { ...LOCK, isStale: true } }],
    ['running', { deployLock: { ...LOCK, isStale: false } }],
    // A VM that was asked too often lately says nothing against itself.
    ['running', { group: { ...aGroup(), words: new Map() } }],
  ] as const)('is %s (case %#)', (state, change) => {
    expect(reportOn(SERVICE, facts(change), NOW).state).toBe(state)
  })

  it('tells whether the release is the one that the ledger would go back to', () => {
    const ledger = aLedger(`${RELEASE} verified`, 'b1 verified', 'c1 failed')
    expect(reportOn(SERVICE, facts({ ledger }), NOW).release).toMatchObject({
      verifiedAt: '2026-11-23T00:01:00.000Z',
      newestVerified: 'b1',
    })
    const never = aLedger(`${RELEASE} failed`)
    expect(reportOn(SERVICE, facts({ ledger: never }), NOW).release?.verifiedAt).toBeUndefined()
  })

  it.each([
    ['mervis-base-1', undefined],
    ['mervis-base-2', 'mervis-base-2'],
    ['', undefined],
  ])("takes base %p of terraform's for ahead: %p", (base, newBase) => {
    const state = { outputs: { base_template_name: base }, resources: [] }
    expect(reportOn(SERVICE, facts({ state }), NOW).newBase).toBe(newBase)
  })

  it('shows the last ten attempts, the newest first', () => {
    const ledger = aLedger(...Array.from({ length: 12 }, (_, index) => `r${index} verified`))
    const { attempts } = reportOn(SERVICE, facts({ ledger }), NOW)
    expect(attempts.map(({ attempt }) => attempt)).toEqual([12, 11, 10, 9, 8, 7, 6, 5, 4, 3])
  })

  it('tells a group that is gone from one that could not be read', () => {
    const type = 'google_compute_region_instance_group_manager'
    const group = { address: 'g', type, attributes: { name: 'mervis' }, dependencies: [] }
    const state = { outputs: {}, resources: [group] }
    const drift = (change: Partial<Facts>) =>
      reportOn(SERVICE, facts({ state, ...change }), NOW).drift
    expect(drift({ group: 'none', isBaseThere: false }).map(({ what }) => what)).toEqual([
      'instance group',
      'base template',
    ])
    expect(drift({ group: undefined })).toEqual([])
  })
})
