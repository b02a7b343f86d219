import { type Luck, luckOf, mix } from './luck.ts'
import type { Denial, Fault, FaultKind } from './world/faults.ts'
import { type Furniture, type HealthCheckPlan, ZONES } from './world/furnish.ts'
import type { ImagePlan } from './world/guest.ts'

/** Something that happens in the cloud; times count from the moment the group is at rest. */
export type Blow =
  | { readonly kind: 'preempt'; readonly atMs: number; readonly nth: number }
  | { readonly kind: 'flap'; readonly atMs: number; readonly nth: number; readonly forMs: number }
  | {
      readonly kind: 'stockout'
      readonly atMs: number
      readonly zones: readonly string[]
      readonly forMs: number
    }
  | { readonly kind: 'quota'; readonly atMs: number; readonly forMs: number }
  /** The VMs have more or less to do, which the group's autoscaler follows. */
  | { readonly kind: 'load'; readonly atMs: number; readonly cpu: number }
  /** Somebody gives the autoscaler other limits. */
  | {
      readonly kind: 'limits'
      readonly atMs: number
      readonly min: number
      readonly max: number
    }
  /** A person, or an autoscaler of their own, wants another number of VMs. */
  | { readonly kind: 'resize'; readonly atMs: number; readonly size: number }
  /** Somebody who knows nothing of the lock moves the group to another release. */
  | { readonly kind: 'stranger'; readonly atMs: number; readonly image: number }
  /** Somebody changes the group without touching its releases: fingerprints go stale. */
  | { readonly kind: 'touch'; readonly atMs: number }

/** One job of the workflow. */
export interface JobPlan {
  /** A deploy makes its release; a rollback goes to one that the ledger knows as verified. */
  readonly kind?: 'deploy' | 'rollback'
  /** Number of the image; the group begins on 1, if on any. */
  readonly image: number
  readonly startMs: number
  readonly faults: readonly Fault[]
  readonly denial?: Denial | undefined
  /** When the job is cancelled, counted from its start. */
  readonly cancelMs?: number | undefined
}

/** Everything that a run of the simulation is made of; a run is a pure function of it. */
export interface Schedule {
  readonly seed: number
  readonly furniture: Furniture
  /** What the images do, by number; 0 is unused. */
  readonly images: readonly ImagePlan[]
  readonly minReadyMs: number
  readonly progressDeadlineMs: number
  readonly jobs: readonly JobPlan[]
  readonly blows: readonly Blow[]
  /** The image of the undisturbed job that comes last. */
  readonly lastImage: number
}

const SECOND_MS = 1_000
export const FOR_EVER_MS = Number.MAX_SAFE_INTEGER

/** The weather of one run, drawn from its seed. */
export function drawSchedule(seed: number, run: number): Schedule {
  const luck = luckOf(mix(seed, run))
  const drawn = drawFurniture(luck)
  const blows = luck.chance(0.6) ? drawBlows(luck, drawn) : []
  // A group that repairs nothing would never get over a VM that is taken away.
  const furniture = { ...drawn, isRepaired: blows.length > 0 || luck.chance(0.8) }
  const images = [serving(luck), serving(luck), drawImage(luck), drawImage(luck), serving(luck)]
  const jobs = drawJobs(luck, furniture)
  return {
    seed: mix(seed, run, 7),
    furniture,
    images,
    minReadyMs: luck.pick(0, 5, 10, 10, 20) * SECOND_MS,
    progressDeadlineMs: luck.pick(120, 180, 240) * SECOND_MS,
    jobs,
    blows,
    lastImage: luck.pick(4, 4, jobs.at(-1)?.image === 2 ? 4 : 1),
  }
}

function drawFurniture(luck: Luck): Omit<Furniture, 'isRepaired'> {
  const size = sizeOf(luck.next(), luck)
  const isReleased = luck.chance(0.85)
  const groupAs = luck.pick('name', 'name', 'name', 'regional id', 'zonal id', 'zonal URL')
  return {
    size,
    zones: groupAs.startsWith('zonal') ? 1 : luck.pick(1, 2, 3, 3),
    groupAs,
    strategy: luck.pick('surge', 'surge', 'recreate'),
    health: luck.chance(0.75) ? drawHealthCheck(luck) : undefined,
    isReleased,
    earlier: isReleased ? luck.pick([], [], [3], [2], [3, 2]) : [],
    // One that has no VMs to begin with would make some at once.
    ...(size > 0 && luck.chance(0.2) && { scalesBy: luck.between(1, 3) }),
  }
}

/** Mostly few VMs, sometimes none, seldom many: those cost a hundred times as much. */
function sizeOf(roll: number, luck: Luck): number {
  if (roll < 0.02) return 0
  if (roll < 0.85) return luck.between(1, 3)
  return roll < 0.999 ? luck.between(3, 8) : 50
}

function drawHealthCheck(luck: Luck): HealthCheckPlan {
  return {
    intervalSec: luck.pick(5, 10),
    healthyThreshold: luck.pick(1, 2),
    unhealthyThreshold: luck.pick(2, 3, 10),
    initialDelaySec: luck.pick(60, 120, 300),
  }
}

function serving(luck: Luck): ImagePlan {
  return {
    pullMs: luck.between(1, 12) * SECOND_MS,
    startMs: luck.between(1, 5) * SECOND_MS,
    end: 'serves',
  }
}

function drawImage(luck: Luck): ImagePlan {
  const plan = serving(luck)
  const roll = luck.next()
  if (roll < 0.4) return plan
  if (roll < 0.5) return { ...plan, pullMs: luck.between(20, 90) * SECOND_MS }
  if (roll < 0.7) return { ...plan, end: 'exits' }
  if (roll < 0.78) return { ...plan, end: 'hangs' }
  if (roll < 0.88) return { ...plan, end: 'sick' }
  return { ...plan, exitsAfterMs: luck.between(1, 60) * SECOND_MS }
}

type Target = Pick<JobPlan, 'kind' | 'image'>

function drawJobs(luck: Luck, furniture: Furniture): readonly JobPlan[] {
  const first = drawJob(luck, drawTarget(luck, furniture), 0)
  const roll = luck.next()
  if (roll < 0.65) return [first]
  // Two at once, or one after the other: the same release or another one.
  const startMs = roll < 0.85 ? luck.between(0, 90) * SECOND_MS : luck.between(90, 600) * SECOND_MS
  const second = luck.chance(0.2) ? ({ kind: 'rollback', image: 1 } as const) : undefined
  return [first, drawJob(luck, second ?? drawTarget(luck, furniture), startMs)]
}

function drawTarget(luck: Luck, { earlier }: Furniture): Target {
  const last = earlier.at(-1)
  const isBack = last !== undefined && luck.chance(0.5)
  return isBack ? { kind: 'rollback', image: last } : { image: luck.pick(2, 2, 3) }
}

function drawJob(luck: Luck, target: Target, startMs: number): JobPlan {
  const job = { ...target, startMs, faults: drawFaults(luck) }
  if (luck.chance(0.05)) return { ...job, ...drawDenial(luck) }
  if (luck.chance(0.06)) return cancelledWhileMoving(luck, job)
  return luck.chance(0.12) ? { ...job, cancelMs: luck.between(0, 90 * SECOND_MS) } : job
}

function drawDenial(luck: Luck): Pick<JobPlan, 'denial'> {
  const kind = luck.pick('expired token', 'no token', 'forbidden')
  const forMs = luck.chance(0.5) ? luck.between(1, 40) * SECOND_MS : FOR_EVER_MS
  return { denial: { kind, atMs: luck.between(0, 120 * SECOND_MS), forMs } }
}

/** Cancelled about when the group is told to move, which takes its time. */
function cancelledWhileMoving(luck: Luck, job: JobPlan): JobPlan {
  const fault = { of: 'PATCH', request: 1, kind: luck.pick('slow', 'late', 'stall') } as const
  return { ...job, faults: [...job.faults, fault], cancelMs: luck.between(500, 12 * SECOND_MS) }
}

const TRANSIENT: readonly [FaultKind, ...FaultKind[]] = [
  'status 503',
  'status 429',
  'rate limit',
  'reset',
  'lost answer',
  'stall',
  'stalled answer',
  'late',
  'slow',
]

/** A move that is given up, is refused the second time, and arrives in spite of that. */
const GIVEN_UP: readonly Fault[] = [
  { of: 'PATCH', request: 1, kind: 'late' },
  { of: 'PATCH', request: 2, kind: 'status 401' },
]

function drawFaults(luck: Luck): readonly Fault[] {
  const faults: Fault[] = []
  const some = luck.pick(0, 0, 1, 2, 4)
  for (let count = 0; count < some; count++) {
    faults.push({ request: luck.between(1, 40), kind: luck.pick(...TRANSIENT) })
  }
  if (luck.chance(0.1)) faults.push({ request: luck.between(1, 30), kind: 'status 412' })
  if (luck.chance(0.04)) faults.push({ request: luck.between(1, 60), kind: 'status 401' })
  if (luck.chance(0.02)) faults.push(...GIVEN_UP)
  if (luck.chance(0.2)) {
    const request = luck.chance(0.5) ? luck.between(3, 16) : luck.between(1, 70)
    faults.push({ request, kind: luck.pick('death before', 'death after') })
  }
  return faults
}

type Size = Pick<Furniture, 'size' | 'scalesBy'>

function drawBlows(luck: Luck, size: Size): readonly Blow[] {
  if (luck.chance(0.08)) return [drawNoRoom(luck)]
  const count = luck.pick(1, 1, 2, 3, 5)
  return Array.from({ length: count }, () => drawBlow(luck, size))
}

/** Nothing but this: from the start Google has no VM left in any zone, for a while or for ever. */
function drawNoRoom(luck: Luck): Blow {
  const forMs = luck.pick(FOR_EVER_MS, luck.between(15, 40) * SECOND_MS)
  return { kind: 'stockout', atMs: 0, zones: ZONES, forMs }
}

function drawBlow(luck: Luck, { size, scalesBy }: Size): Blow {
  const atMs = luck.chance(0.2) ? 0 : luck.between(0, 150 * SECOND_MS)
  if (scalesBy !== undefined && luck.chance(0.5)) {
    if (luck.chance(0.6)) return { kind: 'load', atMs, cpu: luck.between(0, 12) / 10 }
    const min = luck.between(1, size + 2)
    return { kind: 'limits', atMs, min, max: min + luck.between(0, 2) }
  }
  const roll = luck.next()
  if (roll < 0.4) return { kind: 'preempt', atMs, nth: luck.between(0, 9) }
  if (roll < 0.52)
    return { kind: 'flap', atMs, nth: luck.between(0, 9), forMs: luck.between(5, 60) * SECOND_MS }
  if (roll < 0.58) return { kind: 'stockout', atMs: 0, zones: ZONES, forMs: FOR_EVER_MS }
  if (roll < 0.7) {
    const zones = luck.chance(0.5) ? ZONES : [luck.pick(...ZONES)]
    return { kind: 'stockout', atMs, zones, forMs: drawShortage(luck) }
  }
  if (roll < 0.76) return { kind: 'quota', atMs, forMs: drawShortage(luck) }
  if (roll < 0.86) return { kind: 'resize', atMs, size: Math.max(0, size + luck.between(-2, 3)) }
  if (roll < 0.92) return { kind: 'stranger', atMs, image: luck.pick(1, 4) }
  return { kind: 'touch', atMs }
}

function drawShortage(luck: Luck): number {
  return luck.chance(0.5) ? luck.between(10, 100) * SECOND_MS : FOR_EVER_MS
}
