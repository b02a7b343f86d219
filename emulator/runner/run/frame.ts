import type { GitHub } from '../../github/github.ts'
import type { Oidc } from '../../github/oidc.ts'
import type { Permissions } from '../../github/tokens.ts'
import type { Concurrency } from '../concurrency/concurrency.ts'
import type { TriggeringEvent } from '../events/event.ts'
import type { Mapping } from '../expressions/values.ts'
import type { LogLine } from '../log-lines.ts'
import type { ActionStore } from '../repository/actions.ts'
import type { Repository } from '../repository/git.ts'
import type { Conclusion, JobRun, RunBook, WorkflowRun } from '../runs.ts'
import type { Variables } from '../steps/scope.ts'
import type { LiveStep } from '../steps/step-log.ts'
import type { Workflow } from '../workflow/model.ts'

/** What an environment of the repository's settings holds. */
export interface EnvironmentSettings {
  readonly vars?: Variables
  readonly secrets?: Variables
  readonly isProduction?: boolean
}

/** Where a line of a log was written. */
export interface Where {
  readonly run: WorkflowRun
  readonly job: string
  readonly step: string
}

/** What all runs of a repository share. */
export interface Services {
  readonly repository: Repository
  readonly actions: ActionStore
  readonly github: GitHub
  readonly oidc: Oidc
  readonly concurrency: Concurrency
  readonly runs: RunBook
  /** Scratch. */
  readonly directory: string
  /** What machines have besides: endpoints, the address of the engine. */
  readonly machine: Variables
  readonly apiUrl: string
  readonly graphqlUrl: string
  readonly idTokenUrl: string
  readonly vars: Variables
  readonly secrets: Variables
  readonly environments: Readonly<Record<string, EnvironmentSettings>>
  readonly onLine: (line: LogLine, where: Where) => void
}

/** A job's record while it is being written. */
export type LiveJob = Omit<{ -readonly [Key in keyof JobRun]: JobRun[Key] }, 'steps'> & {
  steps: LiveStep[]
}

/** A run's record while it is being written. */
export type LiveRun = Omit<{ -readonly [Key in keyof WorkflowRun]: WorkflowRun[Key] }, 'jobs'> & {
  jobs: LiveJob[]
}

/** One attempt of a run. */
export interface Attempt {
  readonly services: Services
  readonly event: TriggeringEvent
  readonly run: LiveRun
  /** Aborted when somebody cancels the run. */
  readonly signal: AbortSignal
}

/** A workflow file inside of a run: the one that was triggered, or one that is called. */
export interface Frame {
  readonly attempt: Attempt
  readonly workflow: Workflow
  /** `owner/name/.github/workflows/x.yml@refs/heads/main`. */
  readonly workflowRef: string
  /** Commit that the file is of. */
  readonly workflowSha: string
  readonly inputs: Mapping
  readonly secrets: Variables
  /** Whether the secrets of a job's environment reach it: not those of a caller that names secrets. */
  readonly seesEnvironmentSecrets: boolean
  /** What a job has without a `permissions` of its own; in a called workflow the most that it may have. */
  readonly permissions: Permissions
  /** `caller/`, and `caller / `. */
  readonly keyPrefix: string
  readonly namePrefix: string
}

/** What `needs` says of a job. */
export interface JobResult {
  readonly result: Conclusion
  readonly outputs: Variables
}

/** The record of a job that has not begun. */
export function newJob(id: number, key: string, name: string): LiveJob {
  return {
    id,
    key,
    name,
    status: 'queued',
    conclusion: undefined,
    environment: undefined,
    environmentUrl: '',
    steps: [],
    outputs: new Map(),
  }
}

let jobCount = 0

/** Different from those of all other runs. */
export function nextJobId(): number {
  jobCount += 1
  return 40_000_000_000 + jobCount
}

/** Closes the record of a job. */
export function endJob(job: LiveJob, conclusion: Conclusion): void {
  job.status = 'completed'
  job.conclusion = conclusion
}

/** One result of several: a failure outweighs a cancellation, and that a success. */
export function joinResults(results: readonly JobResult[]): JobResult {
  const all = results.map(({ result }) => result)
  const worst = (['failure', 'cancelled', 'success'] as const).find((one) => all.includes(one))
  return {
    result: worst ?? 'skipped',
    outputs: Object.assign({}, ...results.map(({ outputs }) => outputs)),
  }
}
