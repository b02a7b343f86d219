import { awaitTurn } from '../concurrency/turn.ts'
import { JobGraph } from '../jobs/graph.ts'
import type { Conclusion } from '../runs.ts'
import type { LoadedWorkflow } from '../workflow/calls.ts'
import { DEFAULT_PERMISSIONS } from '../workflow/permissions.ts'
import { frameContexts } from './contexts.ts'
import { type Attempt, type Frame, type JobResult, joinResults } from './frame.ts'

/** Runs a workflow that has been read. Never throws: what goes wrong is in the run's record. */
export async function runWorkflow(
  attempt: Attempt,
  loaded: LoadedWorkflow,
  cancel: () => void
): Promise<void> {
  const { run, services, event } = attempt
  const frame: Frame = {
    attempt,
    workflow: loaded.workflow,
    workflowRef: loaded.ref,
    workflowSha: loaded.sha,
    inputs: event.inputs,
    // GitHub keeps its secrets from forks.
    secrets: event.isFromFork ? {} : services.secrets,
    seesEnvironmentSecrets: !event.isFromFork,
    permissions: DEFAULT_PERMISSIONS,
    keyPrefix: '',
    namePrefix: '',
  }
  const admission = await awaitTurn({
    attempt,
    token: loaded.workflow.concurrency,
    scope: { contexts: frameContexts(frame) },
    isWhole: true,
    signal: attempt.signal,
    cancel,
  })
  if (admission.kind === 'cancelled') return endRun(attempt, 'cancelled', [admission.why])
  try {
    run.status = 'in_progress'
    services.runs.announce()
    const results = await new JobGraph(frame, loaded, attempt.signal).run()
    endRun(attempt, concludeRun(attempt, [...results.values()]))
  } finally {
    admission.leave()
  }
}

function concludeRun({ signal }: Attempt, results: readonly JobResult[]): Conclusion {
  const { result } = joinResults(results)
  return signal.aborted && result !== 'failure' ? 'cancelled' : result
}

/** Closes the record of a run. */
export function endRun(
  { run, services }: Attempt,
  conclusion: Conclusion,
  errors: readonly string[] = []
): void {
  run.status = 'completed'
  run.conclusion = conclusion
  run.errors = [...run.errors, ...errors]
  services.runs.announce()
}
