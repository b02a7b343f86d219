import { describe, expect, it } from '@jest/globals'
import { shrink } from './campaign/shrink.ts'
import { mostWithin } from './invariants/requests.ts'
import { luckOf, mix } from './luck.ts'
import { mutate } from './mutants/mutant.ts'
import { drawSchedule, type Schedule } from './schedule.ts'
import { Timeline } from './world/timeline.ts'

const SEED = Number(process.env['SEED'] ?? Date.now() % 1_000_000)

describe('Timeline', () => {
  it(`runs tasks in order of time, then of making, without those that were cancelled (SEED=${SEED})`, () => {
    const luck = luckOf(SEED)
    const timeline = new Timeline(0)
    const ran: { readonly atMs: number; readonly order: number }[] = []
    for (let order = 0; order < 500; order++) {
      const cancel = timeline.after(luck.between(0, 50), () => {
        ran.push({ atMs: timeline.now(), order })
      })
      if (order % 5 === 0) cancel()
    }
    while (timeline.step()) expect(timeline.now()).toBeLessThanOrEqual(50)
    expect(ran).toHaveLength(400)
    expect(ran).toEqual(ran.toSorted((a, b) => a.atMs - b.atMs || a.order - b.order))
  })

  it('stops before what lies beyond the limit', () => {
    const timeline = new Timeline(0)
    timeline.after(10, () => {})
    expect(timeline.step(9)).toBe(false)
    expect(timeline.step(10)).toBe(true)
    expect(timeline.now()).toBe(10)
  })
})

describe('luckOf', () => {
  it('gives the same luck to the same seed, and another to its neighbour', () => {
    const draw = (seed: number) => Array.from({ length: 5 }, luckOf(mix(seed)).next)
    expect(draw(SEED)).toEqual(draw(SEED))
    expect(draw(SEED)).not.toEqual(draw(SEED + 1))
  })

  it('picks every option', () => {
    const luck = luckOf(SEED)
    const picked = new Set(Array.from({ length: 200 }, () => luck.pick('a', 'b', 'c')))
    expect([...picked].sort()).toEqual(['a', 'b', 'c'])
  })
})

describe('drawSchedule', () => {
  it('draws all kinds of weather', () => {
    const schedules = Array.from({ length: 400 }, (_, run) => drawSchedule(SEED, run))
    const kinds = new Set(schedules.flatMap(({ blows }) => blows.map(({ kind }) => kind)))
    expect([...kinds].sort()).toEqual([
      'flap',
      'limits',
      'load',
      'preempt',
      'quota',
      'resize',
      'stockout',
      'stranger',
      'touch',
    ])
    const faults = new Set(
      schedules.flatMap(({ jobs }) => jobs.flatMap((job) => job.faults.map(({ kind }) => kind)))
    )
    expect(faults.size).toBe(13)
    const jobs = schedules.flatMap((schedule) => schedule.jobs)
    expect(new Set(jobs.map(({ kind = 'deploy' }) => kind)).size).toBe(2)
    expect(new Set(jobs.flatMap(({ denial }) => denial?.kind ?? [])).size).toBe(3)
    const groups = schedules.map(({ furniture }) => furniture.groupAs)
    expect(new Set(groups).size).toBe(4)
  })
})

describe('shrink', () => {
  it('leaves what a failure needs, and nothing else', async () => {
    const drawn = drawSchedule(1, 1)
    const schedule: Schedule = {
      ...drawn,
      furniture: { ...drawn.furniture, size: 6, zones: 3 },
      jobs: [
        { image: 2, startMs: 0, faults: [{ request: 3, kind: 'stall' }], cancelMs: 5 },
        { image: 2, startMs: 9, faults: [] },
      ],
      blows: [
        { kind: 'touch', atMs: 1 },
        { kind: 'preempt', atMs: 2, nth: 0 },
      ],
    }
    const fails = async ({ blows, furniture }: Schedule) =>
      furniture.size >= 4 && blows.some(({ kind }) => kind === 'preempt')
    expect(await shrink(schedule, fails)).toMatchObject({
      furniture: { size: 4, zones: 1 },
      jobs: [{ startMs: 0, faults: [] }],
      blows: [{ kind: 'preempt' }],
    })
  })
})

describe('mostWithin', () => {
  it.each([
    [[], 0],
    [[5], 1],
    [[0, 10, 20, 21, 22], 4],
    [[0, 0, 0, 100], 3],
  ])('of %j in a window of 12', (times, most) => {
    expect(mostWithin(times, 12)).toBe(most)
  })
})

describe('mutate', () => {
  const mutant = { name: 'm', file: 'f.ts', find: 'one', replace: 'two' }

  it('replaces the one place', () => {
    expect(mutate('a one b', mutant)).toBe('a two b')
  })

  it.each(['none', 'one one'])('refuses %j', (text) => {
    expect(() => mutate(text.replace('none', ''), mutant)).toThrow('its text occurs')
  })
})
