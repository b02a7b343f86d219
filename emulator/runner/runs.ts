import type { Annotation, LogLine } from './log-lines.ts'

/** Of runs, jobs and steps. */
export type Status = 'queued' | 'in_progress' | 'completed'
/** How something ended; undefined until it has. */
export type Conclusion = 'success' | 'failure' | 'cancelled' | 'skipped'

/** One step of a job, main or post, as the page of a run shows it. */
export interface StepRun {
  readonly number: number
  readonly name: string
  readonly status: Status
  readonly conclusion: Conclusion | undefined
  readonly startedAtMs: number | undefined
  readonly endedAtMs: number | undefined
  readonly log: readonly LogLine[]
  /** Markdown. */
  readonly summary: string
  readonly annotations: readonly Annotation[]
  readonly outputs: ReadonlyMap<string, string>
}

/** One job of a run: of a matrix each leg, of a reusable workflow each of its jobs. */
export interface JobRun {
  readonly id: number
  /** As `needs` calls it; of a reusable workflow `caller/job`. */
  readonly key: string
  readonly name: string
  readonly status: Status
  readonly conclusion: Conclusion | undefined
  readonly environment: string | undefined
  /** Empty where there is none, or not yet. */
  readonly environmentUrl: string
  readonly steps: readonly StepRun[]
  readonly outputs: ReadonlyMap<string, string>
}

/** The last attempt of one run of one workflow file. */
export interface WorkflowRun {
  readonly id: number
  /** Counts from 1; a re-run has the same id and the next number. */
  readonly attempt: number
  /** How many runs of this workflow there were up to this one. */
  readonly number: number
  readonly name: string
  /** `.github/workflows/deploy.yml`. */
  readonly path: string
  readonly event: string
  readonly branch: string
  readonly sha: string
  readonly title: string
  readonly actor: string
  readonly status: Status
  readonly conclusion: Conclusion | undefined
  readonly createdAtMs: number
  /** What is wrong with the file, or with what it asked for; the run has no jobs then. */
  readonly errors: readonly string[]
  readonly jobs: readonly JobRun[]
}

/**
 * All runs of a repository. What it hands out is live: the same objects change while the runs go on,
 * and listeners hear of each change.
 */
export class RunBook {
  readonly #runs = new Map<number, WorkflowRun>()
  readonly #listeners = new Set<() => void>()

  /** Newest first; of a run that was repeated the last attempt. */
  list(): readonly WorkflowRun[] {
    return [...this.#runs.values()].reverse()
  }

  find(id: number): WorkflowRun | undefined {
    return this.#runs.get(id)
  }

  /** The result ends the listening. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Adds a run, or a new attempt in the place of the one before. */
  put(run: WorkflowRun): void {
    this.#runs.set(run.id, run)
    this.announce()
  }

  /** Something about one of the runs has changed. */
  announce(): void {
    for (const listener of this.#listeners) listener()
  }
}
