import { evaluateText } from '../expressions/evaluate.ts'
import { StepScope, type Variables } from '../steps/scope.ts'
import { type RunningStep, runStep, type StepEnd } from '../steps/step.ts'
import type { CompositeRuns } from '../workflow/action-file.ts'
import { withDefaults } from './javascript.ts'
import type { FoundAction } from './uses.ts'

/** A composite action and what the step gives to it. */
export interface CompositeUse {
  readonly action: FoundAction
  readonly runs: CompositeRuns
  readonly inputs: Variables
}

/** Runs the steps of a composite action in the log of the step that uses it. */
export async function runComposite(step: RunningStep, use: CompositeUse): Promise<StepEnd> {
  const { action, runs } = use
  const { session } = step.scope
  const inner = new StepScope({
    session,
    inputs: withDefaults(step.scope, use, step.env),
    signal: step.signal,
    env: { ...step.scope.env, ...step.env },
    github: {
      action_path: action.directory,
      action_repository: action.repository,
      action_ref: action.ref,
    },
  })
  for (const template of runs.steps) await runStep(inner, template, step.log)
  const outputs = runs.outputs.map(
    ({ name, value }) => [name, evaluateText(value, inner.toExpressions())] as const
  )
  return { exitCode: inner.hasFailed ? 1 : 0, outputs: new Map(outputs) }
}
