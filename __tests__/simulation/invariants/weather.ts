import type { Played, Story } from '../play.ts'
import { type Blow, FOR_EVER_MS, type Schedule } from '../schedule.ts'
import { ZONES } from '../world/furnish.ts'
import type { ImagePlan } from '../world/guest.ts'

/** How bad the conditions were, so that an invariant can say when it holds. */

const PASSING = ['status 503', 'status 429', 'status 412', 'rate limit', 'reset', 'lost answer']

/** One job, and nothing but faults that pass, few of them. */
export function isAlone({ played }: Story, { plan }: Played): boolean {
  return played.length === 1 && isUncut(plan, 2)
}

/** No fault that ends a job, or that costs it the patience of its client. */
export function isUncut({ faults, denial }: Played['plan'], most: number): boolean {
  const isPassing = faults.every(({ kind }) => PASSING.includes(kind))
  return denial === undefined && faults.length <= most && isPassing
}

/** Nothing happened in the cloud but what the engine must live with unharmed. */
export function isCalm(
  { blows }: Schedule,
  harmless: readonly Blow['kind'][] = ['touch']
): boolean {
  return blows.every(({ kind }) => harmless.includes(kind))
}

const BEARABLE: readonly Blow['kind'][] = ['touch', 'preempt', 'load', 'limits']

/** Whether what happened passes within a part of the progress deadline. */
export function isBearable({ blows, progressDeadlineMs }: Schedule): boolean {
  return blows.every((blow) => {
    if (blow.kind === 'stockout') return blow.forMs < progressDeadlineMs / 3
    return BEARABLE.includes(blow.kind)
  })
}

/** How long a VM of the image takes until the group counts it, at the longest. */
export function bootMs({ pullMs, startMs }: ImagePlan, { furniture }: Schedule): number {
  const { health } = furniture
  const probesMs = health ? (health.healthyThreshold + 2) * health.intervalSec * 1_000 : 0
  return 1.2 * (12_000 + pullMs + startMs) + probesMs
}

/** Whether every VM is up with the image long before health check and deadline lose patience. */
export function isSurelyGood(image: ImagePlan, schedule: Schedule): boolean {
  if (image.end !== 'serves' || image.exitsAfterMs !== undefined) return false
  const { furniture, progressDeadlineMs } = schedule
  const delayMs = (furniture.health?.initialDelaySec ?? Number.POSITIVE_INFINITY) * 1_000
  return bootMs(image, schedule) < Math.min(delayMs, progressDeadlineMs - 30_000)
}

/** Whether the health check and nothing else is what an image fails by, for ever. */
export function isSurelyBad(image: ImagePlan, { furniture }: Schedule): boolean {
  return (
    image.end === 'exits' || image.end === 'hangs' || (image.end === 'sick' && isProbed(furniture))
  )
}

function isProbed({ health }: Schedule['furniture']): boolean {
  return health !== undefined
}

/** The one shortage that there was, if it lasted to the end and left no zone. */
export function totalShortage({ blows }: Schedule): 'stockout' | 'quota' | undefined {
  const [blow, ...others] = blows.filter(({ kind }) => kind !== 'touch')
  if (blow === undefined || others.length > 0) return undefined
  if (blow.kind === 'stockout' && blow.zones.length < ZONES.length) return undefined
  const isShortage = blow.kind === 'stockout' || blow.kind === 'quota'
  return isShortage && blow.atMs === 0 && blow.forMs === FOR_EVER_MS ? blow.kind : undefined
}

/** Whether VMs may have left the group because it was to be smaller. */
export function isResized({ blows }: Schedule): boolean {
  return blows.some(({ kind }) => kind === 'resize' || kind === 'limits' || kind === 'load')
}

/** A group of no VMs is where it should be at once, and no truth shows. */
export function isEmptied({ furniture, blows }: Schedule): boolean {
  return furniture.size === 0 || blows.some((blow) => blow.kind === 'resize' && blow.size === 0)
}
