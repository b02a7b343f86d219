import type { Mapping } from '../expressions/values.ts'

/** Events that workflows can wait for here. */
export type EventName = 'push' | 'pull_request' | 'workflow_dispatch' | 'schedule'

/** Why workflows run. */
export interface TriggeringEvent {
  readonly name: EventName
  /** GITHUB_REF: `refs/heads/main`, `refs/pull/3/merge`. */
  readonly ref: string
  /** GITHUB_SHA; workflow files are read as of this commit. */
  readonly sha: string
  /** What a run is listed under: of a pull request its own branch. */
  readonly branch: string
  /** Commit that a run is listed under: of a pull request the last one of its branch. */
  readonly headSha: string
  /** Both empty but for pull requests. */
  readonly headRef: string
  readonly baseRef: string
  readonly actor: string
  /** What a run is called that does not name itself. */
  readonly title: string
  /** What is in GITHUB_EVENT_PATH. */
  readonly payload: Mapping
  /** Whose pull request may only read, and sees no secrets. */
  readonly isFromFork: boolean
  /** As the person gave them to the dispatch. */
  readonly inputs: Mapping
}
