import { describe, expect, it } from '@jest/globals'
import { ObjectStore } from '../../../../src/google/object-store.ts'
import { driftOfGroup } from '../../../../src/terraform/recorded/group-drift.ts'
import {
  findGroup,
  readStateFile,
  templateBelow,
} from '../../../../src/terraform/recorded/state-file.ts'
import { FakeBucket } from '../../../fakes/fake-bucket.ts'
import { FakeClock } from '../../../fakes/fake-clock.ts'
import { googleClientOn } from '../../../fakes/google-client.ts'

const GROUP = 'google_compute_region_instance_group_manager'
const TEMPLATE = 'google_compute_region_instance_template'

const STATE = {
  version: 4,
  outputs: { group_name: { value: 'web', type: 'string' } },
  resources: [
    { mode: 'data', type: 'google_project', name: 'main', instances: [{ attributes: {} }] },
    ...['base', 'seed'].map((name) => ({
      ...{ mode: 'managed', module: 'module.compute', type: TEMPLATE, name },
      instances: [{ attributes: { id: `projects/p/regions/r/instanceTemplates/web-${name}` } }],
    })),
    {
      ...{ mode: 'managed', module: 'module.compute', type: GROUP, name: 'main' },
      instances: [
        { attributes: { name: 'web' }, dependencies: [`module.compute.${TEMPLATE}.seed`] },
      ],
    },
  ],
}

function storeWith(text: string | undefined): ObjectStore {
  const clock = new FakeClock()
  const bucket = new FakeBucket(clock)
  if (text !== undefined) bucket.put('web/default.tfstate', text)
  return new ObjectStore(googleClientOn(bucket, { clock }), 'mervis-demo-tfstate')
}

describe('readStateFile', () => {
  it('knows what terraform made, and on which of its templates the group stands', async () => {
    const state = await readStateFile(storeWith(JSON.stringify(STATE)), 'web')
    if (state === undefined) throw new Error('no state')
    expect(state.outputs).toEqual({ group_name: 'web' })
    expect(state.resources).toHaveLength(3)
    const group = findGroup(state, 'projects/p/regions/r/instanceGroupManagers/web')
    expect(group && templateBelow(state, group)).toMatch(/web-seed$/)
    expect(findGroup(state, '')).toBe(group)
    expect(findGroup(state, 'web-2')).toBeUndefined()
  })

  it('is undefined before the first apply', async () => {
    expect(await readStateFile(storeWith(undefined), 'web')).toBeUndefined()
  })

  it.each(['', 'x', '[]', 'null'])('refuses a state that is %p', async (text) => {
    await expect(readStateFile(storeWith(text), 'web')).rejects.toMatchObject({
      code: 'TERRAFORM_FAILED',
      hint: expect.stringContaining('gs://mervis-demo-tfstate/web/default.tfstate'),
    })
  })
})

const RECORDED = {
  target_size: 2,
  distribution_policy_zones: ['europe-west1-c', 'europe-west1-b'],
  update_policy: [
    { type: 'PROACTIVE', minimal_action: 'REPLACE', max_surge_fixed: 2, max_unavailable_fixed: 0 },
  ],
  auto_healing_policies: [
    { health_check: 'projects/p/global/healthChecks/web', initial_delay_sec: 300 },
  ],
}
const LIVE = {
  targetSize: 2,
  distributionPolicy: {
    zones: [{ zone: 'x/zones/europe-west1-b' }, { zone: 'x/zones/europe-west1-c' }],
  },
  updatePolicy: {
    type: 'PROACTIVE',
    minimalAction: 'REPLACE',
    maxSurge: { fixed: 2, calculated: 2 },
    maxUnavailable: { calculated: 0 },
  },
  autoHealingPolicies: [{ healthCheck: 'https://x/global/healthChecks/web', initialDelaySec: 300 }],
}

describe('driftOfGroup', () => {
  it('finds none in what terraform left', () => {
    expect(driftOfGroup(RECORDED, LIVE)).toEqual([])
  })

  it.each([
    ['target size', { targetSize: 0 }, '2', '0'],
    [
      'zones',
      { distributionPolicy: { zones: [{ zone: 'z/europe-west1-b' }] } },
      'europe-west1-b, europe-west1-c',
      'europe-west1-b',
    ],
    [
      'update policy: type',
      { updatePolicy: { ...LIVE.updatePolicy, type: 'OPPORTUNISTIC' } },
      'PROACTIVE',
      'OPPORTUNISTIC',
    ],
    [
      'update policy: surge',
      { updatePolicy: { ...LIVE.updatePolicy, maxSurge: { percent: 10 } } },
      '2',
      '10 %',
    ],
    [
      'health check',
      { autoHealingPolicies: [{ healthCheck: 'x/other', initialDelaySec: 300 }] },
      'web',
      'other',
    ],
  ])('tells %s', (what, change, recorded, found) => {
    expect(driftOfGroup(RECORDED, { ...LIVE, ...change })).toEqual([{ what, recorded, found }])
  })

  it("leaves an autoscaler's size alone", () => {
    const live = { ...LIVE, targetSize: 7, status: { autoscaler: 'x/autoscalers/web' } }
    expect(driftOfGroup(RECORDED, live)).toEqual([])
  })
})
