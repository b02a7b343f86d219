import { describe, expect, it } from '@jest/globals'
import { BEFORE, IMAGE, POLICY, RELEASE } from './situations.ts'
import { aVm, READY, setUp } from './watch/set-up.ts'

describe('GroupWatch.untilVerdict', () => {
  it('returns what it saw when everything held for min_ready', async () => {
    const { watch, elapsedMs } = setUp()
    const { verdict, observation } = await watch.untilVerdict()
    const { instances, reports } = observation
    expect(verdict).toEqual({ kind: 'verified' })
    expect(instances.map(({ name }) => name)).toEqual(['vm-a'])
    expect(reports.get('vm-a')).toMatchObject({ phase: 'ready', image: IMAGE })
    expect(elapsedMs()).toBeGreaterThanOrEqual(10_000)
    expect(elapsedMs()).toBeLessThan(12_000)
  })

  it('fails with what a VM says of itself, in the words of the VM', async () => {
    const { failure, cloud } = setUp()
    cloud.set({ isStable: false })
    cloud.vms = [
      aVm({
        action: 'VERIFYING',
        health: 'TIMEOUT',
        report: { ...READY, phase: 'failed', detail: 'exited with code 3', log: 'no DATABASE_URL' },
      }),
    ]
    expect(await failure()).toMatchObject({
      code: 'ROLLOUT_FAILED',
      message: `Release ${RELEASE} failed on mervis: exited with code 3\n  vm-a reports: exited with code 3\n  no DATABASE_URL`,
      hint: 'Fix the cause and push again.',
    })
  })

  it('ends when nothing moves any more, with what each VM last said', async () => {
    const { failure, cloud, elapsedMs } = setUp()
    cloud.set({ isStable: false })
    cloud.vms = [
      aVm({
        status: '',
        action: 'CREATING',
        errors: [{ code: 'ZONE_RESOURCE_POOL_EXHAUSTED', message: 'no Spot VMs left' }],
      }),
    ]
    expect(await failure()).toMatchObject({
      code: 'ROLLOUT_CAPACITY',
      message: expect.stringMatching(
        /^Release a1b2c3d4e5f6 could not be rolled out on mervis: no VM is to be had in europe-west1-b since \d\d:\d\d UTC \(10 min[^)]*\)\n {2}vm-a ZONE_RESOURCE_POOL_EXHAUSTED: no Spot VMs left/
      ),
    })
    expect(elapsedMs()).toBeLessThan(620_000)
  })

  it('does not let a VM choose the kind of failure by its words', async () => {
    const { failure, cloud } = setUp()
    cloud.vms = [
      aVm({
        health: 'TIMEOUT',
        report: { ...READY, phase: 'failed', detail: 'no progress within the deadline' },
      }),
    ]
    expect(await failure()).toMatchObject({ code: 'ROLLOUT_FAILED' })
  })

  it('returns a verdict that is none of an error, with what was seen and how it came about', async () => {
    const { watch, cloud, elapsedMs } = setUp()
    cloud.onLook = () => {
      if (elapsedMs() > 20_000) cloud.set({ versions: [{ name: BEFORE, instanceTemplate: 't' }] })
      else cloud.vms = [aVm({ action: 'CREATING', status: '' })]
    }
    expect(await watch.untilVerdict()).toMatchObject({
      verdict: { kind: 'superseded', reason: expect.stringContaining(BEFORE) },
      observation: { instances: [{ name: 'vm-a' }] },
      timeline: [{ vm: 'vm-a', phase: 'creating' }],
    })
    expect(elapsedMs()).toBeLessThan(40_000)
  })

  it('wakes when min_ready is over, and neither before nor after', async () => {
    const { watch, elapsedMs } = setUp({ policy: { ...POLICY, minReadyMs: 12_345 } })
    await watch.untilVerdict()
    expect(elapsedMs()).toBe(12_345)
  })

  it('wakes when the deadline is over', async () => {
    const { watch, cloud, elapsedMs } = setUp({ policy: { ...POLICY, progressDeadlineMs: 77_777 } })
    cloud.vms = [aVm({ action: 'CREATING', status: '' })]
    expect((await watch.untilVerdict()).verdict).toMatchObject({ cause: 'deadline' })
    expect(elapsedMs()).toBe(77_777)
  })

  it('never verifies on what the group was some looks ago', async () => {
    const { watch, cloud, elapsedMs } = setUp()
    const reads: number[] = []
    cloud.fault = ({ method }) => {
      if (method === 'GET') reads.push(elapsedMs())
      // The autoscaler asks for one more just when the last VM becomes ready.
      const isUp = elapsedMs() >= 15_000
      cloud.vms = [isUp ? aVm() : aVm({ action: 'VERIFYING', health: 'TIMEOUT' })]
      cloud.set({ targetSize: isUp && elapsedMs() < 60_000 ? 2 : 1 })
      return undefined
    }
    expect((await watch.untilVerdict()).verdict).toEqual({ kind: 'verified' })
    expect(elapsedMs()).toBeGreaterThanOrEqual(70_000)
  })

  it('says so much of an image as people compare', async () => {
    const { watch, cloud, log, elapsedMs } = setUp()
    const pulling = { ...READY, phase: 'pulling', detail: IMAGE }
    cloud.onLook = () => {
      if (elapsedMs() > 20_000) cloud.vms = [aVm()]
      else cloud.vms = [aVm({ action: 'VERIFYING', health: 'UNKNOWN', report: pulling })]
    }
    await watch.untilVerdict()
    expect(log.of('info')[0]).toContain(
      'pulling (europe-west1-docker.pkg.dev/p/r/i@sha256:5e5e5e5e5e5e…)'
    )
  })

  describe('with more VMs than anybody reads lines of', () => {
    it('says counts, seldom, and how it ended', async () => {
      const { watch, cloud, log, elapsedMs } = setUp()
      const names = Array.from({ length: 30 }, (_, index) => `vm-${index}`)
      cloud.set({ targetSize: 30 })
      cloud.onLook = () => {
        cloud.vms = names.map((name, index) => {
          const isUp = elapsedMs() >= 10_000 + index * 1_000
          return aVm(isUp ? { name } : { name, action: 'CREATING', status: 'STAGING' })
        })
      }
      const { timeline } = await watch.untilVerdict()
      const lines = log.of('info')
      expect(lines.length).toBeLessThan(10)
      expect(lines[0]).toMatch(/^30 VMs: 30 creating {2}0 ms$/)
      expect(lines.at(-1)).toMatch(/^30 VMs: 30 ready/)
      expect(timeline.filter(({ phase }) => phase === 'ready')).toHaveLength(30)
    })
  })

  it('ends with the reason of a cancel', async () => {
    const cancel = new AbortController()
    const { watch, cloud } = setUp({ signal: cancel.signal })
    cloud.onLook = () => cancel.abort(new Error('cancelled by a person'))
    await expect(watch.untilVerdict()).rejects.toThrow('cancelled by a person')
  })

  it('says a line for each VM whose state changed, and none twice', async () => {
    const { watch, cloud, log } = setUp()
    let looks = 0
    cloud.onLook = () => {
      looks += 1
      if (looks === 1)
        cloud.vms = [
          aVm({ name: 'old', version: BEFORE }),
          aVm({ action: 'CREATING', status: 'STAGING', health: 'UNKNOWN' }),
        ]
      if (looks === 4)
        cloud.vms = [
          aVm({
            action: 'VERIFYING',
            health: 'TIMEOUT',
            report: { ...READY, phase: 'pulling', detail: '12 s' },
          }),
        ]
      if (looks === 9) cloud.vms = [aVm()]
    }
    await watch.untilVerdict()
    const lines = log.of('info')
    expect(new Set(lines).size).toBe(lines.length)
    expect(lines).toEqual([
      expect.stringMatching(/^old {2}0f0f0f0f0f0f {2}running {2}healthy {2}0 ms$/),
      expect.stringMatching(/^vm-a {2}a1b2c3d4e5f6 {2}creating {2}staging/),
      expect.stringMatching(
        /^vm-a .*verifying {2}running {2}pulling \(12 s\) {2}timeout {2}\d[.\d]* s$/
      ),
      expect.stringMatching(/^old {2}gone {2}\d[.\d]* s$/),
      ...lines.slice(4),
    ])
    expect(lines.at(-1)).toMatch(/^vm-a {2}a1b2c3d4e5f6 {2}running {2}ready {2}healthy/)
  })
})
