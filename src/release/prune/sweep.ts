import { ActionError } from '../../errors.ts'
import type { ArtifactRegistry, ImagePackage } from '../../google/artifact-registry.ts'
import type { GoogleClient } from '../../google/client.ts'
import { isInUse } from '../../google/compute/deletion.ts'
import type { Compute } from '../../google/compute.ts'
import type { GoogleFailure } from '../../google/diagnosis/failure.ts'
import { releaseTag } from '../../image/reference.ts'
import { tagManifest } from '../../image/registry.ts'
import type { Clock, Log } from '../../ports.ts'
import type { PruneDecision } from './decision.ts'
import { imageOfTemplate, type ReleaseTemplate } from './release-template.ts'

export interface SweepPorts {
  readonly google: GoogleClient
  readonly compute: Compute
  readonly artifacts: ArtifactRegistry
  readonly clock: Clock
  readonly log: Log
}

export interface SweepOptions {
  /** Name of a release's template. */
  readonly templateOf: (release: string) => string
  /** Where the tags of an image are; undefined where they are none of ours. */
  readonly packageOf: (image: string) => ImagePackage | undefined
  /** The package of releases of which nothing but a tag is left. */
  readonly own: ImagePackage | undefined
  /** Ends the work between two steps, and never in the middle of one. */
  readonly signal: AbortSignal
}

/** Something that could not be changed, and will be tried again. */
export type Failure = {
  readonly release: string
  readonly of: 'template' | ImagePackage
} & ({ readonly refusal: GoogleFailure } | { readonly error: unknown })

export interface Swept {
  /** Releases of which nothing is left. */
  readonly gone: readonly string[]
  readonly failures: readonly Failure[]
  /** Releases that were to go and did not, or not wholly; those that are in use are none of them. */
  readonly left: readonly string[]
}

const WORKERS = 4
/** No deletion is begun later: the result of the deploy waits for this. */
const PATIENCE_MS = 15_000

/**
 * Carries the decision out, several releases at a time. The template goes first: Google refuses that
 * while anything uses it, so the image of what runs never loses its tag, and what is left by a run
 * that dies in between is a tag too many, which the next one finds.
 */
export async function sweepReleases(
  ports: SweepPorts,
  options: SweepOptions,
  { doomed, orphans, untagged }: PruneDecision
): Promise<Swept> {
  const sweep = new Sweep(ports, options)
  const doomedIds = doomed.map(({ id }) => id)
  await sweep.run([
    ...untagged.map((template) => () => sweep.restoreTag(template)),
    ...doomed.map((template) => () => sweep.remove(template)),
    ...orphans.map((release) => () => sweep.removeTag(release)),
  ])
  return sweep.outcome([...doomedIds, ...orphans])
}

class Sweep {
  readonly #ports: SweepPorts
  readonly #options: SweepOptions
  readonly #untilMs: number
  readonly #gone: string[] = []
  /** Refused by Google, as something uses them. */
  readonly #used: string[] = []
  readonly #remade: string[] = []
  readonly #failures: Failure[] = []
  /** What one release is denied all others are. */
  #isDenied = false

  constructor(ports: SweepPorts, options: SweepOptions) {
    this.#ports = ports
    this.#options = options
    this.#untilMs = ports.clock.now() + PATIENCE_MS
  }

  async run(tasks: readonly (() => Promise<void>)[]): Promise<void> {
    const rest = tasks.values()
    const work = async (): Promise<void> => {
      for (const task of rest) {
        if (this.#isOver()) return
        await task()
      }
    }
    await Promise.all(Array.from({ length: WORKERS }, work))
  }

  outcome(wanted: readonly string[]): Swept {
    const settled = new Set([...this.#gone, ...this.#used, ...this.#remade])
    const left = wanted.filter((release) => !settled.has(release))
    return { gone: this.#gone, failures: this.#failures, left }
  }

  async remove({ id, name, image }: ReleaseTemplate): Promise<void> {
    await this.#attempt({ release: id, of: 'template' }, async () => {
      const deletion = await this.#ports.compute.deleteTemplate(name)
      if (typeof deletion === 'object') return deletion
      const of = this.#options.packageOf(image)
      if (of === undefined) this.#gone.push(id)
      else await this.#deleteTag(id, of)
      return undefined
    })
  }

  /** Of a release whose template an earlier run deleted, if it still has none. */
  async removeTag(release: string): Promise<void> {
    const { templateOf, own } = this.#options
    if (own === undefined) return
    await this.#attempt({ release, of: own }, async () => {
      const standing = await this.#ports.compute.fetchTemplate(templateOf(release))
      if (standing === undefined) await this.#deleteTag(release, own)
      return undefined
    })
  }

  async restoreTag({ id, image }: ReleaseTemplate): Promise<void> {
    const of = this.#options.packageOf(image)
    if (of === undefined) return
    await this.#attempt({ release: id, of }, async () => {
      await this.#tag(id, image)
      return undefined
    })
  }

  async #deleteTag(release: string, of: ImagePackage): Promise<void> {
    if (this.#options.signal.aborted) return
    await this.#attempt({ release, of }, async () => {
      const deletion = await this.#ports.artifacts.deleteTag(of, releaseTag(release))
      if (typeof deletion === 'object') return deletion
      const again = await this.#ports.compute.fetchTemplate(this.#options.templateOf(release))
      if (again === undefined) {
        this.#gone.push(release)
        return undefined
      }
      // Made anew by a deploy of the same content, which may have tagged its image before we looked.
      await this.#tag(release, imageOfTemplate(again))
      this.#remade.push(release)
      return undefined
    })
  }

  async #tag(release: string, image: string): Promise<void> {
    const { google, log } = this.#ports
    try {
      await tagManifest(google, image, releaseTag(release))
      log.debug(`The image of release ${release} had no tag, and has it again.`)
    } catch (error) {
      // Nothing is left to keep; who wants to go back to the release is told then.
      if (!(error instanceof ActionError) || error.code !== 'IMAGE_MISSING') throw error
      log.debug(`Release ${release} has lost its image: ${error.message}`)
    }
  }

  async #attempt(
    subject: Pick<Failure, 'release' | 'of'>,
    work: () => Promise<GoogleFailure | undefined>
  ): Promise<void> {
    try {
      const refusal = await work()
      if (refusal) this.#noteRefusal(subject, refusal)
    } catch (error) {
      // An outage has been waited for by then; whoever comes next meets it as well.
      this.#isDenied = true
      this.#failures.push({ ...subject, error })
    }
  }

  #noteRefusal(subject: Pick<Failure, 'release' | 'of'>, refusal: GoogleFailure): void {
    if (isInUse(refusal)) {
      this.#used.push(subject.release)
      this.#ports.log.debug(`Release ${subject.release} is left alone: ${refusal.message}`)
      return
    }
    this.#isDenied ||= refusal.status === 403
    this.#failures.push({ ...subject, refusal })
  }

  #isOver(): boolean {
    return this.#isDenied || this.#options.signal.aborted || this.#ports.clock.now() > this.#untilMs
  }
}
