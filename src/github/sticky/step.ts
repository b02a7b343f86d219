import type { Generation } from '../marker.ts'
import { isNewer, isSame } from './generation.ts'

/** A text of ours at GitHub. */
export interface Sighting {
  readonly id: number
  readonly body: string
  readonly generation: Generation
  /** To the second, rounded down. */
  readonly updatedAtMs: number
  readonly url: string
}

/** What this run has to say. */
export interface Wanted {
  readonly body: string
  readonly generation: Generation
  readonly startedAtMs: number
}

export interface Scene {
  /** All texts of ours with this marker. */
  readonly seen: readonly Sighting[]
  /** Undefined when only what stands there is to be brought in order. */
  readonly wanted: Wanted | undefined
  readonly head?: string
  /** What has to be said besides, such as that the pull request is merged. */
  readonly finish: (body: string) => string
  readonly done: Done
}

/** What this run has sent and GitHub has taken. */
export interface Done {
  readonly written: ReadonlySet<string>
  /** What stood there before. */
  readonly replaced: ReadonlySet<string>
}

export type Step =
  | { readonly kind: 'create'; readonly body: string }
  | { readonly kind: 'update'; readonly id: number; readonly body: string }
  /** One too many, of which everything worth keeping stands elsewhere. */
  | { readonly kind: 'remove'; readonly id: number }
  /** What was written does not show yet. */
  | { readonly kind: 'wait' }
  | {
      readonly kind: 'settled'
      readonly shows: 'ours' | 'newer' | 'nothing'
      readonly at: Sighting | undefined
    }

/**
 * What to do next, so that in the end one text is left that shows the latest run. GitHub knows no
 * condition for a write, so each run looks, does one step and looks again. All runs agree on the
 * text to keep (the oldest) and on the words to show (the latest run's), so they help each other,
 * in whatever order their requests arrive.
 */
export function nextStep(scene: Scene): Step {
  const { wanted, finish, done } = scene
  const [target, ...extras] = scene.seen.toSorted((a, b) => a.id - b.id)
  const newest = newestOf(scene.seen, scene.head)
  if (!target || !newest) return startStep(scene)
  const isOurs = wanted !== undefined && wins(wanted, newest, scene)
  const body = finish(isOurs ? wanted.body : newest.body)
  if (!shows(target, body, done)) {
    // GitHub may answer from a copy that is behind. Who acted on that could overwrite somebody.
    if (done.written.has(body) && done.replaced.has(target.body)) return { kind: 'wait' }
    return { kind: 'update', id: target.id, body }
  }
  const extra = extras.at(-1)
  if (extra) return { kind: 'remove', id: extra.id }
  const isShown = isOurs || (wanted !== undefined && isSame(wanted.generation, newest.generation))
  return { kind: 'settled', shows: isShown ? 'ours' : 'newer', at: target }
}

function startStep({ wanted, finish, done }: Scene): Step {
  if (!wanted) return { kind: 'settled', shows: 'nothing', at: undefined }
  if (done.written.size > 0) return { kind: 'wait' }
  return { kind: 'create', body: finish(wanted.body) }
}

function newestOf(seen: readonly Sighting[], head?: string): Sighting | undefined {
  return seen.reduce<Sighting | undefined>(
    (best, one) => (best && !isNewer(one.generation, best.generation, head) ? best : one),
    undefined
  )
}

function wins(wanted: Wanted, newest: Sighting, { head, done }: Scene): boolean {
  const ours = wanted.generation
  const theirs = newest.generation
  // Two jobs of one run that say different things: whoever comes last has the last word, once.
  if (isSame(ours, theirs)) return done.written.size === 0
  if (isNewer(ours, theirs, head)) return true
  // An old run that was started again after the other had ended looked at the world later.
  return ours.commit === theirs.commit && newest.updatedAtMs + 1000 <= wanted.startedAtMs
}

// GitHub may keep a text otherwise than it was sent; then its first line says that it is the one.
function shows({ body }: Sighting, wanted: string, { written }: Done): boolean {
  if (normal(body) === normal(wanted)) return true
  return written.has(wanted) && firstLine(body) === firstLine(wanted)
}

function normal(text: string): string {
  return text.replaceAll('\r\n', '\n').trim()
}

function firstLine(text: string): string {
  return /^[^\r\n]*/.exec(text)?.[0] ?? ''
}
