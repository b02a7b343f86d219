import type { TriggeringEvent } from '../events/event.ts'
import { evaluateText } from '../expressions/evaluate.ts'
import type { WorkflowRun } from '../runs.ts'
import type { LoadedWorkflow } from '../workflow/calls.ts'
import { variablesOf } from './contexts.ts'
import type { Attempt, LiveRun } from './frame.ts'

/** The record of a run before its file has been read. */
export function newRun(
  event: TriggeringEvent,
  is: Pick<WorkflowRun, 'id' | 'number' | 'path' | 'attempt'>
): LiveRun {
  return {
    ...is,
    name: is.path,
    event: event.name,
    branch: event.branch,
    sha: event.headSha,
    title: event.title || is.path,
    actor: event.actor,
    status: 'queued',
    conclusion: undefined,
    createdAtMs: Date.now(),
    errors: [],
    jobs: [],
  }
}

/** `run-name` sees the event and the inputs; without it a run is called after what happened. */
export function describeRun({ run, event, services }: Attempt, { workflow }: LoadedWorkflow): void {
  run.name = workflow.name
  run.title = event.title || workflow.name
  const github = { actor: event.actor, ref: event.ref, sha: event.sha, event: event.payload }
  const contexts = { github, inputs: event.inputs, vars: variablesOf({ event, services }) }
  run.title = evaluateText(workflow.runName, { contexts }).trim() || run.title
}
