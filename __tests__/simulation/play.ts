import { setImmediate } from 'node:timers/promises'
import { type LedgerEntry, openEntries } from '../../src/release/ledger/ledger.ts'
import { parseLedger } from '../../src/release/ledger/ledger-format.ts'
import { deploy, finish, type Verdict } from './engine.ts'
import { luckOf, mix } from './luck.ts'
import type { JobPlan, Schedule } from './schedule.ts'
import { schedule as scheduleBlows } from './world/blows.ts'
import { BUCKET } from './world/cloud.ts'
import { imageOf, LEDGER_NAME, LOCK_NAME } from './world/furnish.ts'
import type { ImagePlan } from './world/guest.ts'
import type { Job, Sent } from './world/job.ts'
import { World } from './world/world.ts'

/** One job as it was played. */
export interface Played {
  readonly plan: JobPlan
  readonly job: Job
  readonly holder: string
  readonly startedAtMs: number
  /** Undefined while it runs; for ever, if it never ends. */
  endedAtMs: number | undefined
  /** Undefined when its runner died. */
  verdict: Verdict | undefined
  /** The runner killed it ten seconds after a cancel, and started its post step. */
  isKilled: boolean
  /** Ledger, lock, and the version of the group when the job ended. */
  ledger: readonly LedgerEntry[]
  isLockedAtEnd: boolean
  groupAtEnd: string
}

/** Everything that the invariants are judged by. */
export interface Story {
  readonly schedule: Schedule
  readonly world: World
  readonly played: readonly Played[]
  /** The undisturbed job that came last. */
  readonly last: Played
  /** Said while it happened: entries that vanished or changed after they were closed, and the like. */
  readonly breaches: readonly string[]
  readonly isLocked: boolean
}

const LONGEST_MS = 3 * 3_600_000
/** From a cancel on: the runner's second signal and its kill, less a second to be on the safe side. */
const LASTING_MS = 9_000
const KILL_MS = 10_000
const AFTERWARDS_MS = 5_000

/** Plays a schedule from the first VM to the verdict of the last job. One at a time in a thread. */
export async function play(schedule: Schedule): Promise<Story> {
  const { random } = Math
  // Where the engine is not given its luck it takes this one, and a run must be repeatable.
  Math.random = luckOf(mix(schedule.seed, 9)).next
  try {
    return await perform(schedule)
  } finally {
    Math.random = random
  }
}

async function perform(schedule: Schedule): Promise<Story> {
  // A run goes without turns of the event loop, which others may be waiting for.
  await setImmediate()
  const world = new World({
    seed: schedule.seed,
    furniture: schedule.furniture,
    planOf: (image) => planOf(schedule.images, image),
  })
  await world.furnish()
  world.truth.arm()
  const stage = new Stage(world, schedule)
  const calm = scheduleBlows(world, schedule.blows)
  for (const plan of schedule.jobs) {
    world.timeline.after(plan.startMs, () => stage.begin(plan))
  }
  await world.run(() => stage.isOver(schedule.jobs.length), world.timeline.now() + LONGEST_MS)
  calm()
  await world.run(() => false, world.timeline.now() + AFTERWARDS_MS)
  const last = stage.begin({ image: schedule.lastImage, startMs: 0, faults: [] })
  await world.run(() => last.endedAtMs !== undefined, world.timeline.now() + LONGEST_MS)
  await world.cloud.stop()
  const played = stage.played.filter((one) => one !== last)
  const { breaches } = stage
  return { schedule, world, played, last, breaches, isLocked: stage.isLocked() }
}

const SERVES: ImagePlan = { pullMs: 1, startMs: 1, end: 'serves' }

function planOf(images: readonly ImagePlan[], image: string): ImagePlan {
  return images.find((_, number) => imageOf(number) === image) ?? SERVES
}

/** Starts jobs, ends them, and watches what they do to the ledger. */
class Stage {
  readonly played: Played[] = []
  readonly breaches: string[] = []
  readonly #world: World
  readonly #schedule: Schedule
  #ledger: readonly LedgerEntry[]
  #config: unknown

  constructor(world: World, schedule: Schedule) {
    this.#world = world
    this.#schedule = schedule
    this.#ledger = readLedger(world)
  }

  isOver(jobs: number): boolean {
    return this.played.length === jobs && this.played.every((one) => one.endedAtMs !== undefined)
  }

  isLocked(): boolean {
    return this.#world.cloud.store.find(BUCKET, LOCK_NAME) !== undefined
  }

  begin(plan: JobPlan): Played {
    const { timeline } = this.#world
    const holder = `run-${this.played.length + 1}`
    const job = this.#world.job(plan.faults, (sent, status) => {
      if (status < 300) this.#noteEffect(sent, holder)
    })
    const played: Played = {
      plan,
      job,
      holder,
      startedAtMs: timeline.now(),
      endedAtMs: undefined,
      verdict: undefined,
      isKilled: false,
      ledger: [],
      isLockedAtEnd: false,
      groupAtEnd: '',
    }
    this.played.push(played)
    void this.#perform(played)
    return played
  }

  async #perform(played: Played): Promise<void> {
    const { timeline } = this.#world
    const { plan, job, holder } = played
    const cancel = new AbortController()
    const lasting = new AbortController()
    if (plan.cancelMs !== undefined) {
      timeline.after(plan.cancelMs, () => job.alive(() => cancel.abort(new Error('cancelled'))))
      timeline.after(plan.cancelMs + LASTING_MS, () =>
        job.alive(() => lasting.abort(new Error('the time is up')))
      )
      timeline.after(plan.cancelMs + KILL_MS, () => this.#kill(played))
    }
    const { minReadyMs, progressDeadlineMs, seed } = this.#schedule
    const ended = deploy(job, {
      kind: plan.kind ?? 'deploy',
      image: imageOf(plan.image),
      minReadyMs,
      progressDeadlineMs,
      holder,
      seed: mix(seed, this.played.length, 3),
      signal: cancel.signal,
      lastingSignal: lasting.signal,
    })
    played.verdict = await Promise.race([ended, job.death.then(() => undefined)])
    if (played.isKilled) await this.#postStep(played)
    const { record } = this.#world.cloud
    played.ledger = readLedger(this.#world)
    played.isLockedAtEnd = this.isLocked()
    played.groupAtEnd = record.runner.group.spec.versions[0]?.name ?? ''
    played.endedAtMs = timeline.now()
  }

  #kill(played: Played): void {
    if (played.verdict !== undefined || played.job.isDead) return
    played.isKilled = true
    played.job.die()
  }

  async #postStep({ holder }: Played): Promise<void> {
    const job = this.#world.job([], (sent, status) => {
      if (status < 300) this.#noteEffect(sent, holder)
    })
    await finish(job, holder, mix(this.#schedule.seed, this.played.length, 4))
  }

  /** Looks at the ledger after each change: closed entries stay as they are, and none is lost. */
  #noteEffect(sent: Sent, holder: string): void {
    if (sent.path.startsWith('/upload/')) this.#noteWrite(holder)
    // One that is late was sent under the lock, and nobody can call it back.
    if (sent.method === 'PATCH' && sent.kind !== 'late') this.#notePatch(holder)
  }

  #noteWrite(holder: string): void {
    const before = this.#ledger
    const after = readLedger(this.#world)
    this.#ledger = after
    for (const entry of before) {
      const now = after.find(({ attempt }) => attempt === entry.attempt)
      if (now === undefined)
        this.breaches.push(`${holder} lost attempt ${entry.attempt} of the ledger`)
      else if (entry.outcome !== null && JSON.stringify(now) !== JSON.stringify(entry)) {
        this.breaches.push(`${holder} changed the closed attempt ${entry.attempt}`)
      }
    }
    const open = openEntries({ entries: after, more: {} })
    if (open.length > 1) this.breaches.push(`${holder} left ${open.length} attempts open at once`)
  }

  #notePatch(holder: string): void {
    const { config } = this.#world.cloud.record
    // A repeated request gets the answer of the first and changes nothing.
    if (config === this.#config) return
    this.#config = config
    const lock = this.#world.cloud.store.find(BUCKET, LOCK_NAME)
    const owner = lock?.data.toString() ?? ''
    if (owner.includes(`"${holder}"`)) return
    this.breaches.push(`${holder} patched the group without holding the lock`)
  }
}

function readLedger({ cloud }: World): readonly LedgerEntry[] {
  const object = cloud.store.find(BUCKET, LEDGER_NAME)
  return object ? parseLedger(object.data.toString(), LEDGER_NAME).entries : []
}
