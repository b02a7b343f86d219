import { setImmediate } from 'node:timers/promises'
import { ActionError } from '../../src/errors.ts'
import { type LedgerEntry, openEntries } from '../../src/release/ledger/ledger.ts'
import { parseLedger } from '../../src/release/ledger/ledger-format.ts'
import { type Deploy, deploy, finish, type Verdict } from './engine.ts'
import { mix } from './luck.ts'
import type { JobPlan, Schedule } from './schedule.ts'
import { schedule as scheduleBlows } from './world/blows.ts'
import { BUCKET } from './world/cloud.ts'
import { groupReference, imageOf, LEDGER_NAME, LOCK_NAME } from './world/furnish.ts'
import type { ImagePlan } from './world/guest.ts'
import type { Asked, Job, Sent } from './world/job.ts'
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
  /** What it left when it ended; of one that was killed, when its post step had. */
  left: Left
  /** The same when its post step had ended; undefined when there was none, or it failed. */
  afterPost: Left | undefined
  /** Nothing of it goes on any more. */
  isOver: boolean
}

/** Ledger, lock, and the version of the group at one moment. */
export interface Left {
  readonly ledger: readonly LedgerEntry[]
  readonly isLocked: boolean
  readonly groupIsOn: string
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

const CANCELLED = new ActionError('CANCELLED', 'The run was cancelled.')
const NOTHING_LEFT: Left = { ledger: [], isLocked: false, groupIsOn: '' }
const LONGEST_MS = 3 * 3_600_000
/** From a cancel on, as in compose/deploy.ts: what outlives it ends, then the runner's SIGTERM comes. */
const LASTING_MS = 6_000
const KILL_MS = 7_500
const AFTERWARDS_MS = 5_000

/** Told of every request of every job, as it is sent. */
export type OnAsked = (asked: Asked) => void

/** Plays a schedule from the first VM to the verdict of the last job: always in the same way. */
export async function play(schedule: Schedule, asked?: OnAsked): Promise<Story> {
  // A run goes without turns of the event loop, which others may be waiting for.
  await setImmediate()
  const world = new World({
    seed: schedule.seed,
    furniture: schedule.furniture,
    planOf: (image) => planOf(schedule.images, image),
    asked,
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
  await world.run(() => last.isOver, world.timeline.now() + LONGEST_MS)
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

  constructor(world: World, schedule: Schedule) {
    this.#world = world
    this.#schedule = schedule
    this.#ledger = readLedger(world)
  }

  isOver(jobs: number): boolean {
    return this.played.length === jobs && this.played.every(({ isOver }) => isOver)
  }

  isLocked(): boolean {
    return this.#world.cloud.store.find(BUCKET, LOCK_NAME) !== undefined
  }

  begin(plan: JobPlan): Played {
    const { timeline } = this.#world
    const holder = `run-${this.played.length + 1}`
    const job = this.#world.job(plan, (sent, status) => {
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
      left: NOTHING_LEFT,
      afterPost: undefined,
      isOver: false,
    }
    this.played.push(played)
    void this.#perform(played, this.played.length)
    return played
  }

  async #perform(played: Played, number: number): Promise<void> {
    const { plan, job, holder } = played
    const { minReadyMs, progressDeadlineMs, seed, furniture } = this.#schedule
    const ended = deploy(job, {
      kind: plan.kind ?? 'deploy',
      group: groupReference(furniture),
      image: imageOf(plan.image),
      minReadyMs,
      progressDeadlineMs,
      holder,
      seed: mix(seed, number, 3),
      ...this.#cancelAsPlanned(played),
    })
    played.verdict = await Promise.race([ended, job.death.then(() => undefined)])
    if (!played.isKilled) this.#noteEnd(played)
    const isPostDue = job.hasBegun && (played.isKilled || played.verdict !== undefined)
    if (isPostDue && (await this.#postStep(played, number))) played.afterPost = this.#left()
    if (played.isKilled) this.#noteEnd(played)
    played.isOver = true
  }

  /** What the runner does to a job that is cancelled: a signal, and some seconds later the end. */
  #cancelAsPlanned(played: Played): Pick<Deploy, 'signal' | 'lastingSignal'> {
    const { timeline } = this.#world
    const { plan, job } = played
    const cancel = new AbortController()
    const lasting = new AbortController()
    if (plan.cancelMs !== undefined) {
      timeline.after(plan.cancelMs, () => job.alive(() => cancel.abort(CANCELLED)))
      timeline.after(plan.cancelMs + LASTING_MS, () => job.alive(() => lasting.abort(CANCELLED)))
      timeline.after(plan.cancelMs + KILL_MS, () => this.#kill(played))
    }
    return { signal: cancel.signal, lastingSignal: lasting.signal }
  }

  #noteEnd(played: Played): void {
    played.left = this.#left()
    played.endedAtMs = this.#world.timeline.now()
  }

  #left(): Left {
    const { record } = this.#world.cloud
    const groupIsOn = record.runner.group.spec.versions[0]?.name ?? ''
    return { ledger: readLedger(this.#world), isLocked: this.isLocked(), groupIsOn }
  }

  #kill(played: Played): void {
    if (played.verdict !== undefined || played.job.isDead) return
    played.isKilled = true
    played.job.die()
  }

  /** Says whether it got to its end, which one that is not let in does not. */
  async #postStep({ holder, plan, startedAtMs }: Played, number: number): Promise<boolean> {
    const passedMs = this.#world.timeline.now() - startedAtMs
    const denial = plan.denial && { ...plan.denial, atMs: plan.denial.atMs - passedMs }
    const job = this.#world.job({ faults: [], denial }, (sent, status) => {
      if (status < 300) this.#noteEffect(sent, holder)
    })
    const group = groupReference(this.#schedule.furniture)
    const seed = mix(this.#schedule.seed, number, 4)
    try {
      await finish(job, { group, holder, seed })
      return true
    } catch (error) {
      if (!(error instanceof ActionError) || job.deniedAtMs === undefined) {
        this.breaches.push(`the post step of ${holder} met a bug: ${String(error)}`)
      }
      return false
    }
  }

  /** Looks at the ledger after each change: closed entries stay as they are, and none is lost. */
  #noteEffect(sent: Sent, holder: string): void {
    if (sent.path.startsWith('/upload/')) this.#noteWrite(holder)
    if (sent.method === 'PATCH') this.#notePatch(holder)
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
