import type { GitHubClient } from '../api/client.ts'
import { GitHubError } from '../api/failure.ts'
import { nextStep, type Scene, type Sighting, type Step, type Wanted } from './step.ts'

/** How it ended: what is shown, and where. */
export interface Settled {
  readonly shows: 'ours' | 'newer' | 'nothing'
  readonly url: string
}

/** Where texts of one kind are kept: comments of a pull request, issues of a repository. */
export interface Shelf {
  look(): Promise<Pick<Scene, 'seen' | 'head' | 'finish'> & { readonly isOver?: boolean }>
  /** @returns where it is to be seen */
  create(body: string): Promise<string>
  /** @returns whether it was still there */
  update(id: number, body: string): Promise<boolean>
  /** Does nothing when it is gone. */
  remove(id: number): Promise<void>
  /** Completes the sentence "Could not …". */
  readonly purpose: string
}

const MAX_STEPS = 30
const MAX_FAILURES = 4
const MAX_WAITS = 3
const FIRST_PAUSE_MS = 1_000
/** No run waits longer than this for a limit of GitHub's to end. */
const MAX_PAUSE_MS = 120_000

/** Looks and acts until nothing is left to do. @throws GitHubError */
export function settle(
  client: GitHubClient,
  shelf: Shelf,
  wanted: Wanted | undefined
): Promise<Settled> {
  return new Settling(client, shelf, wanted).run()
}

class Settling {
  readonly #client: GitHubClient
  readonly #shelf: Shelf
  #wanted: Wanted | undefined
  readonly #written = new Set<string>()
  readonly #replaced = new Set<string>()
  #url = ''
  #failures = 0
  #waits = 0

  constructor(client: GitHubClient, shelf: Shelf, wanted: Wanted | undefined) {
    this.#client = client
    this.#shelf = shelf
    this.#wanted = wanted
  }

  async run(): Promise<Settled> {
    for (let steps = 0; steps < MAX_STEPS; steps++) {
      const { isOver, ...scene } = await this.#shelf.look()
      // What people saw before it was over is what they reviewed: later words must not take its place.
      if (isOver && this.#written.size === 0) this.#wanted = undefined
      const done = { written: this.#written, replaced: this.#replaced }
      const step = nextStep({ ...scene, wanted: this.#wanted, done })
      if (step.kind === 'settled') return { shows: step.shows, url: step.at?.url ?? this.#url }
      if (step.kind === 'wait') {
        // It was taken, and that is certain; only the answers are late.
        if (this.#waits === MAX_WAITS) return { shows: 'ours', url: this.#url }
        await this.#client.pause(FIRST_PAUSE_MS * 2 ** this.#waits++)
      } else await this.#act(step, scene.seen)
    }
    throw new GitHubError(
      `Could not ${this.#shelf.purpose}: after ${MAX_STEPS} attempts somebody else had changed it again.`,
      { kind: 'lost' },
      { hint: 'Look for another workflow that writes it all the time.' }
    )
  }

  /** After a write that broke off nothing is certain: the next look tells whether it was carried out. */
  async #act(step: Exclude<Step, { kind: 'settled' | 'wait' }>, seen: readonly Sighting[]) {
    try {
      if (step.kind === 'remove') await this.#shelf.remove(step.id)
      else if (step.kind === 'update') await this.#update(step, seen)
      else {
        this.#url = await this.#shelf.create(step.body)
        this.#written.add(step.body)
      }
    } catch (error) {
      await this.#bear(error)
    }
  }

  async #update(
    { id, body }: { readonly id: number; readonly body: string },
    seen: readonly Sighting[]
  ): Promise<void> {
    const before = seen.find((sighting) => sighting.id === id)
    if (!(await this.#shelf.update(id, body)) || !before) return
    this.#url = before.url
    this.#written.add(body)
    this.#replaced.add(before.body)
  }

  async #bear(error: unknown): Promise<void> {
    if (!(error instanceof GitHubError) || !error.isPassing) throw error
    const pauseMs = error.waitMs ?? FIRST_PAUSE_MS * 2 ** this.#failures
    this.#failures += 1
    if (this.#failures > MAX_FAILURES || pauseMs > MAX_PAUSE_MS) throw error
    this.#client.log.debug(`${error.message} Looking again in ${pauseMs} ms.`)
    await this.#client.pause(pauseMs)
  }
}
