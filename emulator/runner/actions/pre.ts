import { evaluateTexts } from '../expressions/evaluate.ts'
import type { StepScope } from '../steps/scope.ts'
import { holds } from '../steps/step.ts'
import type { StepLog } from '../steps/step-log.ts'
import type { StepTemplate } from '../workflow/model.ts'
import { childOf, literalOf } from '../workflow/tokens.ts'
import { runEntry, variablesOf, withDefaults } from './javascript.ts'
import { findAction } from './uses.ts'

/**
 * Runs `pre` of all actions that have one, before the first step. As on GitHub an action of the
 * workspace has none of it: nothing is checked out yet.
 */
export async function runPres(
  scope: StepScope,
  templates: readonly StepTemplate[],
  log: StepLog
): Promise<void> {
  for (const template of templates) {
    const uses = literalOf(childOf(template.token, 'uses'))
    if (uses === undefined || uses.startsWith('./')) continue
    const action = await findAction(scope, uses)
    if (action?.file.runs.kind !== 'javascript') continue
    const { pre, preCondition } = action.file.runs
    if (pre === undefined || !holds(scope, preCondition, {})) continue
    const given = evaluateTexts(childOf(template.token, 'with'), scope.toExpressions())
    const inputs = withDefaults(scope, { action, inputs: given }, {})
    const variables = variablesOf(scope, { action, id: template.id, inputs })
    const step = { scope, env: {}, log, signal: scope.signal }
    const { exitCode, state } = await runEntry(step, { action }, { entry: pre, variables })
    scope.session.states.set(template.id, state)
    if (exitCode !== 0) scope.hasFailed = true
  }
}
