import { describe, expect, it } from '@jest/globals'
import { parseMarker } from '../../../src/github/marker.ts'
import { planBody, World } from './world.ts'

const HEAD = 'f'.repeat(40)

/** Runs whose requests take turns as `pick` says; whoever is not picked stands still. */
class Turns {
  readonly #waiting: (() => void)[] = []
  readonly #pick: (waiting: number) => number

  constructor(pick: (waiting: number) => number) {
    this.#pick = pick
  }

  gate = (): Promise<void> => new Promise((resolve) => void this.#waiting.push(resolve))

  /** Lets one request go after the other until `all` is over. */
  async play(all: Promise<unknown>): Promise<void> {
    let isOver = false
    const over = all.finally(() => {
      isOver = true
    })
    over.catch(() => undefined)
    while (!isOver) {
      // Everything that can happen without a further request happens first.
      await new Promise((resolve) => setImmediate(resolve))
      const [next] = this.#waiting.splice(this.#pick(this.#waiting.length), 1)
      next?.()
    }
    await over
  }
}

function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

function begin(world: World, turns: Turns, runId: number, commit = HEAD): Promise<unknown> {
  const client = world.client(world.api(world.github.jobToken, turns.gate))
  const body = planBody({ runId, commit })
  const startedAtMs = world.clock.now()
  return client.upsertComment({ pullRequest: 1, body, startedAtMs })
}

describe('two runs at the same instant', () => {
  // Round robin: both look before either writes, both write before either looks again.
  const firstInLine = (): number => 0
  it.each([
    ['the older one first', [1, 2]],
    ['the newer one first', [2, 1]],
  ])('leave one comment, that of the newer run, %s', async (_, order) => {
    for (const isThere of [false, true]) {
      const world = new World()
      world.github.store.addPull({ headSha: HEAD })
      if (isThere) await addComment(world, 0)
      const turns = new Turns(firstInLine)
      await turns.play(Promise.all(order.map((runId) => begin(world, turns, runId))))
      expect(world.bodies(1)).toEqual([planBody({ runId: 2, commit: HEAD })])
    }
  })
})

async function addComment(world: World, runId: number): Promise<void> {
  world.github.store.addComment(1, 'github-actions[bot]', planBody({ runId, commit: HEAD }))
}

describe('many runs, whose requests arrive in any order', () => {
  const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31))
  const WORLDS = 150

  it(`leave one comment; what is old in it says so (SEED=${seed})`, async () => {
    const random = randomFrom(seed)
    let ofTheHead = 0
    for (let turn = 0; turn < WORLDS; turn++) {
      const world = new World()
      world.github.store.addPull({ headSha: HEAD })
      if (random() < 0.5) await addComment(world, 0)
      const turns = new Turns((waiting) => Math.floor(random() * waiting))
      const runs = 2 + Math.floor(random() * 4)
      if (random() < 0.3) world.github.mishaps.add({ kind: 'lost-answer', method: 'POST' })
      const commitOf = (runId: number): string => (runId === runs ? HEAD : `${runId}`.repeat(40))
      const all = Array.from({ length: runs }, (_, i) => i + 1)
      await turns.play(Promise.all(all.map((id) => begin(world, turns, id, commitOf(id)))))
      const bodies = world.bodies(1)
      expect({ turn, count: bodies.length }).toEqual({ turn, count: 1 })
      const isOfHead = parseMarker(bodies[0] ?? '')?.commit === HEAD
      expect({ turn, says: bodies[0]?.includes('> **Outdated**') }).toEqual({
        turn,
        says: !isOfHead,
      })
      ofTheHead += Number(isOfHead)
    }
    // An old run wins only when all of the newest one's requests fall between its look and its write.
    expect(ofTheHead).toBeGreaterThan(WORLDS * 0.9)
  })
})
