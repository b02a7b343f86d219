import { describe, expect, it } from '@jest/globals'
import { ActionError } from '../../../../src/errors.ts'
import { acquireDeployLock, withDeployLock } from '../../../../src/release/ledger/deploy-lock.ts'
import { Timeline } from '../../../fakes/timeline.ts'
import { randomFrom, seedOfRun } from '../random.ts'
import { anOwner, aRun, NEVER } from './run.ts'
import { TroubledNetwork } from './troubled-network.ts'

const SEED = seedOfRun()
const ROUNDS = 25
const HOUR_MS = 3_600_000

interface Worker {
  readonly run: string
  readonly signal: AbortSignal
}

/** Several runs that want the lock; some die while they hold it. */
class Round {
  readonly timeline = new Timeline()
  readonly network: TroubledNetwork
  readonly random: () => number
  /** Who works now, as far as it lives and was not told to stop. */
  readonly #working = new Set<Worker>()
  /** Runs that die once they have the lock, which may be after the others have ended. */
  readonly #mortal: string[] = []
  /** How often two worked at once. */
  clashes = 0
  turns = 0

  constructor(seed: number, { faultRate, mostInARow }: { faultRate: number; mostInARow: number }) {
    this.random = randomFrom(seed)
    const troubles = { faultRate, slowRate: faultRate / 5, mostInARow }
    this.network = new TroubledNetwork(this.timeline, this.random, troubles)
  }

  /** What became of the runs that did not die. */
  async play(deathRate: number): Promise<readonly string[]> {
    const count = 2 + Math.floor(this.random() * 4)
    const runs = Array.from({ length: count }, (_, index) => {
      const willDie = this.random() < deathRate
      const outcome = this.#run(index, willDie)
      return willDie ? [] : [outcome]
    })
    return this.timeline.play(Promise.all(runs.flat()))
  }

  /** How long a run that comes afterwards waits for the lock, with everybody else gone or dead. */
  async msUntilFree(): Promise<number> {
    for (const run of this.#mortal) this.network.kill(run)
    const startedAtMs = this.timeline.now()
    const options = { prefix: 'mervis', owner: anOwner(99), signal: NEVER }
    const run = aRun(this.network.bucket, this.timeline)
    this.network.bucket.fault = () => undefined
    this.network.bucket.latency = () => undefined
    await this.timeline.play(acquireDeployLock(run, options))
    return this.timeline.now() - startedAtMs
  }

  async #run(index: number, willDie: boolean): Promise<string> {
    const run = `run-${index}`
    if (willDie) this.#mortal.push(run)
    const { random, timeline } = this
    const clock = timeline.offBy(Math.floor((random() - 0.5) * 1e8))
    const ports = aRun(this.network.of(run), clock, random)
    const options = {
      prefix: 'mervis',
      owner: anOwner(index),
      signal: NEVER,
      waitMs: 10 * HOUR_MS,
      random,
    }
    await timeline.sleep(random() * 120_000, NEVER)
    return withDeployLock(ports, options, (signal) => this.#work({ run, signal }, willDie)).then(
      () => 'done',
      (error: unknown) => (error instanceof ActionError ? error.code : String(error))
    )
  }

  async #work(worker: Worker, willDie: boolean): Promise<void> {
    this.turns += 1
    if ([...this.#working].some(({ signal }) => !signal.aborted)) this.clashes += 1
    this.#working.add(worker)
    try {
      await this.timeline.sleep(this.random() * 600_000, worker.signal)
      if (willDie) {
        this.network.kill(worker.run)
        this.#working.delete(worker)
        await new Promise(() => undefined)
      }
    } finally {
      this.#working.delete(worker)
    }
  }
}

describe('the deploy lock, with many runs and a bad network', () => {
  it(`has one holder at a time, and everybody gets a turn (SEED=${SEED})`, async () => {
    for (let seed = SEED; seed < SEED + ROUNDS; seed++) {
      const round = new Round(seed, { faultRate: 0.25, mostInARow: 2 })
      const outcomes = await round.play(0.3)
      expect({ seed, outcomes: new Set(outcomes), clashes: round.clashes }).toEqual({
        seed,
        outcomes: new Set(outcomes.length > 0 ? ['done'] : []),
        clashes: 0,
      })
      expect(round.turns).toBeGreaterThanOrEqual(outcomes.length)
      expect(await round.msUntilFree()).toBeLessThanOrEqual(190_000)
    }
  })

  it(`has one holder at a time, also where renewals fail for long (SEED=${SEED})`, async () => {
    const seen = new Set<string>()
    for (let seed = SEED; seed < SEED + ROUNDS; seed++) {
      const round = new Round(seed, { faultRate: 0.8, mostInARow: 1_000 })
      for (const outcome of await round.play(0.3)) seen.add(outcome)
      expect({ seed, clashes: round.clashes }).toEqual({ seed, clashes: 0 })
    }
    const known = ['done', 'DEPLOY_LOCK_LOST', 'GCP_UNREACHABLE', 'GCP_REQUEST_FAILED']
    expect([...seen].filter((outcome) => !known.includes(outcome))).toEqual([])
    expect(seen).toContain('DEPLOY_LOCK_LOST')
  })
})
