import { describe, expect, it } from '@jest/globals'
import type { Release } from '../../../src/release/release.ts'
import { rollGroup } from '../../../src/release/roll.ts'
import { FakeClock } from '../../fakes/fake-clock.ts'
import { type CloudVm, FakeCloud } from '../../fakes/fake-cloud.ts'
import { RecordingLog } from '../../fakes/recording-log.ts'
import { BEFORE, IMAGE, POLICY, RELEASE } from './situations.ts'

const READY = { phase: 'ready', detail: '', release: RELEASE, image: IMAGE }
const OURS: CloudVm = { name: 'vm-new', version: RELEASE, health: 'HEALTHY', report: READY }
const OLD: CloudVm = { name: 'vm-old', version: BEFORE, health: 'HEALTHY' }
const SELF_LINK = 'https://www.googleapis.com/compute/v1/projects/mervis-demo/t/mervis-a1b2c3d4e5f6'

function setUp(version: string | undefined, vms: readonly CloudVm[]) {
  const clock = new FakeClock()
  const cloud = new FakeCloud(clock)
  const log = new RecordingLog()
  const release: Release = {
    id: RELEASE,
    template: { name: `mervis-${RELEASE}`, description: '', properties: {} },
  }
  cloud.templates.set(release.template.name, { selfLink: SELF_LINK })
  cloud.set({
    versions: [{ ...(version !== undefined && { name: version }), instanceTemplate: 't' }],
  })
  cloud.vms = vms
  cloud.onRoll = () => {
    cloud.vms = [OURS]
  }
  const roll = () =>
    rollGroup(
      { compute: cloud.clients().compute, clock, log },
      { group: 'mervis', release, policy: POLICY, signal: new AbortController().signal }
    )
  return { cloud, log, roll, clock }
}

describe('rollGroup', () => {
  it('gives the group the release as its one version, and waits until it is verified', async () => {
    const { cloud, roll } = setUp(BEFORE, [OLD])
    expect(await roll()).toMatchObject({
      wasPatched: true,
      previousRelease: BEFORE,
      observation: { instances: [{ name: 'vm-new' }] },
    })
    expect(cloud.patches).toEqual([
      { fingerprint: 'f0', versions: [{ name: RELEASE, instanceTemplate: SELF_LINK }] },
    ])
  })

  it('knows of no release before on the base template', async () => {
    const { roll } = setUp(undefined, [{ name: 'vm-base', health: 'HEALTHY' }])
    expect(await roll()).toMatchObject({ wasPatched: true, previousRelease: '' })
  })

  it('sends nothing and waits for nothing when every VM runs the release', async () => {
    const { cloud, roll, clock } = setUp(RELEASE, [OURS])
    expect(await roll()).toMatchObject({ wasPatched: false })
    expect(cloud.patches).toEqual([])
    expect(clock.sleepsMs).toEqual([])
  })

  it('sends nothing but waits when the group is on its way to the release', async () => {
    const { cloud, roll } = setUp(RELEASE, [{ ...OURS, action: 'VERIFYING' }])
    let looks = 0
    cloud.onLook = () => {
      looks += 1
      if (looks === 5) cloud.vms = [OURS]
    }
    expect(await roll()).toMatchObject({ wasPatched: false })
    expect(cloud.patches).toEqual([])
    expect(looks).toBeGreaterThan(5)
  })

  it('reads the group again when somebody else changed it, and sends the new fingerprint', async () => {
    const { cloud, roll } = setUp(BEFORE, [OLD])
    cloud.conflicts = 2
    expect(await roll()).toMatchObject({ wasPatched: true })
    expect(cloud.patches.map(({ fingerprint }) => fingerprint)).toEqual(['f0', 'f0+', 'f0++'])
  })

  it('gives up when somebody else is always faster', async () => {
    const { cloud, roll } = setUp(BEFORE, [OLD])
    cloud.conflicts = 1_000
    await expect(roll()).rejects.toMatchObject({
      code: 'ROLLOUT_FAILED',
      message: expect.stringContaining('was changed by somebody else'),
      hint: expect.stringContaining('Audit Logs'),
    })
    expect(cloud.patches.length).toBeLessThan(10)
  })

  it('is not taken in by VMs whose version is ours already but who run the release before', async () => {
    const { cloud, roll, clock } = setUp(RELEASE, [
      { ...OURS, report: { ...READY, release: BEFORE } },
    ])
    const startedAtMs = clock.now()
    cloud.onLook = () => {
      if (clock.now() - startedAtMs > 60_000) cloud.vms = [OURS]
    }
    await roll()
    expect(clock.now() - startedAtMs).toBeGreaterThan(60_000)
  })

  it('says so when the template is gone, instead of sending an empty one', async () => {
    const { cloud, roll } = setUp(BEFORE, [OLD])
    cloud.templates.clear()
    await expect(roll()).rejects.toMatchObject({
      name: 'ActionError',
      message: expect.stringContaining(`mervis-${RELEASE}`),
    })
    expect(cloud.patches).toEqual([])
  })
})
