import type { Release } from '../../../src/release/release.ts'
import { mix } from '../luck.ts'
import { Cloud } from './cloud.ts'
import type { Denial, Fault } from './faults.ts'
import { type Furniture, furnish } from './furnish.ts'
import type { ImagePlan } from './guest.ts'
import { type Asked, Job, type Sent } from './job.ts'
import { Timeline } from './timeline.ts'
import { Truth } from './truth.ts'

export interface WorldParts {
  readonly seed: number
  readonly furniture: Furniture
  readonly planOf: (image: string) => ImagePlan
  /** Told of every request of every job, as it is sent. */
  readonly asked?: ((asked: Asked) => void) | undefined
}

/** What befalls the requests of a job. */
export interface Troubles {
  readonly faults: readonly Fault[]
  readonly denial?: Denial | undefined
}

/** Cloud, time, truth and the jobs of one run: everything that the engine does not bring itself. */
export class World {
  readonly timeline = new Timeline()
  readonly truth = new Truth(this.timeline)
  readonly cloud: Cloud
  readonly jobs: Job[] = []
  readonly #parts: WorldParts
  #touched = false
  #asides = 0

  constructor(parts: WorldParts) {
    this.#parts = parts
    const { timeline, truth } = this
    const { seed, planOf } = parts
    this.cloud = new Cloud({ timeline, seed, planOf, changed: truth.noteChange })
  }

  get furniture(): Furniture {
    return this.#parts.furniture
  }

  /** Makes the group and waits until it has come to rest; gives the release that it is on. */
  async furnish(): Promise<Release | undefined> {
    const release = await furnish(this.cloud, this.#parts.furniture)
    this.truth.watch(this.cloud)
    const isAtRest = (): boolean =>
      release ? this.truth.goodNow !== undefined : this.timeline.now() > 0
    const patienceMs = this.timeline.now() + (this.#parts.furniture.size === 0 ? 1 : 300_000)
    await this.run(isAtRest, patienceMs)
    return release
  }

  /** Something beside the jobs that asks the cloud; time waits for it. */
  aside(work: Promise<void>): void {
    this.#asides++
    void work.finally(() => {
      this.#asides--
    })
  }

  /** A new job; `effect` is told of every change that it makes. */
  job({ faults, denial }: Troubles, effect: (sent: Sent, status: number) => void): Job {
    const { timeline, cloud } = this
    const job = new Job({
      timeline,
      cloud,
      faults,
      denial,
      asked: this.#parts.asked,
      seed: mix(this.#parts.seed, 100 + this.jobs.length),
      touched: () => {
        this.#touched = true
      },
      effect,
    })
    this.jobs.push(job)
    // Its first steps are microtasks, which must run before time goes on.
    this.#touched = true
    return job
  }

  /** Lets time pass until `isDone` or `untilMs`; says whether it was done. */
  async run(isDone: () => boolean, untilMs: number): Promise<boolean> {
    this.#touched = true
    for (;;) {
      // Only events that let a job go on, or a request that is being answered, leave microtasks.
      while (this.#touched) {
        this.#touched = false
        await settled()
      }
      if (this.#asides > 0 || this.jobs.some(({ isBusy }) => isBusy)) await settled()
      if (isDone()) return true
      if (!this.timeline.step(untilMs)) return false
      this.truth.look()
    }
  }
}

/** When no microtask is left: a tick comes after all of them, and costs no turn of the event loop. */
function settled(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  process.nextTick(resolve)
  return promise
}
