import type { Blobs } from '../../../../../emulator/registry/blobs.ts'
import { ActionError } from '../../../../../src/errors.ts'
import { type Luck, luckOf, mix } from '../../../../simulation/luck.ts'
import type { Fault, FaultKind } from '../../../../simulation/world/faults.ts'
import type { ImagePlan } from '../../../../simulation/world/guest.ts'
import type { Job, Sent } from '../../../../simulation/world/job.ts'
import { Run } from './actors.ts'
import { protectedNow } from './oracle.ts'
import { IMAGE_PATH } from './prune-cloud.ts'
import { HOUR_MS, PruneWorld } from './prune-world.ts'

/** Image 9 never serves. */
const BAD_IMAGE = 9
const IMAGES = 8
const DAY_MS = 24 * HOUR_MS
const LASTING_MS = 6_000

const KINDS: readonly FaultKind[] = [
  'status 503',
  'status 429',
  'rate limit',
  'reset',
  'lost answer',
  'stalled answer',
  'slow',
  'death before',
  'death after',
]

/** Several runs on one service with a past, in an order that luck decides, and what they did wrong. */
export class Round {
  readonly breaches: string[] = []
  /** How many templates and tags were deleted. */
  deletions = 0
  readonly world: PruneWorld
  readonly #luck: Luck
  readonly #seed: number
  readonly #keepReleases: number

  constructor(seed: number, blobs: Blobs) {
    this.#seed = seed
    this.#luck = luckOf(seed)
    this.#keepReleases = this.#luck.between(1, 4)
    this.world = new PruneWorld(seed, blobs, (image) => this.#planOf(image))
  }

  async play(): Promise<void> {
    await this.#makePast()
    const runs = Array.from({ length: this.#luck.between(2, 5) }, () => this.#begin())
    const { world } = this
    await world.run(() => runs.every(({ isOver }) => isOver()), world.timeline.now() + DAY_MS)
    if (!runs.every(({ isOver }) => isOver())) this.breaches.push('a run never ends')
    await world.pass(25 * HOUR_MS)
    await this.#comeToRest()
    await world.stop()
  }

  /** Releases that were verified or failed, some of them with the same image. */
  async #makePast(): Promise<void> {
    const { world } = this
    const count = this.#luck.between(0, IMAGES)
    const good = []
    for (let number = 1; number <= count; number++) {
      const release = await world.addRelease(number, { isTagged: this.#luck.chance(0.95) })
      const outcome = this.#luck.chance(0.8) ? 'verified' : 'failed'
      world.addEntry(release, { outcome, previous: good.at(-1)?.id ?? null })
      if (outcome === 'verified') good.push(release)
      await world.pass(this.#luck.between(1, 60) * HOUR_MS)
    }
    for (let number = 1; number <= BAD_IMAGE; number++) world.cloud.push(number)
    await world.furnish(this.#luck.between(1, 2))
    const last = good.at(-1)
    if (last) await world.rollTo(last)
  }

  #begin(): { readonly isOver: () => boolean } {
    const luck = luckOf(mix(this.#seed, this.world.jobs.length, 7))
    const faults: Fault[] = Array.from({ length: luck.between(0, 2) }, () => ({
      request: luck.between(1, 70),
      kind: luck.pick('status 503', ...KINDS),
    }))
    const job = this.world.job({ faults }, (...effect) => this.#watch(...effect))
    const { timeline } = this.world
    const cancel = new AbortController()
    const lasting = new AbortController()
    const startMs = luck.between(0, 400) * 1_000
    if (luck.chance(0.25)) {
      const cancelMs = startMs + luck.between(0, 120_000)
      const why = new ActionError('CANCELLED', 'The run was cancelled.')
      timeline.after(cancelMs, () => job.alive(() => cancel.abort(why)))
      timeline.after(cancelMs + LASTING_MS, () => job.alive(() => lasting.abort(why)))
    }
    let isOver = false
    timeline.after(startMs, () => {
      const run = this.#run(job, { signal: cancel.signal, lastingSignal: lasting.signal })
      job.alive(() => {
        void this.#act(run, luck).finally(() => {
          isOver = true
        })
      })
    })
    return { isOver: () => isOver || job.isDead }
  }

  #run(job: Job, signals: { signal?: AbortSignal; lastingSignal?: AbortSignal } = {}): Run {
    const holder = `run-${this.world.jobs.indexOf(job) + 1}`
    const seed = mix(this.#seed, this.world.jobs.length)
    return new Run(job, { keepReleases: this.#keepReleases, holder, seed, ...signals })
  }

  async #act(run: Run, luck: Luck): Promise<void> {
    try {
      if (luck.chance(0.3)) await run.rollBack(luck.between(0, 4))
      else await run.deploy(this.world.cloud.push(luck.between(1, BAD_IMAGE)))
    } catch (error) {
      // How an attempt ends is told elsewhere; what must not be are bugs.
      if (!(error instanceof ActionError)) this.breaches.push(`a bug: ${String(error)}`)
    }
  }

  /** Called when something was deleted, before anybody else can do anything. */
  #watch({ method, path }: Sent, status: number, holder: string): void {
    const [, template, tag] =
      /\/instanceTemplates\/mervis-(\w{12})$|\/tags\/release-(\w{12})$/.exec(path) ?? []
    const release = template ?? tag
    if (method !== 'DELETE' || status >= 300 || release === undefined) return
    this.deletions += 1
    const what = `${holder} deleted the ${template ? 'template' : 'tag'} of ${release}`
    const lock = this.world.lockText
    if (!lock.includes(`"${holder}"`)) this.breaches.push(`${what} without the lock`)
    for (const { because, releases } of protectedNow(this.world, this.#keepReleases)) {
      if (releases.has(release)) this.breaches.push(`${what}, although ${because}`)
    }
  }

  /** One more deploy, which nothing disturbs: it must leave exactly what is to be kept. */
  async #comeToRest(): Promise<void> {
    const { world } = this
    const job = world.job({}, (...effect) => this.#watch(...effect))
    await world.play(this.#run(job).deploy(world.cloud.push(IMAGES)), job)
    const names = await world.templates()
    const ids = names.flatMap((name) => /^mervis-(\w{12})$/.exec(name)?.[1] ?? [])
    const wanted = new Set(
      protectedNow(world, this.#keepReleases).flatMap(({ releases }) => [...releases])
    )
    const { entries } = world.ledger
    const cameFrom = entries.findLast(
      ({ release, previous }) => release === world.groupIsOn && previous !== release
    )?.previous
    const verified = new Set(entries.filter((e) => e.outcome === 'verified').map((e) => e.release))
    const known = new Set(entries.map(({ release }) => release))
    const surplus = ids.filter(
      (id) =>
        !wanted.has(id) && id !== cameFrom && (known.has(id) || verified.size >= this.#keepReleases)
    )
    if (surplus.length > 0) this.breaches.push(`left at rest: ${surplus.join(', ')}`)
    // A tag that no template followed, and no attempt, may be that of a run which is about to go on.
    const isYoung = (id: string): boolean => {
      const { updateTime = '' } = world.cloud.images.find(IMAGE_PATH, `release-${id}`) ?? {}
      return world.timeline.now() - Date.parse(updateTime) < DAY_MS
    }
    const isStranger = (id: string): boolean => !known.has(id) && !ids.includes(id)
    const tagged = world.cloud.taggedReleases().filter((id) => !(isStranger(id) && isYoung(id)))
    if (tagged.join() !== [...ids].sort().join())
      this.breaches.push(`templates ${[...ids].sort().join()} but tags ${tagged.join()}`)
    this.#expectImages(ids, world.cloud.taggedReleases().length)
    if (world.isLocked) this.breaches.push('the deploy lock is left')
  }

  /** Two months later, when the registry has cleaned up. */
  #expectImages(ids: readonly string[], tags: number): void {
    const { images } = this.world.cloud
    this.world.cloud.cleanUpAfter(60 * DAY_MS)
    for (const id of ids) {
      if (images.find(IMAGE_PATH, `release-${id}`)) continue
      this.breaches.push(`the image of the kept release ${id} was cleaned up`)
    }
    const left = images.manifestsOf(IMAGE_PATH).length
    if (left > tags) this.breaches.push(`${left} images are kept for ${tags} tags`)
  }

  #planOf(image: string): ImagePlan {
    const bad = this.world.cloud.push(BAD_IMAGE)
    return { pullMs: 1_000, startMs: 1_000, end: image === bad ? 'exits' : 'serves' }
  }
}
