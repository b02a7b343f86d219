import type { Instance } from '../../../emulator/google/compute/group/model.ts'
import type { Cloud } from './cloud.ts'
import type { Insides } from './guest.ts'
import type { Timeline } from './timeline.ts'

/** A stretch of time in which every VM of the group ran one image and was well. */
export interface GoodTime {
  readonly image: string
  readonly fromMs: number
  /** Undefined while it lasts. */
  untilMs: number | undefined
}

/** A moment at which fewer VMs served than the group is meant to have. */
export interface Shortage {
  readonly atMs: number
  readonly serving: number
  readonly wanted: number
}

/** A moment at which containers of two images ran. */
export interface Mixture {
  readonly atMs: number
  readonly images: readonly string[]
}

/**
 * What is really so in the cloud, moment by moment: seen from the group model and from inside the
 * VMs, never through an answer of the API.
 */
export class Truth {
  readonly goodTimes: GoodTime[] = []
  shortage: Shortage | undefined
  mixture: Mixture | undefined
  /** VMs serve from here on, so that a shortage counts. */
  #isArmed = false
  #cloud: Cloud | undefined
  readonly #timeline: Timeline
  #seen: unknown
  #stale = true

  constructor(timeline: Timeline) {
    this.#timeline = timeline
  }

  watch(cloud: Cloud): void {
    this.#cloud = cloud
  }

  /** Something inside a VM may have changed. */
  readonly noteChange = (): void => {
    this.#stale = true
  }

  arm(): void {
    this.#isArmed = true
  }

  /** To be called after every event. */
  look(): void {
    const cloud = this.#cloud
    if (cloud === undefined) return
    const { group } = cloud.record.runner
    if (group === this.#seen && !this.#stale) return
    this.#seen = group
    this.#stale = false
    const insides = cloud.insides()
    this.#noteGood(
      goodImage(group.instances, group.spec.targetSize, insides, group.spec.health !== undefined)
    )
    this.#noteServing(insides, group.spec.targetSize)
  }

  /** The image that every VM runs well at this moment, and since when. */
  get goodNow(): GoodTime | undefined {
    const last = this.goodTimes.at(-1)
    return last?.untilMs === undefined ? last : undefined
  }

  #noteGood(image: string): void {
    const now = this.#timeline.now()
    const last = this.goodNow
    if (last?.image === image) return
    if (last) last.untilMs = now
    if (image !== '') this.goodTimes.push({ image, fromMs: now, untilMs: undefined })
  }

  #noteServing(insides: readonly Insides[], wanted: number): void {
    const atMs = this.#timeline.now()
    const serving = insides.filter(({ isServing }) => isServing)
    if (this.#isArmed && serving.length < wanted) {
      this.shortage ??= { atMs, serving: serving.length, wanted }
    }
    const images = [...new Set(serving.map(({ booted }) => booted))]
    if (images.length > 1) this.mixture ??= { atMs, images }
  }
}

/** The one image that all of exactly `size` VMs run, being well; else empty. */
function goodImage(
  instances: readonly Instance[],
  size: number,
  insides: readonly Insides[],
  hasHealthCheck: boolean
): string {
  if (instances.length !== size || size === 0) return ''
  let image = ''
  for (const { vm, action } of instances) {
    if (vm === undefined || action !== 'NONE' || vm.status !== 'RUNNING') return ''
    if (hasHealthCheck && vm.health !== 'HEALTHY') return ''
    const booted = insides.find(({ id }) => id === vm.id)?.booted ?? ''
    if (booted === '' || (image !== '' && booted !== image)) return ''
    image = booted
  }
  return image
}
