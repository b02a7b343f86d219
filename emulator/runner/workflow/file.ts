import type { WorkflowTemplate } from '@actions/workflow-parser'
import type { Step } from '@actions/workflow-parser/model/workflow-template'
import { evaluateToken } from '../expressions/evaluate.ts'
import { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } from './github-parser.ts'
import {
  type CallInterface,
  type EventFilter,
  type InputDefinition,
  type InputType,
  type JobTemplate,
  type StepTemplate,
  type Workflow,
  WorkflowError,
} from './model.ts'
import { childOf, entriesOf, itemsOf, literalOf, type Token } from './tokens.ts'

/** The text of a workflow file that another one calls; `ref` is empty for one of the same commit. */
export type ReadCalled = (path: string, ref: string) => Promise<string>

/**
 * Reads and checks a workflow file with GitHub's own parser. Calls of other workflows are checked
 * against what those want.
 *
 * @throws WorkflowError with everything that is wrong, each with line and column
 */
export async function readWorkflow(
  path: string,
  content: string,
  readCalled?: ReadCalled
): Promise<Workflow> {
  const { context, value: root } = parseWorkflow(
    { name: path, content },
    new NoOperationTraceWriter()
  )
  const problems = (): readonly string[] => context.errors.getErrors().map(({ message }) => message)
  if (root === undefined || problems().length > 0) throw new WorkflowError(path, problems())
  const provider = readCalled && {
    getFileContent: async (file: { readonly path: string; readonly version?: string }) => ({
      name: file.path,
      content: await readCalled(file.path, file.version ?? ''),
    }),
  }
  const depth = provider ? 1 : 0
  const template = await convertWorkflowTemplate(context, root, provider, {
    fetchReusableWorkflowDepth: depth,
  })
  if (problems().length > 0) throw new WorkflowError(path, problems())
  return toWorkflow(path, root, template)
}

function toWorkflow(path: string, root: Token, template: WorkflowTemplate): Workflow {
  const events = Object.entries(template.events).map(([name, filter]) => [name, toFilter(filter)])
  const on = childOf(root, 'on')
  return {
    path,
    name: literalOf(childOf(root, 'name')) ?? path,
    runName: childOf(root, 'run-name'),
    events: Object.fromEntries(events),
    crons: (template.events.schedule ?? []).map(({ cron }) => cron),
    dispatchInputs: readInputs(childOf(childOf(on, 'workflow_dispatch'), 'inputs')),
    call: 'workflow_call' in template.events ? readCall(childOf(on, 'workflow_call')) : undefined,
    permissions: childOf(root, 'permissions'),
    concurrency: childOf(root, 'concurrency'),
    env: childOf(root, 'env'),
    defaults: childOf(root, 'defaults'),
    jobs: readJobs(childOf(root, 'jobs'), template),
  }
}

// The converter's own type for an event is `unknown` where it has no filter.
function toFilter(filter: unknown): EventFilter {
  return typeof filter === 'object' && filter !== null && !Array.isArray(filter) ? filter : {}
}

function readJobs(jobs: Token | undefined, template: WorkflowTemplate): readonly JobTemplate[] {
  return entriesOf(jobs).flatMap(([id, token]) => {
    const job = template.jobs.find((one) => one.id.value === id)
    if (!job) return []
    const steps = job.type === 'job' ? job.steps : []
    return [
      {
        id,
        needs: itemsOf(childOf(token, 'needs')).map((need) => literalOf(need) ?? ''),
        condition: job.if.expression,
        uses: literalOf(childOf(token, 'uses')),
        steps: readSteps(childOf(token, 'steps'), steps),
        token,
      },
    ]
  })
}

/** Joins what was written with what GitHub's converter made of it: ids and conditions. */
export function readSteps(
  tokens: Token | undefined,
  converted: readonly Step[]
): readonly StepTemplate[] {
  if (tokens === undefined) return []
  return itemsOf(tokens).map((token, at) => {
    const step = converted[at]
    const condition = step && 'if' in step ? step.if?.expression : undefined
    return { id: step?.id ?? '', condition: condition ?? 'success()', token }
  })
}

const INPUT_TYPES: readonly InputType[] = ['string', 'boolean', 'number', 'choice', 'environment']

function readInputs(inputs: Token | undefined): readonly InputDefinition[] {
  return entriesOf(inputs).map(([name, input]) => ({
    name,
    type: INPUT_TYPES.find((type) => type === literalOf(childOf(input, 'type'))) ?? 'string',
    isRequired: evaluateToken(childOf(input, 'required'), { contexts: {} }) === true,
    default: childOf(input, 'default'),
    options: itemsOf(childOf(input, 'options')).map((option) => literalOf(option) ?? ''),
  }))
}

function readCall(call: Token | undefined): CallInterface {
  return {
    inputs: readInputs(childOf(call, 'inputs')),
    secrets: entriesOf(childOf(call, 'secrets')).map(([name, secret]) => ({
      name,
      isRequired: evaluateToken(childOf(secret, 'required'), { contexts: {} }) === true,
    })),
    outputs: entriesOf(childOf(call, 'outputs')).map(([name, output]) => ({
      name,
      value: childOf(output, 'value'),
    })),
  }
}
