import { describe, expect, it } from '@jest/globals'
import type { CloudVm, FakeCloud } from '../../../fakes/fake-cloud.ts'
import { RELEASE } from '../situations.ts'
import { aVm, setUp } from './set-up.ts'

describe('the list of errors of the group', () => {
  const refused = (code: string): CloudVm =>
    aVm({ action: 'CREATING', status: '', errors: [{ code, message: 'because' }] })
  const asked = (cloud: FakeCloud): number =>
    cloud.http.lines.filter((line) => line.endsWith('/listErrors')).length

  it('is not asked for while things go well', async () => {
    const { watch, cloud, elapsedMs } = setUp()
    cloud.onLook = () => {
      const isUp = elapsedMs() > 50_000
      cloud.vms = [isUp ? aVm() : aVm({ action: 'VERIFYING', health: 'TIMEOUT' })]
    }
    await watch.untilVerdict()
    expect(asked(cloud)).toBe(0)
  })

  it('is asked for seldom while nothing moves', async () => {
    const { watch, cloud } = setUp()
    cloud.vms = [aVm({ action: 'CREATING', status: '' })]
    await watch.untilVerdict()
    expect(asked(cloud)).toBeGreaterThan(0)
    expect(asked(cloud)).toBeLessThanOrEqual(19)
  })

  it('tells an error of this rollout from one that was there before', async () => {
    const { watch, cloud, clock, elapsedMs } = setUp()
    const old = { code: 'PERMISSIONS_ERROR', message: 'because', vm: 'vm-a', version: RELEASE }
    cloud.vms = [refused('PERMISSIONS_ERROR')]
    cloud.errors = [{ ...old, atMs: clock.now() - 60_000 }]
    cloud.onLook = () => {
      if (elapsedMs() < 100_000 || cloud.errors.length > 1) return
      cloud.errors = [{ ...old, atMs: clock.now() }, ...cloud.errors]
    }
    expect((await watch.untilVerdict()).verdict).toMatchObject({ cause: 'permission' })
    expect(elapsedMs()).toBeGreaterThanOrEqual(100_000)
    expect(elapsedMs()).toBeLessThan(150_000)
  })

  it('tells an error that was met before the watch, but in this rollout', async () => {
    const { watchSince, cloud, clock, elapsedMs } = setUp()
    const met = { code: 'PERMISSIONS_ERROR', message: 'because', vm: 'vm-a', version: RELEASE }
    cloud.vms = [refused('PERMISSIONS_ERROR')]
    cloud.errors = [{ ...met, atMs: clock.now() - 1_000 }]
    const { verdict } = await watchSince(clock.now() - 2_000)
    expect(verdict).toMatchObject({ cause: 'permission' })
    expect(elapsedMs()).toBeLessThan(10_000)
  })
})
