import { describe, expect, it } from '@jest/globals'
import { watchUntilVerdict } from '../../../../src/release/watch.ts'
import { FakeClock } from '../../../fakes/fake-clock.ts'
import { FakeCloud } from '../../../fakes/fake-cloud.ts'
import { RecordingLog } from '../../../fakes/recording-log.ts'
import { randomFrom, seedOfRun } from '../random.ts'
import { POLICY, RELEASE } from '../situations.ts'
import { aVm, mostWithin, setUp } from './set-up.ts'
import { type Shape, surgeStory } from './story.ts'

const seed = seedOfRun()

/** What it costs to watch a rollout, and how late its end is noticed. */
async function watched(random: () => number, shape: Shape) {
  const clock = new FakeClock()
  const cloud = new FakeCloud(clock)
  const startedAtMs = clock.now()
  const story = surgeStory(random, shape)
  const atMs: number[] = []
  cloud.set({ versions: [{ name: RELEASE, instanceTemplate: 't' }] })
  cloud.fault = () => {
    atMs.push(clock.now() - startedAtMs)
    story.show(cloud, clock.now() - startedAtMs)
    return undefined
  }
  const { verdict } = await watchUntilVerdict(
    { compute: cloud.clients().compute, clock, log: new RecordingLog() },
    { group: 'mervis', policy: POLICY, signal: new AbortController().signal }
  )
  const questions = cloud.questions.length
  return {
    verdict,
    seconds: story.doneAtMs / 1_000,
    lateMs: clock.now() - startedAtMs - story.doneAtMs - POLICY.minReadyMs,
    requests: cloud.http.requests.length,
    reads: cloud.http.requests.length - questions,
    atMs,
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}

describe(`the pace of a watch (SEED=${seed})`, () => {
  it('notices within 2 s that a group is done', async () => {
    const random = randomFrom(seed)
    const late: number[] = []
    for (let run = 0; run < 60; run++) {
      const { verdict, lateMs } = await watched(random, { size: 1 + (run % 3), surge: 3 })
      expect(verdict).toEqual({ kind: 'verified' })
      expect(lateMs).toBeGreaterThanOrEqual(0)
      late.push(lateMs)
    }
    expect(median(late)).toBeLessThan(2_000)
    expect(Math.max(...late)).toBeLessThan(15_000)
  })

  it('notices soon, by the word of the VMs alone, that a group without health check is done', async () => {
    const random = randomFrom(seed)
    const late: number[] = []
    for (let run = 0; run < 60; run++) {
      const shape = { size: 1 + (run % 10), surge: 3, hasHealthCheck: false }
      late.push((await watched(random, shape)).lateMs)
    }
    expect(median(late)).toBeLessThan(2_500)
    expect(Math.max(...late)).toBeLessThan(6_000)
  })

  it.each([
    [true, 2_000],
    [false, 2_500],
  ])(
    'costs less than a request per second with 10 VMs (health check: %s)',
    async (hasHealthCheck, lateMedianMs) => {
      const random = randomFrom(seed)
      const late: number[] = []
      const perFiveMinutes: number[] = []
      for (let run = 0; run < 20; run++) {
        const shape = { size: 10, surge: 3, hasHealthCheck }
        const { lateMs, requests, seconds } = await watched(random, shape)
        late.push(lateMs)
        perFiveMinutes.push((requests / (seconds + 10)) * 300)
      }
      expect(Math.max(...perFiveMinutes)).toBeLessThan(300)
      expect(median(late)).toBeLessThan(lateMedianMs)
    }
  )

  it('lists a thousand VMs half as often as ten, and asks them almost as quickly', async () => {
    const { watch, cloud, elapsedMs } = setUp()
    cloud.set({ targetSize: 1_000 })
    cloud.vms = Array.from({ length: 1_000 }, (_, index) => aVm({ name: `vm-${index}` }))
    await watch.untilVerdict()
    const lists = cloud.http.lines.filter((line) => line.endsWith('/listManagedInstances')).length
    expect(lists).toBeLessThan(elapsedMs() / 1_800)
    expect(elapsedMs()).toBeLessThan(135_000 + POLICY.minReadyMs + 5_000)
    expect(
      mostWithin(
        cloud.questions.map((question) => ({ ...question, vm: 'any' })),
        60_000
      )
    ).toBeLessThanOrEqual(610)
  })

  it('reads the group and its VMs at most twice a second', async () => {
    const { atMs } = await watched(randomFrom(seed), { size: 1, surge: 1 })
    const most = Math.max(
      ...atMs.map((from) => atMs.filter((at) => at >= from && at < from + 1_000).length)
    )
    expect(most).toBeLessThanOrEqual(3)
  })
})
