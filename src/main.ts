import { renderErrorCommand } from './adapters/workflow-commands.ts'
import { ActionError, describeError } from './errors.ts'
import type { InputProblem } from './input-reader.ts'
import { type DeployConfig, parseInputs } from './inputs.ts'

const readInput = (name: string): string => process.env[`INPUT_${name.toUpperCase()}`] ?? ''
const parsed = parseInputs(readInput, { repository: process.env['GITHUB_REPOSITORY'] ?? '' })
if (parsed.problems) refuse(parsed.problems)
else await run(parsed.config)

function refuse(problems: readonly InputProblem[]): void {
  for (const { input, message } of problems) {
    process.stdout.write(`${renderErrorCommand(`Input ${input}`, message)}\n`)
  }
  process.exitCode = 1
}

async function run(config: DeployConfig): Promise<void> {
  const cancel = new AbortController()
  // Everything beyond the inputs is loaded only now: a job with a wrong input pays for none of it.
  const composing = import('./compose.ts').then(({ composeDeploy }) =>
    composeDeploy(config, process.env, cancel.signal)
  )
  const end = async (error: unknown): Promise<void> => {
    const job = await composing
    const message = describeError(error)
    if (error instanceof ActionError) job.fail({ ...error, message, code: error.code })
    else job.fail({ message, code: 'UNEXPECTED', outcome: 'failed' })
    // Work that cannot be interrupted (a download that waits to try again) must not keep the job.
    process.exit(1)
  }
  stopOnSignals(cancel, end)
  const job = await composing
  await job.run().catch(end)
}

/** The runner sends SIGINT, 7.5 s later SIGTERM, and 2.5 s after that it kills. */
function stopOnSignals(cancel: AbortController, end: (error: unknown) => Promise<void>): void {
  const stop = (): void => {
    if (cancel.signal.aborted)
      void end(cancelled('what is still stopping is left to the post step'))
    else cancel.abort(cancelled('what had been started was stopped'))
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
}

function cancelled(what: string): ActionError {
  return new ActionError('CANCELLED', `The run was cancelled; ${what}.`)
}
