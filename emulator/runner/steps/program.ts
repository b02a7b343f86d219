import { join } from 'node:path'
import { CommandFiles } from '../command-files.ts'
import { isMapping } from '../expressions/values.ts'
import { githubVariables, runnerVariables } from './environment.ts'
import { runProcess } from './process.ts'
import type { Session, StepScope, Variables } from './scope.ts'
import type { RunningStep, StepEnd } from './step.ts'
import type { StepLog } from './step-log.ts'

/** One process of a step, with everything that the runner gives to it. */
export interface Program {
  readonly command: string
  readonly args: readonly string[]
  readonly cwd: string
  /** Inputs, state, what `github` says of the action. */
  readonly variables: Variables
}

/** The step whose process it is; a post step has no signal. */
export type ProgramStep = Pick<RunningStep, 'scope' | 'env' | 'log'> & {
  readonly signal?: AbortSignal | undefined
}

/** Its end, and what it has left for its post step. */
export interface ProgramEnd extends StepEnd {
  readonly state: ReadonlyMap<string, string>
}

/** Runs it, and does what it wrote to its command files. */
export async function runProgram(step: ProgramStep, program: Program): Promise<ProgramEnd> {
  const { scope, log } = step
  const { session } = scope
  const files = await CommandFiles.create(session.folders.temp)
  const exitCode = await runProcess({
    command: program.command,
    args: program.args,
    cwd: program.cwd,
    env: { ...variablesOf(step), ...program.variables, ...files.environment },
    onLine: (line) => log.take(line),
    signal: step.signal,
    deadline: session.deadline,
  })
  const isRefused = await applyFiles(files, session, log)
  return {
    exitCode: isRefused ? exitCode || 1 : exitCode,
    outputs: await files.readPairs('OUTPUT'),
    state: await files.readPairs('STATE'),
  }
}

function variablesOf({ scope, env }: ProgramStep): Variables {
  const { session } = scope
  const { github, runner } = session.contexts
  const runnerContext = runnerVariables(session.folders)
  const all: Record<string, string> = {
    ...runnerContext,
    ...session.machine,
    HOME: session.folders.home,
    ...Object.fromEntries(session.env),
    ...scope.env,
    ...env,
    // Nobody overwrites these, whatever a workflow tries.
    ...ofTheRunner(runnerContext),
    ...githubVariables({ ...(isMapping(github) ? github : {}), ...scope.github }),
    ...(isMapping(runner) && { RUNNER_NAME: String(runner['name']) }),
    ...session.tokens,
  }
  return { ...all, PATH: [...session.path, all['PATH'] ?? ''].join(':') }
}

function ofTheRunner(variables: Variables): Variables {
  const own = Object.entries(variables).filter(([name]) => /^(RUNNER_|GITHUB_|CI$)/.test(name))
  return Object.fromEntries(own)
}

/** @returns whether the step has asked for something that the runner refuses */
async function applyFiles(files: CommandFiles, session: Session, log: StepLog): Promise<boolean> {
  log.addSummary(await files.readSummary())
  session.path.unshift(...(await files.readPath()))
  let isRefused = false
  for (const [name, value] of await files.readPairs('ENV')) {
    if (name === 'NODE_OPTIONS') {
      log.complain(
        'error',
        "Can't store NODE_OPTIONS output parameter using '$GITHUB_ENV' command."
      )
      isRefused = true
    } else session.env.set(name, value)
  }
  return isRefused
}

/** A path of a workflow, which is relative to the workspace. */
export function inWorkspace({ session }: StepScope, path: string): string {
  return path.startsWith('/') ? path : join(session.folders.workspace, path)
}
