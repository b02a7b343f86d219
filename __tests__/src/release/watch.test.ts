import { describe, expect, it } from '@jest/globals'
import { GroupWatch } from '../../../src/release/watch.ts'
import { FakeClock } from '../../fakes/fake-clock.ts'
import { type CloudVm, FakeCloud } from '../../fakes/fake-cloud.ts'
import { RecordingLog } from '../../fakes/recording-log.ts'
import { BEFORE, IMAGE, POLICY, RELEASE } from './situations.ts'

const READY = { phase: 'ready', detail: '', release: RELEASE, image: IMAGE }
const aVm = (more: Partial<CloudVm> = {}): CloudVm => ({
  name: 'vm-a',
  version: RELEASE,
  health: 'HEALTHY',
  report: READY,
  ...more,
})

function setUp({ policy = POLICY, signal = new AbortController().signal } = {}) {
  const clock = new FakeClock()
  const cloud = new FakeCloud(clock)
  const log = new RecordingLog()
  cloud.set({ versions: [{ name: RELEASE, instanceTemplate: 't' }] })
  cloud.vms = [aVm()]
  const startedAtMs = clock.now()
  const watch = new GroupWatch(
    { compute: cloud.clients(signal).compute, clock, log },
    { group: 'mervis', policy, signal }
  )
  const elapsedMs = (): number => clock.now() - startedAtMs
  return { clock, cloud, log, watch, elapsedMs }
}

/** The most questions that one VM got within any window of this length. */
function mostWithin(questions: FakeCloud['questions'], windowMs: number): number {
  return Math.max(
    0,
    ...questions.map(
      ({ vm, atMs }) =>
        questions.filter(
          (other) => other.vm === vm && other.atMs >= atMs && other.atMs < atMs + windowMs
        ).length
    )
  )
}

describe('GroupWatch.untilVerified', () => {
  it('returns what it saw when everything held for min_ready', async () => {
    const { watch, elapsedMs } = setUp()
    const { instances, reports } = await watch.untilVerified()
    expect(instances.map(({ name }) => name)).toEqual(['vm-a'])
    expect(reports.get('vm-a')).toMatchObject({ phase: 'ready', image: IMAGE })
    expect(elapsedMs()).toBeGreaterThanOrEqual(10_000)
    expect(elapsedMs()).toBeLessThan(12_000)
  })

  it('fails with what a VM says of itself, in the words of the VM', async () => {
    const { watch, cloud } = setUp()
    cloud.set({ isStable: false })
    cloud.vms = [
      aVm({
        action: 'VERIFYING',
        health: 'TIMEOUT',
        report: { ...READY, phase: 'failed', detail: 'exited with code 3', log: 'no DATABASE_URL' },
      }),
    ]
    await expect(watch.untilVerified()).rejects.toMatchObject({
      code: 'ROLLOUT_FAILED',
      message: `Release ${RELEASE} failed on mervis: exited with code 3\n  vm-a reports: exited with code 3\n  no DATABASE_URL`,
      hint: expect.stringContaining('surge'),
    })
  })

  it('ends when nothing moves any more, with what each VM last said', async () => {
    const { watch, cloud, elapsedMs } = setUp()
    cloud.set({ isStable: false })
    cloud.vms = [
      aVm({
        status: '',
        action: 'CREATING',
        errors: [{ code: 'ZONE_RESOURCE_POOL_EXHAUSTED', message: 'no Spot VMs left' }],
      }),
    ]
    await expect(watch.untilVerified()).rejects.toMatchObject({
      code: 'ROLLOUT_TIMED_OUT',
      message: expect.stringMatching(
        /^Release a1b2c3d4e5f6 made no progress on mervis for 10 min\.\n {2}vm-a ZONE_RESOURCE_POOL_EXHAUSTED: no Spot VMs left/
      ),
    })
    expect(elapsedMs()).toBeLessThan(620_000)
  })

  it('does not let a VM choose the kind of failure by its words', async () => {
    const { watch, cloud } = setUp()
    cloud.vms = [
      aVm({
        health: 'TIMEOUT',
        report: { ...READY, phase: 'failed', detail: 'no progress within the deadline' },
      }),
    ]
    await expect(watch.untilVerified()).rejects.toMatchObject({ code: 'ROLLOUT_FAILED' })
  })

  it('ends with the reason of a cancel', async () => {
    const cancel = new AbortController()
    const { watch, cloud } = setUp({ signal: cancel.signal })
    cloud.onLook = () => cancel.abort(new Error('cancelled by a person'))
    await expect(watch.untilVerified()).rejects.toThrow('cancelled by a person')
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
    await watch.untilVerified()
    const lines = log.of('info')
    expect(new Set(lines).size).toBe(lines.length)
    expect(lines).toEqual([
      expect.stringMatching(/^old {2}0f0f0f0f0f0f {2}running {2}healthy {2}0 ms$/),
      expect.stringMatching(/^vm-a {2}a1b2c3d4e5f6 {2}creating {2}staging/),
      expect.stringMatching(/^vm-a .*verifying {2}running {2}pulling \(12 s\) {2}timeout {2}3 s$/),
      expect.stringMatching(/^old {2}gone {2}3 s$/),
      ...lines.slice(4),
    ])
    expect(lines.at(-1)).toMatch(/^vm-a {2}a1b2c3d4e5f6 {2}running {2}ready {2}healthy/)
  })
})

describe('GroupWatch.observe', () => {
  it('asks only VMs that run the release and are not known to be ready', async () => {
    const { watch, cloud, clock } = setUp()
    cloud.vms = [
      aVm({ name: 'old', version: BEFORE }),
      aVm({ name: 'staging', status: 'STAGING' }),
      aVm({ name: 'new' }),
    ]
    for (let look = 0; look < 30; look++) {
      await watch.observe()
      clock.advance(1_000)
    }
    expect(cloud.questions.map(({ vm }) => vm)).toEqual(['new'])
  })

  it('gives what was seen then, also later', async () => {
    const { watch, cloud, clock } = setUp()
    const first = await watch.observe()
    cloud.vms = [aVm({ name: 'vm-b' })]
    clock.advance(60_000)
    await watch.observe()
    expect([...first.reports.keys()]).toEqual(['vm-a'])
  })

  it.each<[string, Partial<CloudVm>]>([
    ['was seen stopped in between', { status: 'STOPPING' }],
    ['has another id', { id: 'another' }],
  ])('forgets what a VM of the same name said when it %s', async (_, change) => {
    const { watch, cloud, clock } = setUp()
    await watch.observe()
    const report = { ...READY, phase: 'pulling' }
    cloud.vms = [aVm({ ...change, report })]
    await watch.observe()
    clock.advance(60_000)
    cloud.vms = [aVm({ ...change, status: 'RUNNING', report })]
    const { reports } = await watch.observe()
    expect(reports.get('vm-a')?.phase).toBe('pulling')
  })

  it('asks at most 10 VMs at the same moment, and in the end all of them', async () => {
    const { watch, cloud, clock } = setUp()
    cloud.vms = Array.from({ length: 35 }, (_, index) => aVm({ name: `vm-${index}` }))
    cloud.set({ targetSize: 35 })
    for (let look = 0; look < 5; look++) {
      await watch.observe()
      clock.advance(1_000)
    }
    expect(
      mostWithin(
        cloud.questions.map((question) => ({ ...question, vm: 'any' })),
        1
      )
    ).toBe(10)
    expect(new Set(cloud.questions.map(({ vm }) => vm)).size).toBe(35)
  })

  it('takes a VM that vanishes while it is asked for one that said nothing', async () => {
    const { watch, cloud } = setUp()
    cloud.vms = [aVm({ report: undefined })]
    expect((await watch.observe()).reports.size).toBe(0)
  })
})

describe('how often a VM is asked what it reports', () => {
  const booting = { ...READY, phase: 'starting' }

  /** Ten minutes of a rollout that comes to nothing, with one look each second. */
  async function tenMinutesOf(vmAt: (second: number) => CloudVm) {
    const { watch, cloud, elapsedMs } = setUp()
    cloud.set({ isStable: false, targetSize: 2 })
    cloud.onLook = () => {
      const second = Math.floor(elapsedMs() / 1_000)
      cloud.vms = [vmAt(second), { ...vmAt(second + 7), name: 'vm-b' }]
    }
    await expect(watch.untilVerified()).rejects.toMatchObject({ code: 'ROLLOUT_TIMED_OUT' })
    expect(elapsedMs()).toBeGreaterThanOrEqual(600_000)
    return cloud.questions
  }

  const STORIES: readonly (readonly [string, (second: number) => CloudVm])[] = [
    [
      'a VM that stays as it is',
      () => aVm({ action: 'VERIFYING', health: 'TIMEOUT', report: booting }),
    ],
    [
      'a VM without any report',
      () => aVm({ action: 'VERIFYING', health: 'UNKNOWN', report: undefined }),
    ],
    [
      'an ordinary boot, again and again',
      (second) => {
        const at = second % 60
        if (at < 8) return aVm({ action: 'CREATING', status: 'STAGING' })
        const health = at < 14 ? 'UNKNOWN' : at < 22 ? 'TIMEOUT' : at < 40 ? 'UNHEALTHY' : 'HEALTHY'
        return aVm({ action: at < 50 ? 'VERIFYING' : 'NONE', health, report: booting })
      },
    ],
    [
      'a VM whose health flaps each second',
      (second) => aVm({ health: second % 2 === 0 ? 'HEALTHY' : 'UNHEALTHY', report: booting }),
    ],
    [
      'a VM that stops and starts',
      (second) =>
        aVm({
          status: second % 20 < 5 ? 'STOPPING' : 'RUNNING',
          health: 'TIMEOUT',
          report: booting,
        }),
    ],
  ]

  it.each(STORIES)('is at most 10 times a minute and 3 times a second: %s', async (_, vmAt) => {
    const questions = await tenMinutesOf(vmAt)
    expect(mostWithin(questions, 60_000)).toBeLessThanOrEqual(10)
    expect(mostWithin(questions, 1_000)).toBeLessThanOrEqual(3)
  })

  it.each(STORIES.slice(0, 2))(
    'is at least every 15 s as long as it matters: %s',
    async (_, vmAt) => {
      const questions = (await tenMinutesOf(vmAt)).filter(({ vm }) => vm === 'vm-a')
      const gaps = questions.slice(1).map(({ atMs }, index) => atMs - (questions[index]?.atMs ?? 0))
      expect(Math.max(...gaps)).toBeLessThanOrEqual(15_000)
    }
  )

  it('is soon after the VM became healthy', async () => {
    const { watch, cloud, elapsedMs } = setUp()
    cloud.set({ isStable: false })
    cloud.onLook = () => {
      const isUp = elapsedMs() >= 45_000
      cloud.vms = [isUp ? aVm() : aVm({ action: 'VERIFYING', health: 'TIMEOUT', report: booting })]
      cloud.set({ isStable: isUp })
    }
    await watch.untilVerified()
    expect(elapsedMs()).toBeLessThan(45_000 + 10_000 + 4_000)
  })
})
