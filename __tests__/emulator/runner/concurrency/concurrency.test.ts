import { describe, expect, it } from '@jest/globals'
import { type Admission, Concurrency } from '../../../../emulator/runner/concurrency/concurrency.ts'

type Options = { readonly cancels?: boolean; readonly queue?: 'single' | 'max' }

/** Runs of one group, by name; what became of each can be read at any time. */
class Crowd {
  readonly cancelled: string[] = []
  readonly #concurrency = new Concurrency()
  readonly #admissions = new Map<string, Admission>()
  readonly #controls = new Map<string, AbortController>()

  async arrive(name: string, { cancels = false, queue = 'single' }: Options = {}): Promise<void> {
    const control = new AbortController()
    this.#controls.set(name, control)
    const request = {
      group: name.endsWith("'") ? 'DEPLOY' : 'deploy',
      cancelsInProgress: cancels,
      queue,
      cancel: () => this.cancelled.push(name),
      run: {},
      isWhole: true,
    }
    const admission = this.#concurrency.enter(request, control.signal)
    void admission.then((one) => this.#admissions.set(name, one))
    await Promise.resolve()
    await Promise.resolve()
  }

  async leave(name: string): Promise<void> {
    const admission = this.#admissions.get(name)
    if (admission?.kind === 'granted') admission.leave()
    await Promise.resolve()
    await Promise.resolve()
  }

  async giveUp(name: string): Promise<void> {
    this.#controls.get(name)?.abort()
    await Promise.resolve()
    await Promise.resolve()
  }

  get state(): Readonly<Record<string, string>> {
    const names = [...this.#controls.keys()]
    return Object.fromEntries(
      names.map((name) => [name, this.#admissions.get(name)?.kind ?? 'waiting'])
    )
  }
}

describe('Concurrency', () => {
  it('lets one run and one wait; a newer one takes the place of the one that waits', async () => {
    const crowd = new Crowd()
    for (const name of ['a', 'b', "c'"]) await crowd.arrive(name)
    expect(crowd.state).toEqual({ a: 'granted', b: 'cancelled', "c'": 'waiting' })
    expect(crowd.cancelled).toEqual(['b'])
    await crowd.leave('a')
    expect(crowd.state["c'"]).toBe('granted')
  })

  it('cancels what runs when the newer one says so, and waits for its end', async () => {
    const crowd = new Crowd()
    await crowd.arrive('a')
    await crowd.arrive('b', { cancels: true })
    expect(crowd.cancelled).toEqual(['a'])
    expect(crowd.state).toEqual({ a: 'granted', b: 'waiting' })
    await crowd.leave('a')
    expect(crowd.state['b']).toBe('granted')
  })

  it('lets all wait in the order of their coming with queue: max', async () => {
    const crowd = new Crowd()
    for (const name of ['a', 'b', 'c']) await crowd.arrive(name, { queue: 'max' })
    expect(crowd.state).toEqual({ a: 'granted', b: 'waiting', c: 'waiting' })
    await crowd.leave('a')
    expect(crowd.state).toEqual({ a: 'granted', b: 'granted', c: 'waiting' })
    await crowd.leave('b')
    expect(crowd.state['c']).toBe('granted')
  })

  it('lets at most a hundred wait', async () => {
    const crowd = new Crowd()
    for (let count = 0; count <= 101; count++) await crowd.arrive(`n${count}`, { queue: 'max' })
    const states = Object.values(crowd.state)
    expect(states.filter((state) => state === 'waiting')).toHaveLength(100)
    expect(states.at(-1)).toBe('cancelled')
  })

  it('forgets one that gives up', async () => {
    const crowd = new Crowd()
    await crowd.arrive('a')
    await crowd.arrive('b')
    await crowd.giveUp('b')
    await crowd.leave('a')
    await crowd.arrive('c')
    expect(crowd.state).toEqual({ a: 'granted', b: 'cancelled', c: 'granted' })
  })

  it('sees that a job can never have the group of its own run', async () => {
    const concurrency = new Concurrency()
    const run = {}
    const request = (isWhole: boolean) => ({
      group: 'g',
      cancelsInProgress: false,
      queue: 'single' as const,
      cancel: () => undefined,
      run,
      isWhole,
    })
    const { signal } = new AbortController()
    expect(await concurrency.enter(request(true), signal)).toMatchObject({ kind: 'granted' })
    expect(await concurrency.enter(request(false), signal)).toEqual({
      kind: 'cancelled',
      why: "Canceling since a deadlock for concurrency group 'g' was detected",
    })
  })
})
