import { evaluateText, evaluateTexts, evaluateToken } from '../expressions/evaluate.ts'
import { isMapping } from '../expressions/values.ts'
import { frameContexts } from '../run/contexts.ts'
import { type Frame, type JobResult, joinResults } from '../run/frame.ts'
import type { Variables } from '../steps/scope.ts'
import type { LoadedWorkflow } from '../workflow/calls.ts'
import { checkInputs } from '../workflow/inputs.ts'
import { childOf, literalOf } from '../workflow/tokens.ts'
import { permissionsOf } from './identity.ts'
import type { JobOptions } from './job.ts'

type RunFrame = (frame: Frame) => Promise<ReadonlyMap<string, JobResult>>

/**
 * Runs the workflow that a job calls, and makes one result of it.
 *
 * @throws Error when the inputs do not fit
 */
export async function callWorkflow(
  options: JobOptions,
  called: LoadedWorkflow,
  run: RunFrame
): Promise<JobResult> {
  const frame = toFrame(options, called)
  const jobs = await run(frame)
  const results = [...jobs.values()]
  const contexts = {
    ...frameContexts(frame),
    jobs: Object.fromEntries(
      [...jobs].map(([id, { result, outputs }]) => [id, { result, outputs }])
    ),
  }
  const outputs = (called.workflow.call?.outputs ?? []).map(
    ({ name, value }) => [name, evaluateText(value, { contexts })] as const
  )
  return { result: joinResults(results).result, outputs: Object.fromEntries(outputs) }
}

function toFrame(options: JobOptions, called: LoadedWorkflow): Frame {
  const { frame, template, scope } = options
  const given = evaluateToken(childOf(template.token, 'with'), scope)
  const { inputs, problems } = checkInputs({
    definitions: called.workflow.call?.inputs ?? [],
    given: isMapping(given) ? given : {},
    scope: { contexts: frameContexts(frame) },
  })
  if (problems.length > 0) throw new Error(problems.join('\n'))
  const inherits = literalOf(childOf(template.token, 'secrets')) === 'inherit'
  return {
    attempt: frame.attempt,
    workflow: called.workflow,
    workflowRef: called.ref,
    workflowSha: called.sha,
    inputs,
    secrets: inherits ? frame.secrets : readSecrets(options),
    seesEnvironmentSecrets: inherits && frame.seesEnvironmentSecrets,
    permissions: permissionsOf(frame, template),
    keyPrefix: `${options.job.key}/`,
    namePrefix: `${options.job.name} / `,
  }
}

function readSecrets({ template, scope }: JobOptions): Variables {
  return evaluateTexts(childOf(template.token, 'secrets'), scope)
}
