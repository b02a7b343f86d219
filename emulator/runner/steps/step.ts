import { runUses } from '../actions/uses.ts'
import {
  evaluateExpression,
  evaluateText,
  evaluateTexts,
  evaluateToken,
} from '../expressions/evaluate.ts'
import { isTruthy } from '../expressions/values.ts'
import { messageOf } from '../failures.ts'
import type { Conclusion } from '../runs.ts'
import type { StepTemplate } from '../workflow/model.ts'
import { childOf } from '../workflow/tokens.ts'
import type { StepResult, StepScope, Variables } from './scope.ts'
import { runScript } from './script.ts'
import type { StepLog } from './step-log.ts'

/** A step that is running. */
export interface RunningStep {
  readonly scope: StepScope
  readonly template: StepTemplate
  /** Its own variables. */
  readonly env: Variables
  readonly log: StepLog
  readonly name: string
  /** Aborted when this step is to end: cancelled, or out of time. */
  readonly signal: AbortSignal
}

/** What came of the work itself. */
export interface StepEnd {
  readonly exitCode: number
  readonly outputs: ReadonlyMap<string, string>
}

/** As long as its expressions cannot be evaluated it is called what was written. */
export function nameOf({ token }: StepTemplate): string {
  const written = (key: string): string => childOf(token, key)?.assertScalar(key).toString() ?? ''
  return written('name') || `Run ${written('uses') || firstLineOf(written('run'))}`
}

function firstLineOf(text: string): string {
  return text.trim().split('\n')[0] ?? ''
}

/**
 * Runs one step if its condition holds, and keeps in the scope what became of it. Never throws: what
 * goes wrong is the step's failure.
 */
export async function runStep(
  scope: StepScope,
  template: StepTemplate,
  log: StepLog
): Promise<StepResult> {
  const result = await attempt(scope, template, log)
  scope.steps.set(template.id, result)
  if (result.conclusion === 'failure') scope.hasFailed = true
  return result
}

async function attempt(
  scope: StepScope,
  template: StepTemplate,
  log: StepLog
): Promise<StepResult> {
  const nothing = new Map<string, string>()
  try {
    const env = evaluateTexts(childOf(template.token, 'env'), scope.toExpressions())
    if (!holds(scope, template.condition, env))
      return { outcome: 'skipped', conclusion: 'skipped', outputs: nothing }
    const name = evaluateName(scope, template, env)
    // In the log of a composite action its steps are not told apart.
    if (!scope.isComposite) log.begin(name)
    const [outcome, outputs] = await runWithin({ scope, template, env, log, name })
    const goesOn = isTruthy(
      evaluateToken(childOf(template.token, 'continue-on-error'), scope.toExpressions(env))
    )
    const conclusion = outcome === 'failure' && goesOn ? 'success' : outcome
    return { outcome, conclusion, outputs }
  } catch (error) {
    log.complain('error', messageOf(error))
    return { outcome: 'failure', conclusion: 'failure', outputs: nothing }
  }
}

/** Whether a condition holds now, or would if the job were cancelled. */
export function holds(
  scope: StepScope,
  condition: string,
  env: Variables,
  isCancelled?: boolean
): boolean {
  return isTruthy(evaluateExpression(condition, scope.toExpressions(env, isCancelled)))
}

function evaluateName(scope: StepScope, template: StepTemplate, env: Variables): string {
  const text = (key: string): string =>
    evaluateText(childOf(template.token, key), scope.toExpressions(env))
  return text('name') || `Run ${text('uses') || firstLineOf(text('run'))}`
}

const MINUTE_MS = 60_000

async function runWithin(
  step: Omit<RunningStep, 'signal'>
): Promise<readonly [Conclusion, ReadonlyMap<string, string>]> {
  const { scope, template, env, log, name } = step
  const end = new AbortController()
  // On cancel the server asks the condition again: a step that runs always() runs on.
  const cancel = (): void => {
    if (!holds(scope, template.condition, env, true)) end.abort('cancelled')
  }
  if (!scope.signal.aborted) scope.signal.addEventListener('abort', cancel, { once: true })
  const timeout = evaluateToken(
    childOf(template.token, 'timeout-minutes'),
    scope.toExpressions(env)
  )
  const timer =
    typeof timeout === 'number'
      ? setTimeout(() => end.abort('timeout'), timeout * MINUTE_MS)
      : undefined
  try {
    const { exitCode, outputs } = await runBody({ ...step, signal: end.signal })
    if (end.signal.reason === 'cancelled') return ['cancelled', outputs]
    if (end.signal.reason === 'timeout') {
      log.complain('error', `The action '${name}' has timed out after ${timeout} minutes.`)
      return ['failure', outputs]
    }
    return [exitCode === 0 ? 'success' : 'failure', outputs]
  } finally {
    clearTimeout(timer)
    scope.signal.removeEventListener('abort', cancel)
  }
}

async function runBody(step: RunningStep): Promise<StepEnd> {
  const nothing = new Map<string, string>()
  try {
    const isScript = childOf(step.template.token, 'run') !== undefined
    return await (isScript ? runScript(step) : runUses(step))
  } catch (error) {
    step.log.complain('error', messageOf(error))
    return { exitCode: 1, outputs: nothing }
  }
}
