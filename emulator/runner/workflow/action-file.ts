import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { codeOf } from '../failures.ts'
import { readSteps } from './file.ts'
import {
  convertActionTemplate,
  ErrorPolicy,
  NoOperationTraceWriter,
  parseAction,
} from './github-parser.ts'
import type { StepTemplate } from './model.ts'
import { childOf, entriesOf, literalOf, type Token } from './tokens.ts'

/** An action.yml, checked. */
export interface ActionFile {
  readonly name: string
  readonly inputs: readonly ActionInput[]
  readonly runs: JavaScriptRuns | CompositeRuns
}

/** One of `inputs`; its default may be an expression. */
export interface ActionInput {
  readonly name: string
  readonly isRequired: boolean
  readonly default: Token | undefined
}

/** Entries are relative to the folder of the action. */
export interface JavaScriptRuns {
  readonly kind: 'javascript'
  readonly pre: string | undefined
  readonly preCondition: string
  readonly main: string
  readonly post: string | undefined
  readonly postCondition: string
}

/** Steps in the form of those of a job. */
export interface CompositeRuns {
  readonly kind: 'composite'
  readonly steps: readonly StepTemplate[]
  readonly outputs: readonly { readonly name: string; readonly value: Token | undefined }[]
}

/**
 * Reads the action.yml (or action.yaml) of a folder with GitHub's own parser.
 *
 * @throws Error when there is none, when it is wrong, or when it is a container
 */
export async function readActionFile(directory: string): Promise<ActionFile> {
  const { name, content } = await readManifest(directory)
  const { context, value: root } = parseAction({ name, content }, new NoOperationTraceWriter())
  // The runner itself does without a description.
  const errors = context.errors
    .getErrors()
    .map(({ message }) => message)
    .filter((message) => !message.endsWith('Required property is missing: description'))
  if (root === undefined || errors.length > 0) throw new Error(errors.join('\n'))
  const template = convertActionTemplate(context, root, {
    errorPolicy: ErrorPolicy.TryConversion,
  })
  const runs = childOf(root, 'runs')
  const inputs = entriesOf(childOf(root, 'inputs')).map(([input, token]) => ({
    name: input,
    isRequired: literalOf(childOf(token, 'required')) === 'true',
    default: childOf(token, 'default'),
  }))
  if (template.runs.using === 'docker')
    throw new Error(`${name}: container actions are not emulated.`)
  if (template.runs.using === 'composite') {
    const steps = readSteps(childOf(runs, 'steps'), template.runs.steps)
    const outputs = entriesOf(childOf(root, 'outputs')).map(([output, token]) => ({
      name: output,
      value: childOf(token, 'value'),
    }))
    return { name: template.name, inputs, runs: { kind: 'composite', steps, outputs } }
  }
  const text = (key: string): string | undefined => literalOf(childOf(runs, key))
  return {
    name: template.name,
    inputs,
    runs: {
      kind: 'javascript',
      pre: text('pre'),
      preCondition: text('pre-if') ?? 'always()',
      main: template.runs.main,
      post: text('post'),
      postCondition: text('post-if') ?? 'always()',
    },
  }
}

async function readManifest(
  directory: string
): Promise<{ readonly name: string; readonly content: string }> {
  for (const name of ['action.yml', 'action.yaml']) {
    try {
      return { name, content: await readFile(join(directory, name), 'utf8') }
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') throw error
    }
  }
  throw new Error(
    `Can't find 'action.yml' or 'action.yaml' under '${directory}'. Did you forget to run actions/checkout before running your local action?`
  )
}
