import { createRequire, type registerHooks } from 'node:module'

type Load = NonNullable<Parameters<typeof registerHooks>[0]['load']>

// The package imports its schemas as bundlers allow it, without the attribute that Node demands.
const load: Load = (url, context, next) =>
  url.includes('/@actions/workflow-parser/') && url.endsWith('.json')
    ? next(url, { ...context, importAttributes: { type: 'json' } })
    : next(url, context)

const nodeModule: { readonly registerHooks: typeof registerHooks } = createRequire(import.meta.url)(
  'node:module'
)
try {
  nodeModule.registerHooks({ load })
} catch {
  // Jest lets nobody hook into its loader, which takes JSON without the attribute.
}

/** GitHub's own reader of workflow files, imported once the hook is there. */
export const {
  convertWorkflowTemplate,
  isBasicExpression,
  isBoolean,
  isMapping,
  isNumber,
  isSequence,
  isString,
  NoOperationTraceWriter,
  parseWorkflow,
} = await import('@actions/workflow-parser')

/** The same for action.yml. */
export const { parseAction } = await import('@actions/workflow-parser/actions/action-parser')
/** What a read action.yml says of how it runs. */
export const { convertActionTemplate } = await import(
  '@actions/workflow-parser/actions/action-template'
)
/** Whether it is converted in spite of what is missing. */
export const { ErrorPolicy } = await import('@actions/workflow-parser/model/convert')
