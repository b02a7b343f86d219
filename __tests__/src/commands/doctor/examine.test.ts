import { describe, expect, it } from '@jest/globals'
import {
  broken,
  type Check,
  doubtful,
  type Finding,
  ok,
  unknown,
} from '../../../../src/commands/doctor/check.ts'
import { examine } from '../../../../src/commands/doctor/examine.ts'
import { ActionError } from '../../../../src/errors.ts'
import type { Clock } from '../../../../src/ports.ts'

/** Sleepers sleep until somebody wakes them. */
class Hourglass implements Clock {
  readonly #sleepers = new Set<() => void>()

  now(): number {
    return 0
  }

  sleep(_: number, signal: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
    this.#sleepers.add(resolve)
    return promise
  }

  strike(): void {
    for (const wake of this.#sleepers) wake()
  }
}

function check(id: string, look: Check['look'], after: readonly string[] = []): Check {
  return { id, subject: 'Subject', title: `Title of ${id}`, after, look }
}

function run(checks: readonly Check[], more: { clock?: Hourglass; signal?: AbortSignal } = {}) {
  const { clock = new Hourglass(), signal = new AbortController().signal } = more
  return examine(checks, { clock, limitMs: 10_000, signal })
}

async function findings(checks: readonly Check[]): Promise<readonly Finding[]> {
  return (await run(checks)).map(({ finding }) => finding)
}

describe('examine', () => {
  it('answers in the order of the list, whatever is ready first', async () => {
    const first = Promise.withResolvers<Finding>()
    const examined = await run([
      check('a', () => first.promise),
      check('b', async () => {
        first.resolve(ok('later'))
        return ok('sooner')
      }),
    ])
    expect(examined.map((it) => [it.check.id, it.finding.said])).toEqual([
      ['a', 'later'],
      ['b', 'sooner'],
    ])
  })

  it.each([
    ['is well', ok('well'), ok('looked')],
    ['is doubtful', doubtful('meh', 'x'), ok('looked')],
    ['is broken', broken('no', 'x'), unknown('It needs "Title of a" first.')],
    ['is unknown', unknown('?'), unknown('It needs "Title of a" first.')],
  ])('looks at what comes after a check that %s as that allows', async (_, before, expected) => {
    const all = await findings([
      check('a', async () => before),
      check('b', async () => ok('looked'), ['a']),
    ])
    expect(all[1]).toEqual(expected)
  })

  it('says what the first obstacle is, however long the chain behind it', async () => {
    const look = async () => ok('looked')
    const examined = await run([
      check('a', async () => broken('no', 'x')),
      check('b', look, ['a']),
      check('c', look, ['b']),
      check('d', look, ['c']),
    ])
    expect(examined.map(({ waitsFor }) => waitsFor)).toEqual([
      undefined,
      ...Array(3).fill('Title of a'),
    ])
    expect(examined[3]?.finding.said).toBe('It needs "Title of a" first.')
  })

  it('keeps a failure to the check that met it, with the fix that it names', async () => {
    const all = await findings([
      check('a', async () => {
        throw new ActionError('GCP_REQUEST_FAILED', 'Denied.', {
          hint: 'It lacks a role.\ngrant it',
        })
      }),
      check('b', () => {
        throw new Error('a bug')
      }),
      check('c', async () => ok('well')),
    ])
    expect(all).toEqual([
      unknown('Denied. It lacks a role.', 'grant it'),
      { kind: 'unknown', said: expect.stringContaining('a bug') },
      ok('well'),
    ])
  })

  it('gives up on a look that hangs, tells it to stop, and on no other', async () => {
    const clock = new Hourglass()
    let hung: AbortSignal | undefined
    const running = run(
      [
        check('a', (signal) => {
          hung = signal
          return new Promise(() => undefined)
        }),
        check('b', async () => ok('well')),
      ],
      { clock }
    )
    await new Promise(setImmediate)
    clock.strike()
    const examined = await running
    expect(examined.map(({ finding }) => finding)).toEqual([
      unknown('No answer within 10 s.'),
      ok('well'),
    ])
    expect(hung?.aborted).toBe(true)
  })

  it('ends with the reason of a cancel', async () => {
    const cancel = new AbortController()
    const running = run([check('a', () => new Promise(() => undefined))], {
      signal: cancel.signal,
    })
    await new Promise(setImmediate)
    cancel.abort(new ActionError('CANCELLED', 'The run was cancelled.'))
    await expect(running).rejects.toMatchObject({ code: 'CANCELLED' })
  })

  it.each([
    ['comes after one that is not there', [check('a', async () => ok(''), ['b'])]],
    ['comes twice', [check('a', async () => ok('')), check('a', async () => ok(''))]],
  ])('refuses a list in which a check %s', async (_, checks) => {
    await expect(run(checks)).rejects.toThrow(/doctor|The check a/)
  })
})
