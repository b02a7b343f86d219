import { type Luck, luckOf, mix } from './luck.ts'
import type { Fault, FaultKind } from './world/faults.ts'
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
  /** An autoscaler, or a person, wants another number of VMs. */
  | { readonly kind: 'resize'; readonly atMs: number; readonly size: number }
  /** Somebody who knows nothing of the lock moves the group to another release. */
  | { readonly kind: 'stranger'; readonly atMs: number; readonly image: number }
  /** Somebody changes the group without touching its releases: fingerprints go stale. */
  | { readonly kind: 'touch'; readonly atMs: number }

/** One job of the workflow. */
export interface JobPlan {
  /** A rollback goes to a release that is there; what it makes of it is the same. */
  readonly kind?: 'deploy' | 'rollback'
  /** Number of the image; the group begins on 1, if on any. */
  readonly image: number
  readonly startMs: number
  readonly faults: readonly Fault[]
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
  const blows = luck.chance(0.6) ? drawBlows(luck, drawn.size) : []
  // A group that repairs nothing would never get over a VM that is taken away.
  const furniture = { ...drawn, isRepaired: blows.length > 0 || luck.chance(0.8) }
  const images = [serving(luck), serving(luck), drawImage(luck), drawImage(luck), serving(luck)]
  const jobs = drawJobs(luck)
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
  const roll = luck.next()
  return {
    size: sizeOf(roll, luck),
    zones: luck.pick(1, 2, 3, 3),
    strategy: luck.pick('surge', 'surge', 'recreate'),
    health: luck.chance(0.75) ? drawHealthCheck(luck) : undefined,
    isReleased: luck.chance(0.85),
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

function drawJobs(luck: Luck): readonly JobPlan[] {
  const first = drawJob(luck, luck.pick(2, 2, 3), 0)
  const roll = luck.next()
  if (roll < 0.65) return [first]
  // Two at once, or one after the other: the same release or another one.
  const startMs = roll < 0.85 ? luck.between(0, 90) * SECOND_MS : luck.between(90, 600) * SECOND_MS
  return [first, drawJob(luck, luck.pick(2, 3), startMs)]
}

function drawJob(luck: Luck, image: number, startMs: number): JobPlan {
  const cancelMs = luck.chance(0.12) ? luck.between(0, 90 * SECOND_MS) : undefined
  return { image, startMs, faults: drawFaults(luck), ...(cancelMs !== undefined && { cancelMs }) }
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
]

function drawFaults(luck: Luck): readonly Fault[] {
  const faults: Fault[] = []
  const some = luck.pick(0, 0, 1, 2, 4)
  for (let count = 0; count < some; count++) {
    faults.push({ request: luck.between(1, 40), kind: luck.pick(...TRANSIENT) })
  }
  if (luck.chance(0.1)) faults.push({ request: luck.between(1, 30), kind: 'status 412' })
  if (luck.chance(0.04)) faults.push({ request: luck.between(1, 60), kind: 'status 401' })
  if (luck.chance(0.2)) {
    const request = luck.chance(0.5) ? luck.between(3, 16) : luck.between(1, 70)
    faults.push({ request, kind: luck.pick('death before', 'death after') })
  }
  return faults
}

function drawBlows(luck: Luck, size: number): readonly Blow[] {
  const count = luck.pick(1, 1, 2, 3, 5)
  return Array.from({ length: count }, () => drawBlow(luck, size))
}

function drawBlow(luck: Luck, size: number): Blow {
  const atMs = luck.chance(0.2) ? 0 : luck.between(0, 150 * SECOND_MS)
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
