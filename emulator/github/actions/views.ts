import type { LogLine } from '../../runner/log-lines.ts'
import type { JobRun, StepRun, WorkflowRun } from '../../runner/runs.ts'
import { type Surroundings, viewUser } from '../api/views.ts'
import { actor } from '../store.ts'

const SERVER = 'https://github.com'

/** A run as the API shows it. */
export function viewRun(run: WorkflowRun, { store, apiUrl }: Surroundings) {
  return {
    id: run.id,
    name: run.name,
    path: run.path,
    display_title: run.title,
    run_number: run.number,
    run_attempt: run.attempt,
    event: run.event,
    head_branch: run.branch,
    head_sha: run.sha,
    status: run.status,
    conclusion: run.conclusion ?? null,
    actor: viewUser(actor(run.actor)),
    triggering_actor: viewUser(actor(run.actor)),
    created_at: timeOf(run.createdAtMs),
    run_started_at: timeOf(run.createdAtMs),
    url: `${apiUrl()}/repos/${store.repository}/actions/runs/${run.id}`,
    jobs_url: `${apiUrl()}/repos/${store.repository}/actions/runs/${run.id}/jobs`,
    html_url: `${SERVER}/${store.repository}/actions/runs/${run.id}`,
  }
}

/** A job with its steps as the API shows it. */
export function viewJob(run: WorkflowRun, job: JobRun, { store }: Surroundings): unknown {
  return {
    id: job.id,
    run_id: run.id,
    run_attempt: run.attempt,
    name: job.name,
    workflow_name: run.name,
    head_sha: run.sha,
    status: job.status,
    conclusion: job.conclusion ?? null,
    started_at: timeOf(job.steps[0]?.startedAtMs),
    completed_at: job.status === 'completed' ? timeOf(job.steps.at(-1)?.endedAtMs) : null,
    steps: job.steps.map(viewStep),
    html_url: `${SERVER}/${store.repository}/actions/runs/${run.id}/job/${job.id}`,
  }
}

function viewStep(step: StepRun): unknown {
  return {
    name: step.name,
    number: step.number,
    status: step.status,
    conclusion: step.conclusion ?? null,
    started_at: timeOf(step.startedAtMs),
    completed_at: timeOf(step.endedAtMs),
  }
}

/** As the download of a job's log reads, without times. */
export function renderLog({ steps }: JobRun): string {
  return steps.flatMap(({ log }) => log.map(renderLine)).join('\n')
}

function renderLine(line: LogLine): string {
  switch (line.kind) {
    case 'group':
      return `##[group]${line.title}`
    case 'endgroup':
      return '##[endgroup]'
    case 'annotation':
      return `##[${line.level}]${line.text}`
    case 'debug':
      return `##[debug]${line.text}`
    default:
      return line.text
  }
}

function timeOf(atMs: number | undefined): string | null {
  return atMs === undefined ? null : new Date(atMs).toISOString().replace(/\.\d+Z$/, 'Z')
}
