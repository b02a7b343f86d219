import { describe, expect, it } from '@jest/globals'
import { violations } from './invariants/violations.ts'
import { play } from './play.ts'
import type { JobPlan, Schedule } from './schedule.ts'
import type { FaultKind } from './world/faults.ts'
import type { ImagePlan } from './world/guest.ts'

const SERVES: ImagePlan = { pullMs: 3_000, startMs: 2_000, end: 'serves' }
const EXITS: ImagePlan = { ...SERVES, end: 'exits' }
const LATER_MS = 120_000

interface Setting {
  readonly name: string
  readonly isReleased: boolean
  readonly earlier?: readonly number[]
  readonly images: readonly ImagePlan[]
  /** The last one dies. */
  readonly jobs: readonly JobPlan[]
  readonly lastImage: number
  /** How the job ends that is left to live. */
  readonly result: string
}

const DEPLOY: JobPlan = { kind: 'deploy', image: 2, startMs: 0, faults: [] }
const BACK: JobPlan = { kind: 'rollback', image: 1, startMs: LATER_MS, faults: [] }
const GOOD = [SERVES, SERVES, SERVES, SERVES]
const BAD = [SERVES, SERVES, EXITS, SERVES]

const SETTINGS: readonly Setting[] = [
  {
    name: 'the first release',
    isReleased: false,
    images: GOOD,
    jobs: [DEPLOY],
    lastImage: 2,
    result: 'verified',
  },
  {
    name: 'a first release that fails',
    isReleased: false,
    images: BAD,
    jobs: [DEPLOY],
    lastImage: 3,
    result: 'failed',
  },
  {
    name: 'a release',
    isReleased: true,
    images: GOOD,
    jobs: [DEPLOY],
    lastImage: 2,
    result: 'verified',
  },
  {
    name: 'a release that fails',
    isReleased: true,
    images: BAD,
    jobs: [DEPLOY],
    lastImage: 3,
    result: 'rolled_back',
  },
  {
    name: 'a rollback',
    isReleased: true,
    images: GOOD,
    jobs: [DEPLOY, BACK],
    lastImage: 1,
    result: 'verified',
  },
  {
    name: 'a rollback, after which another release comes',
    isReleased: true,
    images: GOOD,
    jobs: [DEPLOY, BACK],
    lastImage: 3,
    result: 'verified',
  },
  {
    name: 'a rollback that fails',
    isReleased: true,
    earlier: [2],
    images: BAD,
    jobs: [{ ...DEPLOY, kind: 'rollback' }],
    lastImage: 3,
    result: 'rolled_back',
  },
]

function scheduleOf({ isReleased, earlier = [], images, jobs, lastImage }: Setting): Schedule {
  return {
    seed: 23,
    furniture: {
      size: 2,
      zones: 1,
      groupAs: 'name',
      earlier,
      strategy: 'surge',
      health: { intervalSec: 5, healthyThreshold: 1, unhealthyThreshold: 3, initialDelaySec: 120 },
      isRepaired: true,
      isReleased,
    },
    images,
    minReadyMs: 10_000,
    progressDeadlineMs: 120_000,
    jobs,
    blows: [],
    lastImage,
  }
}

/** The schedule with the death of the last job's runner at one request. */
function withDeath(setting: Setting, request: number, kind: FaultKind): Schedule {
  const jobs = setting.jobs.map((job, index) =>
    index === setting.jobs.length - 1 ? { ...job, faults: [{ request, kind }] } : job
  )
  return scheduleOf({ ...setting, jobs })
}

describe.each(SETTINGS)('$name', (setting) => {
  it('survives the death of its runner before and after every request', async () => {
    const whole = await play(scheduleOf(setting))
    const victim = whole.played.at(-1)
    expect(victim?.verdict?.result).toBe(setting.result)
    const requests = victim?.job.sent.length ?? 0
    expect(requests).toBeGreaterThan(10)
    const wrong: unknown[] = []
    for (let request = 1; request <= requests; request++) {
      for (const kind of ['death before', 'death after'] as const) {
        const story = await play(withDeath(setting, request, kind))
        if (story.played.at(-1)?.job.isDead !== true) wrong.push({ request, kind, died: false })
        const found = violations(story)
        if (found.length > 0) wrong.push({ request, kind, found })
      }
    }
    expect(wrong).toEqual([])
  }, 60_000)
})
