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
  process.once('SIGINT', () => {
    cancel.abort(
      new ActionError('CANCELLED', 'The run was cancelled; what had been started was stopped.')
    )
  })
  // Everything beyond the inputs is loaded only now: a job with a wrong input pays for none of it.
  const { composeDeploy } = await import('./compose.ts')
  const job = composeDeploy(config, process.env, cancel.signal)
  try {
    await job.run()
  } catch (error) {
    const message = describeError(error)
    if (error instanceof ActionError) job.fail({ ...error, message, code: error.code })
    else job.fail({ message, code: 'UNEXPECTED', outcome: 'failed' })
    // Work that cannot be interrupted (a download that waits to try again) must not keep the job.
    process.exit(1)
  }
}
