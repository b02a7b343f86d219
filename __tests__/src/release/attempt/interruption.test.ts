import { describe, expect, it } from '@jest/globals'
import { ActionError } from '../../../../src/errors.ts'
import type { HttpRequest } from '../../../../src/ports.ts'
import { imageOf, LEDGER, LOCK, Rig, type RunOptions } from './rig.ts'

const CANCELLED = new ActionError('CANCELLED', 'The run was cancelled.')

const isWrite = ({ method }: HttpRequest): boolean => method !== 'GET'
const isPatch = ({ method }: HttpRequest): boolean => method === 'PATCH'

/** Lets a run die before the request that `isLast` names: nothing of it happens any more. */
async function died(
  rig: Rig,
  release: string,
  isDead: (count: number, sent: readonly HttpRequest[]) => boolean
): Promise<void> {
  const sent: HttpRequest[] = []
  let isOver = false
  const through: RunOptions['through'] = (request, send) => {
    isOver ||= isDead(sent.length, sent)
    sent.push(request)
    return isOver ? new Promise(() => undefined) : send()
  }
  const end = (): void => {
    isOver = true
  }
  rig.begin(release, { holder: `dead-${release}`, through }).then(end, end)
  await rig.clock.playUntil(() => isOver)
  rig.clock.killSleepers()
}

const afterItsMove = (_: number, sent: readonly HttpRequest[]): boolean => sent.some(isPatch)

/** Rejects when the signal aborts, as a request does that nobody waits for any more. */
function abandoned(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}

describe('a cancel', () => {
  it('puts the group back, ends the attempt and frees the lock', async () => {
    const rig = new Rig()
    await rig.attempt('good1')
    const cancel = new AbortController()
    rig.cloud.onLook = () => {
      if (rig.groupIsOn === 'mute') cancel.abort(CANCELLED)
    }
    await expect(rig.attempt('mute', { cancel })).rejects.toBe(CANCELLED)
    expect(rig.groupIsOn).toBe('good1')
    expect(rig.entries.at(-1)).toMatchObject({
      release: 'mute',
      outcome: 'interrupted',
      rolled_back_to: 'good1',
      reason: expect.stringContaining(
        'the run was cancelled; the group was put back on release good1'
      ),
    })
    expect(rig.bucket.text(LOCK)).toBeUndefined()
    expect(rig.clock.sleeperCount).toBe(0)
  })

  it('waits for the PATCH that is under way, and then puts the group back', async () => {
    const rig = new Rig()
    await rig.attempt('good1')
    const cancel = new AbortController()
    const through: RunOptions['through'] = async (request, send) => {
      if (!isPatch(request) || cancel.signal.aborted) return send()
      cancel.abort(CANCELLED)
      // It gets there whoever waits for it.
      const arrival = rig.clock.sleep(2_000, new AbortController().signal).then(send)
      return Promise.race([arrival, abandoned(request.signal)])
    }
    await expect(rig.attempt('mute', { cancel, through })).rejects.toBe(CANCELLED)
    await rig.clock.play(rig.clock.sleep(60_000, new AbortController().signal))
    expect(rig.groupIsOn).toBe('good1')
    expect(rig.cloud.patches).toHaveLength(3)
    expect(rig.entries.at(-1)).toMatchObject({ outcome: 'interrupted', rolled_back_to: 'good1' })
  })

  it('leaves the group where it was before, when that is the verified release', async () => {
    const rig = new Rig()
    await rig.attempt('good2')
    await rig.attempt('good1')
    const cancel = new AbortController()
    // A VM that was taken away makes the same release worth another attempt.
    rig.cloud.set({ isStable: false })
    let looks = 0
    rig.cloud.onLook = () => {
      if (++looks === 3) cancel.abort(CANCELLED)
    }
    await expect(rig.attempt('good1', { holder: 'again', cancel })).rejects.toBe(CANCELLED)
    expect(rig.groupIsOn).toBe('good1')
    expect(rig.entries.at(-1)).toMatchObject({
      outcome: 'interrupted',
      rolled_back_to: null,
      reason: 'the run was cancelled; the group stays on it, where it was before',
    })
  })

  it('waits for a late PATCH when what it waited for was refused', async () => {
    const rig = new Rig()
    await rig.attempt('good1')
    const cancel = new AbortController()
    let tries = 0
    const through: RunOptions['through'] = async (request, send) => {
      if (!isPatch(request) || tries === 2) return send()
      const { signal } = new AbortController()
      if (tries++ === 1) return { status: 401, headers: {}, body: '{}' }
      cancel.abort(CANCELLED)
      rig.clock.sleep(3_000, signal).then(send)
      throw new Error('read ECONNRESET')
    }
    await expect(rig.attempt('mute', { cancel, through })).rejects.toThrow('answered 401')
    await rig.clock.play(rig.clock.sleep(60_000, new AbortController().signal))
    expect(rig.groupIsOn).toBe('good1')
    expect(rig.entries.at(-1)).toMatchObject({ outcome: 'interrupted', rolled_back_to: 'good1' })
  })

  it('says that a first release stays, since there is nothing to go back to', async () => {
    const rig = new Rig()
    const cancel = new AbortController()
    rig.cloud.onLook = () => {
      if (rig.groupIsOn === 'mute') cancel.abort(CANCELLED)
    }
    await expect(rig.attempt('mute', { cancel })).rejects.toBe(CANCELLED)
    expect(rig.groupIsOn).toBe('mute')
    expect(rig.entries).toMatchObject([{ outcome: 'interrupted', rolled_back_to: null }])
    expect(rig.log.of('info').join('\n')).toContain('there is no verified release to go back to')
  })

  it('leaves no trace when it comes before anything was begun', async () => {
    const rig = new Rig()
    const cancel = new AbortController()
    cancel.abort(CANCELLED)
    await expect(rig.attempt('good1', { cancel })).rejects.toBe(CANCELLED)
    expect(rig.entries).toEqual([])
    expect(rig.bucket.text(LOCK)).toBeUndefined()
  })

  it('on the way back ends with the release that the group is on by then', async () => {
    const rig = new Rig()
    await rig.attempt('good1')
    const cancel = new AbortController()
    rig.cloud.onLook = () => {
      if (rig.cloud.patches.length === 3) cancel.abort(CANCELLED)
    }
    await expect(rig.attempt('bad', { cancel })).rejects.toBe(CANCELLED)
    expect(rig.groupIsOn).toBe('good1')
    expect(rig.entries.at(-1)).toMatchObject({ outcome: 'interrupted', rolled_back_to: 'good1' })
  })
})

describe('a run that cannot go on', () => {
  it('puts back a group that a PATCH moves which it had given up', async () => {
    const rig = new Rig()
    await rig.attempt('good1')
    let tries = 0
    const through: RunOptions['through'] = async (request, send) => {
      if (!isPatch(request) || tries === 2) return send()
      if (tries++ === 1) return { status: 401, headers: {}, body: '{}' }
      const { signal } = new AbortController()
      rig.clock.sleep(18_000, signal).then(send)
      await rig.clock.sleep(15_000, signal)
      throw new Error('The operation timed out')
    }
    await expect(rig.attempt('mute', { through })).rejects.toThrow('answered 401')
    await rig.clock.play(rig.clock.sleep(60_000, new AbortController().signal))
    expect(rig.groupIsOn).toBe('good1')
    expect(rig.entries.at(-1)).toMatchObject({ outcome: 'failed', rolled_back_to: 'good1' })
    expect(rig.bucket.text(LOCK)).toBeUndefined()
  })
})

describe('a run that finds what a dead one left', () => {
  it('goes on with the same release, and says so', async () => {
    const rig = new Rig()
    await rig.attempt('good1')
    await died(rig, 'good2', afterItsMove)
    expect(rig.groupIsOn).toBe('good2')
    expect(rig.history.at(-1)).toBe('good2 null')
    expect(await rig.attempt('good2', { holder: 'next' })).toMatchObject({
      wasRolled: true,
      previousRelease: 'good1',
    })
    expect(rig.history).toEqual(['good1 verified', 'good2 verified'])
    expect(rig.log.of('info').join('\n')).toMatch(
      /Going on with attempt 2, which .*runs\/dead-good2 left open/
    )
    expect(rig.log.of('info').join('\n')).toMatch(/Took over the deploy lock of .*dead-good2/)
    expect(rig.bucket.text(LOCK)).toBeUndefined()
  })

  it('rolls another release from there, with the way back to the last verified one', async () => {
    const rig = new Rig()
    await rig.attempt('good1')
    await died(rig, 'mute', afterItsMove)
    await expect(rig.attempt('bad')).rejects.toMatchObject({
      outcome: 'rolled_back',
      runs: 'good1',
    })
    expect(rig.groupIsOn).toBe('good1')
    expect(rig.history).toEqual(['good1 verified', 'mute interrupted', 'bad rolled_back'])
    expect(rig.log.of('warning').join('\n')).toMatch(
      /Attempt 2, release mute \(.*dead-mute\): its run ended without a word; it left the group on this release, unverified/
    )
  })

  it('has a past in which nothing was moved told as it was', async () => {
    const rig = new Rig()
    await rig.attempt('good1')
    await rig.attempt('good2')
    await died(rig, 'mute', (_, sent) => sent.filter(isWrite).length === 1)
    expect(rig.groupIsOn).toBe('good2')
    expect(await rig.attempt('good2', { holder: 'next' })).toMatchObject({ wasRolled: false })
    expect(rig.history.filter((line) => line.startsWith('mute'))).not.toContain('mute null')
    expect(rig.bucket.text(LOCK)).toBeUndefined()
  })

  it.each(Array.from({ length: 30 }, (_, last) => last + 1))(
    'is right whenever the other one died: after request %i',
    async (last) => {
      const rig = new Rig()
      await rig.attempt('good1')
      await died(rig, 'good2', (count) => count >= last)
      await rig.attempt('good2', { holder: 'next' })
      expect(rig.groupIsOn).toBe('good2')
      const [first, ...more] = rig.history
      expect([first, more.at(-1)]).toEqual(['good1 verified', 'good2 verified'])
      expect(more.slice(0, -1)).toEqual(more.length > 1 ? ['good2 interrupted'] : [])
      expect(rig.bucket.text(LOCK)).toBeUndefined()
    }
  )
})

describe('the post step', () => {
  it('puts the group back for a run that was killed, and frees its lock at once', async () => {
    const rig = new Rig()
    await rig.attempt('good1')
    await died(rig, 'mute', afterItsMove)
    const before = rig.clock.now()
    await rig.finish('dead-mute')
    expect(rig.clock.now() - before).toBeLessThan(10_000)
    expect(rig.groupIsOn).toBe('good1')
    expect(rig.entries.at(-1)).toMatchObject({
      release: 'mute',
      image: imageOf('mute'),
      outcome: 'interrupted',
      rolled_back_to: 'good1',
    })
    expect(rig.bucket.text(LOCK)).toBeUndefined()
  })

  it('puts back a group that the PATCH of a killed run moves only now', async () => {
    const rig = new Rig()
    await rig.attempt('good1')
    let late: () => unknown = () => undefined
    let isOver = false
    const through: RunOptions['through'] = (request, send) => {
      if (!isPatch(request)) return send()
      late = send
      isOver = true
      return new Promise(() => undefined)
    }
    rig.begin('mute', { holder: 'dead-mute', through }).catch(() => undefined)
    await rig.clock.playUntil(() => isOver)
    rig.clock.killSleepers()
    rig.clock.sleep(6_000, new AbortController().signal).then(() => late())
    await rig.finish('dead-mute')
    expect(rig.groupIsOn).toBe('good1')
    expect(rig.cloud.patches).toHaveLength(3)
    expect(rig.entries.at(-1)).toMatchObject({ outcome: 'interrupted', rolled_back_to: 'good1' })
    expect(rig.bucket.text(LOCK)).toBeUndefined()
  })

  it('is not put off by a lock that its own run removes just then', async () => {
    const rig = new Rig()
    await rig.attempt('good1')
    await died(rig, 'mute', afterItsMove)
    let reads = 0
    const through: RunOptions['through'] = async (request, send) => {
      const answer = await send()
      const isRead = request.method === 'GET' && request.url.includes('deploy.lock')
      // After the look that found it: what is written next is refused.
      if (isRead && ++reads === 2) rig.bucket.drop(LOCK)
      return answer
    }
    await rig.finish('dead-mute', { through })
    expect(rig.groupIsOn).toBe('good1')
    expect(rig.history.at(-1)).toBe('mute interrupted')
  })

  it('lets the last word stand that its run wrote, however late it arrives', async () => {
    const rig = new Rig()
    await rig.attempt('good1')
    await died(rig, 'mute', afterItsMove)
    const through: RunOptions['through'] = async (request, send) => {
      if (isPatch(request)) {
        const text = rig.bucket.text(LEDGER) ?? ''
        const closed = text
          .replace('"outcome": null', '"outcome": "failed"')
          .replace('"finished_at": null', '"finished_at": "2026-11-23T00:10:00.000Z"')
        rig.bucket.put(LEDGER, closed)
      }
      return send()
    }
    await rig.finish('dead-mute', { through })
    expect(rig.groupIsOn).toBe('good1')
    expect(rig.history.at(-1)).toBe('mute failed')
    expect(rig.log.of('info').join('\n')).toContain('Nothing is left to finish. Attempt 2')
    expect(rig.bucket.text(LOCK)).toBeUndefined()
  })

  it('finds nothing to do when main did it all', async () => {
    const rig = new Rig()
    await rig.attempt('good1')
    await rig.finish('run-good1')
    expect(rig.history).toEqual(['good1 verified'])
    expect(rig.bucket.text(LOCK)).toBeUndefined()
    expect(rig.log.of('info')).toContain('The run left nothing to finish.')
  })

  it('leaves everything to a run that has the lock by now', async () => {
    const rig = new Rig()
    await rig.attempt('good1')
    await died(rig, 'mute', afterItsMove)
    const held = JSON.stringify({
      holder: 'other',
      run_url: 'https://github.com/r/9',
      actor: 'bob',
    })
    rig.bucket.put(LOCK, held)
    await rig.finish('dead-mute')
    expect(rig.groupIsOn).toBe('mute')
    expect(rig.bucket.text(LOCK)).toBe(held)
    expect(rig.log.of('info').join('\n')).toContain('Another run deploys by now')
  })
})
