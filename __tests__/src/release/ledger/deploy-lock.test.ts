import { describe, expect, it } from '@jest/globals'
import type { HttpRequest } from '../../../../src/ports.ts'
import {
  acquireDeployLock,
  isDeployLocked,
  releaseDeployLock,
  withDeployLock,
} from '../../../../src/release/ledger/deploy-lock.ts'
import { renderLock } from '../../../../src/release/ledger/lock-record.ts'
import { FakeBucket, type Fault } from '../../../fakes/fake-bucket.ts'
import { Timeline } from '../../../fakes/timeline.ts'
import { anOwner, aRun, isWrite, LOCK, NEVER } from './run.ts'

const MINUTE_MS = 60_000
const DATE = '2026-11-23T00:00:00.000Z'

function lockOf(run: number): string {
  return renderLock({ ...anOwner(run), acquiredAt: DATE, renewedAt: DATE })
}

/** Run 7 on a bucket whose clock is not the runner's. */
function setUp() {
  const timeline = new Timeline()
  const bucket = new FakeBucket(timeline)
  const ports = aRun(bucket, timeline.offBy(-5 * 3_600_000))
  const cancel = new AbortController()
  const options = { prefix: 'mervis', owner: anOwner(7), signal: cancel.signal, random: () => 0.5 }
  return { timeline, bucket, ports, options, cancel, log: ports.log }
}

const holderIn = (bucket: FakeBucket): unknown => {
  const text = bucket.text(LOCK)
  return text === undefined ? undefined : JSON.parse(text).holder
}

type World = ReturnType<typeof setUp>

/** Holds the lock for a while; gives what became of the work. */
function hold({ timeline, ports, options }: World, durationMs: number, result = 'done') {
  return withDeployLock(ports, options, async (signal) => {
    await timeline.sleep(durationMs, signal)
    return result
  })
}

/** A life of another run: it writes the lock now, again each minute, and removes it in the end. */
async function anotherRun({ timeline, bucket }: World, minutes: number): Promise<void> {
  for (let minute = 0; minute < minutes; minute++) {
    bucket.put(LOCK, lockOf(8))
    await timeline.sleep(MINUTE_MS, NEVER)
  }
  bucket.drop(LOCK)
}

describe('withDeployLock', () => {
  it('holds the lock while the work goes on, and no longer', async () => {
    const world = setUp()
    const { timeline, bucket, ports, options } = world
    const running = withDeployLock(ports, options, async () => JSON.parse(bucket.text(LOCK) ?? ''))
    expect(await timeline.play(running)).toEqual({
      holder: 'run-7',
      run_url: 'https://github.com/mervis/mervis/actions/runs/7',
      actor: 'actor-7',
      acquired_at: '2026-11-22T19:00:00.000Z',
      renewed_at: '2026-11-22T19:00:00.000Z',
    })
    expect(bucket.text(LOCK)).toBeUndefined()
    expect(bucket.lines).toEqual(['POST (bucket)', `DELETE ${LOCK}`])
    expect(timeline.sleeperCount).toBe(0)
  })

  it('renews it every minute, and still removes it', async () => {
    const world = setUp()
    const renewedAt: unknown[] = []
    world.bucket.onChange = (_, text) => renewedAt.push(text && JSON.parse(text).renewed_at)
    expect(await world.timeline.play(hold(world, 2.5 * MINUTE_MS))).toBe('done')
    expect(renewedAt).toEqual([
      '2026-11-22T19:00:00.000Z',
      '2026-11-22T19:01:00.000Z',
      '2026-11-22T19:02:00.000Z',
      undefined,
    ])
    expect(world.timeline.sleeperCount).toBe(0)
  })

  it('frees it when the work fails, and throws what the work threw', async () => {
    const { timeline, bucket, ports, options } = setUp()
    const running = withDeployLock(ports, options, async () => {
      throw new Error('the release is bad')
    })
    await expect(timeline.play(running)).rejects.toThrow('the release is bad')
    expect(bucket.text(LOCK)).toBeUndefined()
  })

  it('passes a cancel on to the work, and frees the lock', async () => {
    const world = setUp()
    const running = hold(world, 10 * MINUTE_MS)
    running.catch(() => undefined)
    await world.timeline.play(world.timeline.sleep(90_000, NEVER))
    world.cancel.abort(new Error('cancelled by a person'))
    await expect(world.timeline.play(running)).rejects.toThrow('cancelled by a person')
    expect(world.bucket.text(LOCK)).toBeUndefined()
  })

  it('does no work when it is cancelled before the lock is there', async () => {
    const world = setUp()
    world.bucket.onChange = (_, text) => text && world.cancel.abort(new Error('cancelled'))
    let hasWorked = false
    const running = withDeployLock(world.ports, world.options, async () => {
      hasWorked = true
    })
    await expect(world.timeline.play(running)).rejects.toThrow('cancelled')
    expect([hasWorked, world.bucket.text(LOCK)]).toEqual([false, undefined])
  })

  it('ends well when the lock cannot be removed, and says that it frees itself', async () => {
    const world = setUp()
    world.bucket.fault = ({ method }) => (method === 'DELETE' ? 'unavailable' : undefined)
    expect(await world.timeline.play(hold(world, 1_000))).toBe('done')
    expect(world.log.of('warning')).toEqual([
      expect.stringMatching(
        /could not be removed; it frees itself in 3 min.*gs:\/\/.*deploy\.lock/
      ),
    ])
  })
})

describe('a lock of another run', () => {
  it('is waited for, which is said once, with its URL', async () => {
    const world = setUp()
    const others = anotherRun(world, 4)
    expect(await world.timeline.play(hold(world, 1_000))).toBe('done')
    await others
    expect(world.log.of('info')).toEqual([
      'Waiting for the deploy lock: https://github.com/mervis/mervis/actions/runs/8 (started by actor-8) holds it.',
    ])
    const reads = world.bucket.lines.filter((line) => line.startsWith('GET'))
    expect(reads.length).toBeGreaterThan(40)
    expect(reads.length).toBeLessThan(60)
  })

  it('is waited for up to a limit', async () => {
    const world = setUp()
    const others = anotherRun(world, 30)
    const startedAtMs = world.timeline.now()
    const error = await world.timeline.play(hold(world, 1_000).catch((thrown: unknown) => thrown))
    expect(error).toMatchObject({
      code: 'DEPLOY_LOCKED',
      message: `Another run holds the deploy lock gs://mervis-demo-tfstate/${LOCK} since ${DATE}: https://github.com/mervis/mervis/actions/runs/8 (started by actor-8). This run waited 15 min for it.`,
      hint: expect.stringContaining('cancel it, then run this job again'),
    })
    expect(world.timeline.now() - startedAtMs).toBe(15 * MINUTE_MS)
    expect(holderIn(world.bucket)).toBe('run-8')
    await world.timeline.play(others)
  })

  it('is not waited for where nobody wants to', async () => {
    const { timeline, bucket, ports, options } = setUp()
    bucket.put(LOCK, lockOf(8))
    const running = acquireDeployLock(ports, { ...options, waitMs: 0 })
    await expect(timeline.play(running)).rejects.toMatchObject({ code: 'DEPLOY_LOCKED' })
  })

  it('is waited for no longer than was asked for, to the second', async () => {
    const { timeline, bucket, ports, options } = setUp()
    bucket.put(LOCK, lockOf(8))
    const startedAtMs = timeline.now()
    const running = acquireDeployLock(ports, { ...options, waitMs: 12_000 })
    await expect(timeline.play(running)).rejects.toMatchObject({ code: 'DEPLOY_LOCKED' })
    expect(timeline.now() - startedAtMs).toBe(12_000)
  })

  it('is no longer waited for after a cancel', async () => {
    const world = setUp()
    world.bucket.put(LOCK, lockOf(8))
    const running = hold(world, 1_000)
    running.catch(() => undefined)
    await world.timeline.play(world.timeline.sleep(7_000, NEVER))
    world.cancel.abort(new Error('cancelled by a person'))
    await expect(running).rejects.toThrow('cancelled by a person')
    expect(holderIn(world.bucket)).toBe('run-8')
  })

  it("is taken over when it was not renewed for 3 minutes of Google's time", async () => {
    const world = setUp()
    world.bucket.put(LOCK, lockOf(8))
    const startedAtMs = world.timeline.now()
    await world.timeline.play(acquireDeployLock(world.ports, world.options))
    expect(world.timeline.now() - startedAtMs).toBeGreaterThanOrEqual(3 * MINUTE_MS)
    expect(world.timeline.now() - startedAtMs).toBeLessThanOrEqual(3 * MINUTE_MS + 6_000)
    expect(holderIn(world.bucket)).toBe('run-7')
    expect(world.log.of('info').at(-1)).toBe(
      'Took over the deploy lock of https://github.com/mervis/mervis/actions/runs/8 (started by actor-8), which did not renew it for 3 min.'
    )
  })

  it.each(['', 'not JSON', '{"holder": 7}'])(
    'is judged by its age alone when it says %j',
    async (text) => {
      const world = setUp()
      world.bucket.put(LOCK, text)
      await world.timeline.play(acquireDeployLock(world.ports, world.options))
      expect(holderIn(world.bucket)).toBe('run-7')
      expect(world.log.of('info')).toEqual([
        'Waiting for the deploy lock: a run that left no URL holds it.',
        expect.stringMatching(/^Took over the deploy lock of a run that left no URL/),
      ])
    }
  )

  it('is taken over by one of two', async () => {
    const world = setUp()
    world.bucket.put(LOCK, lockOf(8))
    const rival = { ...world.options, owner: anOwner(9), waitMs: 4 * MINUTE_MS }
    const outcomes = Promise.allSettled([
      acquireDeployLock(world.ports, { ...world.options, waitMs: 4 * MINUTE_MS }),
      acquireDeployLock(world.ports, rival),
    ])
    const statuses = (await world.timeline.play(outcomes)).map(({ status }) => status)
    expect(statuses.sort()).toEqual(['fulfilled', 'rejected'])
  })

  it('that ends in the very moment is not taken for held', async () => {
    const world = setUp()
    world.bucket.put(LOCK, lockOf(8))
    world.bucket.fault = ({ method }) => {
      if (method === 'GET') world.bucket.drop(LOCK)
      return undefined
    }
    expect(await world.timeline.play(hold(world, 1_000))).toBe('done')
    expect(world.timeline.now()).toBe(new Timeline().now() + 1_000)
  })
})

describe('its own lock', () => {
  it('is taken back by a run that starts again, at once', async () => {
    const world = setUp()
    world.bucket.put(LOCK, lockOf(7))
    expect(await world.timeline.play(hold(world, 1_000))).toBe('done')
    expect(world.log.of('info')).toEqual([expect.stringContaining('holds the deploy lock already')])
    expect(world.bucket.text(LOCK)).toBeUndefined()
  })

  it('is known again when the answer to its creation was lost', async () => {
    const world = setUp()
    const faults: Fault[] = ['answer lost']
    world.bucket.fault = () => faults.shift()
    expect(await world.timeline.play(hold(world, 1_000))).toBe('done')
    expect(world.log.of('info')).toEqual([])
  })
})

describe('a renewal', () => {
  /** Lets requests go wrong from one moment to another, counted from the start. */
  function outage({ timeline, bucket }: World, fromMs: number, toMs: number, fault: Fault): void {
    const startMs = timeline.now()
    bucket.fault = (_: HttpRequest) => {
      const atMs = timeline.now() - startMs
      return atMs >= fromMs && atMs < toMs ? fault : undefined
    }
  }

  it.each<Fault>(['unavailable', 'request lost', 'answer lost'])(
    'that fails for a minute is survived: %s',
    async (fault) => {
      const world = setUp()
      outage(world, 59_000, 125_000, fault)
      expect(await world.timeline.play(hold(world, 10 * MINUTE_MS))).toBe('done')
      expect(world.log.of('info')[0]).toMatch(
        /^The deploy lock could not be renewed, which is tried again: (socket hang up|.*503.*)$/
      )
      expect(world.bucket.text(LOCK)).toBeUndefined()
    }
  )

  it('that failed is tried again soon', async () => {
    const world = setUp()
    const startedAtMs = world.timeline.now()
    const renewedAfterMs: number[] = []
    world.bucket.onChange = () => renewedAfterMs.push(world.timeline.now() - startedAtMs)
    outage(world, 59_000, 95_000, 'unavailable')
    await world.timeline.play(hold(world, 2 * MINUTE_MS))
    const [created, renewed] = renewedAfterMs
    expect(created).toBe(0)
    expect(renewed).toBeGreaterThanOrEqual(95_000)
    expect(renewed).toBeLessThan(110_000)
  })

  it('that fails for too long ends the work before anybody else may begin', async () => {
    const world = setUp()
    outage(world, 59_000, 9 * MINUTE_MS, 'request lost')
    const startedAtMs = world.timeline.now()
    const error = await world.timeline.play(
      hold(world, 10 * MINUTE_MS).catch((thrown: unknown) => thrown)
    )
    expect(error).toMatchObject({
      code: 'DEPLOY_LOCK_LOST',
      message: `This run lost its deploy lock gs://mervis-demo-tfstate/${LOCK}: it could not be renewed for 2 min 45 s.`,
    })
    expect(world.log.of('warning')).toEqual([expect.stringContaining('could not be removed')])
    expect(world.timeline.now() - startedAtMs).toBeLessThan(4 * MINUTE_MS)
  })

  it('does not wait for a request that hangs', async () => {
    const world = setUp()
    const startedAtMs = world.timeline.now()
    world.bucket.latency = (request) => ({
      thereMs: isWrite(request) && world.timeline.now() > startedAtMs ? 3_600_000 : 0,
      backMs: 0,
    })
    let abortedAfterMs = 0
    const running = withDeployLock(world.ports, world.options, async (signal) => {
      await world.timeline.sleep(10 * MINUTE_MS, signal).catch(() => undefined)
      abortedAfterMs = world.timeline.now() - startedAtMs
      throw signal.reason
    })
    await expect(world.timeline.play(running)).rejects.toMatchObject({ code: 'DEPLOY_LOCK_LOST' })
    expect(abortedAfterMs).toBe(165_000)
  })

  it.each<[string, (world: World) => void, RegExp]>([
    [
      'another run took it',
      ({ bucket }) => bucket.put(LOCK, lockOf(8)),
      /runs\/8 \(started by actor-8\) has it now/,
    ],
    ['somebody removed it', ({ bucket }) => bucket.drop(LOCK), /somebody removed it/],
  ])('that finds that %s ends the work with that reason', async (_, interfere, message) => {
    const world = setUp()
    const told: unknown[] = []
    const running = withDeployLock(world.ports, world.options, async (signal) => {
      interfere(world)
      await world.timeline
        .sleep(10 * MINUTE_MS, signal)
        .catch((reason: unknown) => told.push(reason))
      throw new Error('terraform was interrupted')
    })
    const error = await world.timeline.play(running.catch((thrown: unknown) => thrown))
    expect(error).toMatchObject({
      code: 'DEPLOY_LOCK_LOST',
      message: expect.stringMatching(message),
    })
    expect(told).toEqual([error])
  })

  it('leaves the lock of whoever has it now', async () => {
    const world = setUp()
    const running = withDeployLock(world.ports, world.options, async () => {
      world.bucket.put(LOCK, lockOf(8))
    })
    await world.timeline.play(running)
    expect(holderIn(world.bucket)).toBe('run-8')
  })

  it('that is under way when the work ends does not leave the lock behind', async () => {
    for (const [thereMs, backMs] of [
      [50, 300],
      [300, 50],
    ] as const) {
      const world = setUp()
      world.bucket.latency = () => ({ thereMs, backMs })
      expect(await world.timeline.play(hold(world, MINUTE_MS - 100))).toBe('done')
      await world.timeline.play(world.timeline.sleep(MINUTE_MS, NEVER))
      expect(world.bucket.text(LOCK)).toBeUndefined()
    }
  })
})

describe('releaseDeployLock', () => {
  const release = ({ ports }: World) =>
    releaseDeployLock(ports.store, { prefix: 'mervis', holder: 'run-7' })

  it('removes what a run left behind, and is content when nothing is there', async () => {
    const world = setUp()
    await world.timeline.play(acquireDeployLock(world.ports, world.options))
    await release(world)
    expect(world.bucket.text(LOCK)).toBeUndefined()
    await release(world)
  })

  it('leaves the lock of another run', async () => {
    const world = setUp()
    world.bucket.put(LOCK, lockOf(8))
    await release(world)
    expect(holderIn(world.bucket)).toBe('run-8')
  })
})

describe('isDeployLocked', () => {
  it('is true while any run holds the lock', async () => {
    const { bucket, ports } = setUp()
    expect(await isDeployLocked(ports.store, 'mervis')).toBe(false)
    bucket.put(LOCK, lockOf(8))
    expect(await isDeployLocked(ports.store, 'mervis')).toBe(true)
  })
})
