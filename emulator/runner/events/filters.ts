import type { EventFilter } from '../workflow/model.ts'
import { fits, isChosen } from './glob.ts'

/** What a filter is asked about. */
export interface Occasion {
  /** `refs/heads/main`, `refs/tags/v1`; of a pull request the branch that it wants to be merged into. */
  readonly ref: string
  readonly changedFiles: readonly string[]
  /** Of a pull request: `opened`. */
  readonly action?: string
}

const DEFAULT_ACTIONS = ['opened', 'synchronize', 'reopened']

/** Whether what has happened is what `on` waits for. */
export function isWanted(filter: EventFilter, occasion: Occasion): boolean {
  const { action } = occasion
  if (action !== undefined && !(filter.types ?? DEFAULT_ACTIONS).includes(action)) return false
  return isWantedRef(filter, occasion.ref) && hasWantedPath(filter, occasion)
}

function isWantedRef(filter: EventFilter, ref: string): boolean {
  const { branches, tags } = filter
  const [branchesIgnored, tagsIgnored] = [filter['branches-ignore'], filter['tags-ignore']]
  const asksForBranches = (branches ?? branchesIgnored) !== undefined
  const asksForTags = (tags ?? tagsIgnored) !== undefined
  if (!asksForBranches && !asksForTags) return true
  const [, kind, name = ''] = /^refs\/(heads|tags)\/(.+)$/.exec(ref) ?? []
  if (kind === 'tags') return asksForTags && passes(name, tags, tagsIgnored)
  // Whoever asks only for tags wants no branches.
  return asksForBranches && passes(name, branches, branchesIgnored)
}

function passes(
  name: string,
  wanted: readonly string[] | undefined,
  ignored: readonly string[] | undefined
): boolean {
  if (wanted) return isChosen(wanted, name)
  return !(ignored ?? []).some((pattern) => fits(pattern, name))
}

function hasWantedPath(filter: EventFilter, { ref, changedFiles }: Occasion): boolean {
  // GitHub does not look at the paths of a tag.
  if (ref.startsWith('refs/tags/')) return true
  const ignored = filter['paths-ignore']
  if (filter.paths) {
    const { paths } = filter
    return changedFiles.some((file) => isChosen(paths, file))
  }
  if (!ignored || changedFiles.length === 0) return true
  return changedFiles.some((file) => !ignored.some((pattern) => fits(pattern, file)))
}
