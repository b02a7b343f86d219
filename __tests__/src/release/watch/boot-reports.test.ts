import { describe, expect, it } from '@jest/globals'
import type { CloudVm } from '../../../fakes/fake-cloud.ts'
import { BEFORE, RELEASE } from '../situations.ts'
import { aVm, mostWithin, READY, setUp } from './set-up.ts'

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
    const { failure, cloud, elapsedMs } = setUp()
    cloud.set({ isStable: false, targetSize: 2 })
    cloud.onLook = () => {
      const second = Math.floor(elapsedMs() / 1_000)
      cloud.vms = [vmAt(second), { ...vmAt(second + 7), name: 'vm-b' }]
    }
    expect(await failure()).toMatchObject({ code: 'ROLLOUT_TIMED_OUT' })
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

  /** The group has no more to say of these; their own word is all that is missing. */
  const SILENT: readonly (readonly [string, (second: number) => CloudVm])[] = [
    ['a VM without health check that pulls', () => silent('pulling')],
    ['a VM without health check that starts', () => silent('starting')],
    ['one that boots over and over', (at) => silent(at % 60 < 40 ? 'pulling' : 'starting')],
  ]
  const silent = (phase: string): CloudVm => {
    return { name: 'vm-a', version: RELEASE, report: { ...READY, phase } }
  }

  it.each([...STORIES, ...SILENT])(
    'is at most 10 times a minute and 3 times a second: %s',
    async (_, vmAt) => {
      const questions = await tenMinutesOf(vmAt)
      expect(mostWithin(questions, 60_000)).toBeLessThanOrEqual(10)
      expect(mostWithin(questions, 1_000)).toBeLessThanOrEqual(3)
    }
  )

  it.each(STORIES.slice(0, 2))(
    'is at least every 15 s as long as it matters: %s',
    async (_, vmAt) => {
      const questions = (await tenMinutesOf(vmAt)).filter(({ vm }) => vm === 'vm-a')
      const gaps = questions.slice(1).map(({ atMs }, index) => atMs - (questions[index]?.atMs ?? 0))
      expect(Math.max(...gaps)).toBeLessThanOrEqual(15_000)
    }
  )

  it('is every 6 s where nothing but the word of the VM is missing', async () => {
    const questions = (await tenMinutesOf(() => silent('pulling'))).filter(
      ({ vm }) => vm === 'vm-a'
    )
    const gaps = questions.slice(1).map(({ atMs }, index) => atMs - (questions[index]?.atMs ?? 0))
    expect(Math.max(...gaps)).toBeLessThanOrEqual(7_000)
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(6_000)
  })

  it('is sooner once the app starts, and seldom while others hold the rollout back', async () => {
    const { watch, cloud, clock } = setUp()
    const askedWithin = async (seconds: number): Promise<number> => {
      const before = cloud.questions.length
      for (let second = 0; second < seconds; second++) {
        await watch.observe()
        clock.advance(1_000)
      }
      return cloud.questions.length - before
    }
    const old = aVm({ name: 'old', version: BEFORE })
    cloud.vms = [old, silent('pulling')]
    expect(await askedWithin(24)).toBe(2)
    cloud.vms = [silent('pulling')]
    expect(await askedWithin(6)).toBe(1)
    cloud.vms = [silent('starting')]
    expect(await askedWithin(13)).toBe(4)
  })

  it('is soon after the VM became healthy', async () => {
    const { watch, cloud, elapsedMs } = setUp()
    cloud.set({ isStable: false })
    cloud.onLook = () => {
      const isUp = elapsedMs() >= 45_000
      cloud.vms = [isUp ? aVm() : aVm({ action: 'VERIFYING', health: 'TIMEOUT', report: booting })]
      cloud.set({ isStable: isUp })
    }
    await watch.untilVerdict()
    expect(elapsedMs()).toBeLessThan(45_000 + 10_000 + 4_000)
  })
})
