import type { LogLine } from '../../runner/log-lines.ts'
import type { JobRun, RunBook, StepRun, WorkflowRun } from '../../runner/runs.ts'

/** A step without its log, which is read when somebody opens it. */
export interface StepState
  extends Pick<StepRun, 'number' | 'name' | 'status' | 'conclusion' | 'startedAtMs' | 'endedAtMs'> {
  readonly lines: number
  readonly annotations: readonly { readonly level: string; readonly text: string }[]
}

/** A job of a run; of a matrix each leg. */
export interface JobState
  extends Pick<JobRun, 'id' | 'name' | 'status' | 'conclusion' | 'environment' | 'environmentUrl'> {
  readonly steps: readonly StepState[]
}

/** A run of a workflow with its jobs. */
export interface RunState
  extends Pick<
    WorkflowRun,
    'id' | 'attempt' | 'number' | 'name' | 'path' | 'event' | 'branch' | 'sha' | 'title' | 'actor'
  > {
  readonly status: WorkflowRun['status']
  readonly conclusion: WorkflowRun['conclusion']
  readonly createdAtMs: number
  readonly errors: readonly string[]
  readonly jobs: readonly JobState[]
  /** What its steps wrote for the page of the run, one after the other; Markdown. */
  readonly summary: string
}

/** Newest first. */
export function readRuns(book: RunBook | undefined): readonly RunState[] {
  return book?.list().map(readRun) ?? []
}

/** Where a log is found. */
export interface StepAddress {
  readonly run: number
  readonly job: number
  readonly step: number
}

/** Undefined when there is no such step. */
export function readLog(
  book: RunBook | undefined,
  { run, job, step }: StepAddress
): readonly LogLine[] | undefined {
  const steps = book?.find(run)?.jobs.find(({ id }) => id === job)?.steps ?? []
  return steps.find(({ number }) => number === step)?.log
}

function readRun(run: WorkflowRun): RunState {
  const { id, attempt, number, name, path, event, branch, sha, title, actor } = run
  const { status, conclusion, createdAtMs, errors } = run
  const summaries = run.jobs.flatMap(({ steps }) => steps.map(({ summary }) => summary.trim()))
  return {
    ...{ id, attempt, number, name, path, event, branch, sha, title, actor },
    ...{ status, conclusion, createdAtMs, errors },
    jobs: run.jobs.map(readJob),
    summary: summaries.filter((text) => text !== '').join('\n\n'),
  }
}

function readJob({ id, name, status, conclusion, ...job }: JobRun): JobState {
  const { environment, environmentUrl } = job
  return {
    ...{ id, name, status, conclusion, environment, environmentUrl },
    steps: job.steps.map(readStep),
  }
}

function readStep({ number, name, status, conclusion, ...step }: StepRun): StepState {
  const { startedAtMs, endedAtMs, log, annotations } = step
  return {
    ...{ number, name, status, conclusion, startedAtMs, endedAtMs },
    lines: log.length,
    annotations: annotations.map(({ level, text }) => ({ level, text })),
  }
}
