import { median } from './interleave.ts'
import { measureScale, type ScaleFigures } from './rollout/scale.ts'
import { rollOut } from './rollout/virtual-rollout.ts'

export interface PaceFigures {
  readonly hasHealthCheck: boolean
  readonly vms: number
  readonly rollouts: number
  /** From the moment the group is truly done to the verdict, beyond the seconds it must hold. */
  readonly medianLateMs: number
  readonly maxLateMs: number
  /** The most of any of the rollouts, for each 5 minutes that it took. */
  readonly requestsPerFiveMinutes: number
}

export interface RolloutFigures {
  readonly scale: ScaleFigures
  readonly pace: readonly PaceFigures[]
}

const FIVE_MINUTES_MS = 300_000
const ROLLOUTS = 20
const VMS = 10
const MANY_VMS = 1_000

/** What it costs to watch a rollout, and how late its end is noticed. */
export async function measureRollout(repository: string): Promise<RolloutFigures> {
  return {
    pace: [await measurePace(true), await measurePace(false)],
    scale: await measureScale(repository, MANY_VMS),
  }
}

async function measurePace(hasHealthCheck: boolean): Promise<PaceFigures> {
  const lateMs: number[] = []
  const rates: number[] = []
  for (let seed = 1; seed <= ROLLOUTS; seed++) {
    const rollout = await rollOut({ size: VMS, hasHealthCheck, seed })
    lateMs.push(rollout.lateMs)
    rates.push((rollout.requests / rollout.durationMs) * FIVE_MINUTES_MS)
  }
  return {
    hasHealthCheck,
    vms: VMS,
    rollouts: ROLLOUTS,
    medianLateMs: median(lateMs),
    maxLateMs: Math.max(...lateMs),
    requestsPerFiveMinutes: Math.round(Math.max(...rates)),
  }
}
