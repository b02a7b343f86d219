import type { Blobs } from '../../../../../emulator/registry/blobs.ts'
import type { Pruned } from '../../../../../src/release/prune/prune.ts'
import type { Release } from '../../../../../src/release/release.ts'
import { RecordingLog } from '../../../../fakes/recording-log.ts'
import type { Fault } from '../../../../simulation/world/faults.ts'
import type { Job } from '../../../../simulation/world/job.ts'
import { Run } from './actors.ts'
import { HOUR_MS, PruneWorld } from './prune-world.ts'

/** A service with releases 1 … `count`, all verified a while ago, the last of which runs. */
export async function service(count: number, blobs: Blobs): Promise<Scene> {
  const world = new PruneWorld(1, blobs)
  const releases: Release[] = []
  for (let number = 1; number <= count; number++) {
    releases.push(await world.addRelease(number))
    await world.pass(2 * HOUR_MS)
  }
  await world.furnish()
  for (const release of releases) world.addEntry(release, {})
  const last = releases.at(-1)
  if (last) await world.rollTo(last)
  return new Scene(world, releases)
}

/** A service and one look at it after the other. */
export class Scene {
  readonly world: PruneWorld
  readonly releases: readonly Release[]
  readonly log = new RecordingLog()
  /** The last one that pruned. */
  job: Job | undefined

  constructor(world: PruneWorld, releases: readonly Release[]) {
    this.world = world
    this.releases = releases
  }

  id(number: number): string {
    return this.release(number).id
  }

  release(number: number): Release {
    const release = this.releases[number - 1]
    if (release === undefined) throw new Error(`there is no release ${number}`)
    return release
  }

  async prune(keepReleases: number, more: PruneMore = {}): Promise<Pruned | undefined> {
    const { faults = [], running = this.releases.length, cancel } = more
    const job = this.world.job({ faults })
    this.job = job
    const { log } = this
    const run = new Run(job, {
      keepReleases,
      holder: 'me',
      seed: 1,
      log,
      ...(cancel && { signal: cancel.signal }),
    })
    return this.world.play(run.prune(this.id(running)), job)
  }

  /** Numbers of the releases that have a template, and of those that have a tag. */
  async standing(): Promise<{
    readonly templates: readonly number[]
    readonly tags: readonly number[]
  }> {
    const names = await this.world.templates()
    const tagged = this.world.cloud.taggedReleases()
    const numbers = this.releases.map((_, index) => index + 1)
    return {
      templates: numbers.filter((number) => names.includes(this.release(number).template.name)),
      tags: numbers.filter((number) => tagged.includes(this.id(number))),
    }
  }
}

export interface PruneMore {
  readonly faults?: readonly Fault[]
  readonly running?: number
  readonly cancel?: AbortController
}

/** Releases that have both. */
export function both(numbers: readonly number[]) {
  return { templates: numbers, tags: numbers }
}
