import { join } from 'node:path'
import { evaluateText } from '../expressions/evaluate.ts'
import { inputVariables, stateVariables } from '../steps/environment.ts'
import { type ProgramEnd, type ProgramStep, runProgram } from '../steps/program.ts'
import type { StepScope, Variables } from '../steps/scope.ts'
import type { RunningStep, StepEnd } from '../steps/step.ts'
import type { JavaScriptRuns } from '../workflow/action-file.ts'
import type { FoundAction } from './uses.ts'

/** A JavaScript action and what the step gives to it. */
export interface JavaScriptUse {
  readonly action: FoundAction
  readonly runs: JavaScriptRuns
  readonly inputs: Variables
}

/** Runs main; post is left for the end of the job, whatever becomes of main. */
export async function runJavaScript(step: RunningStep, use: JavaScriptUse): Promise<StepEnd> {
  const { scope, template, env, name, log } = step
  const { post, postCondition } = use.runs
  const inputs = withDefaults(scope, use, env)
  warnOfInputs(step, use)
  const before = scope.session.states.get(template.id) ?? new Map<string, string>()
  const variables = {
    ...variablesOf(scope, { action: use.action, id: template.id, inputs }),
    ...stateVariables(before),
  }
  const main = (): Promise<ProgramEnd> => runEntry(step, use, { entry: use.runs.main, variables })
  if (post === undefined) return main()
  // Registered before main runs: a main that is killed has a post step, too.
  let state: ReadonlyMap<string, string> = new Map()
  scope.session.posts.push({
    name: `Post ${name}`,
    condition: postCondition,
    scope,
    env,
    run: async (postLog) => {
      const withState = { ...variables, ...stateVariables(state) }
      const after = { scope, env, log: postLog }
      return (await runEntry(after, use, { entry: post, variables: withState })).exitCode
    },
  })
  const end = await main()
  state = end.state
  if (end.exitCode !== 0 && !step.signal.aborted && log.record.annotations.length === 0)
    log.say(`The action ended with exit code ${end.exitCode}.`)
  return end
}

interface Entry {
  readonly entry: string
  readonly variables: Variables
}

/** Runs pre, main or post of an action in the workspace. */
export function runEntry(
  step: ProgramStep,
  { action }: Pick<JavaScriptUse, 'action'>,
  { entry, variables }: Entry
): Promise<ProgramEnd> {
  return runProgram(step, {
    command: process.execPath,
    args: [join(action.directory, entry)],
    cwd: step.scope.session.folders.workspace,
    variables,
  })
}

/** What the action finds in its environment besides what every step has. */
export function variablesOf(
  { session }: StepScope,
  what: { readonly action: FoundAction; readonly id: string; readonly inputs: Variables }
): Variables {
  const { action, id, inputs } = what
  return {
    ...inputVariables(inputs),
    GITHUB_ACTION: id,
    GITHUB_ACTION_PATH: action.directory,
    GITHUB_ACTION_REPOSITORY: action.repository,
    GITHUB_ACTION_REF: action.ref,
    RUNNER_TEMP: session.folders.temp,
  }
}

/** Inputs as given, and the defaults of the others, which may be expressions. */
export function withDefaults(
  scope: StepScope,
  { action, inputs }: Pick<JavaScriptUse, 'action' | 'inputs'>,
  env: Variables
): Variables {
  const given = new Set(Object.keys(inputs).map((name) => name.toLowerCase()))
  const defaults = action.file.inputs
    .filter(({ name }) => !given.has(name.toLowerCase()))
    .map((input) => [input.name, evaluateText(input.default, scope.toExpressions(env))] as const)
  return { ...Object.fromEntries(defaults), ...inputs }
}

// The runner lets an unknown input through, and says so.
function warnOfInputs({ log }: RunningStep, { action, inputs }: JavaScriptUse): void {
  const known = action.file.inputs.map(({ name }) => name)
  const lower = new Set(known.map((name) => name.toLowerCase()))
  const unexpected = Object.keys(inputs).filter((name) => !lower.has(name.toLowerCase()))
  if (unexpected.length === 0) return
  const quoted = (names: readonly string[]): string => names.map((name) => `'${name}'`).join(', ')
  log.complain(
    'warning',
    `Unexpected input(s) ${quoted(unexpected)}, valid inputs are [${quoted(known)}]`
  )
}
