import { onStopSignals } from './adapters/processes/stop-signals.ts'
import { renderErrorCommand } from './adapters/runner/workflow-commands.ts'
import { compose, isUnplanned } from './compose.ts'
import { ActionError, describeError } from './errors.ts'
import type { InputProblem } from './inputs/reader.ts'
import { type Config, readInputs } from './inputs.ts'

const parsed = readInputs(process.env)
if (parsed.problems) await refuse(parsed.problems)
else await run(parsed.config)

async function refuse(problems: readonly InputProblem[]): Promise<void> {
  if (await isUnplanned(process.env)) return
  for (const { input, message } of problems) {
    process.stdout.write(`${renderErrorCommand(`Input ${input}`, message)}\n`)
  }
  process.exitCode = 1
}

async function run(config: Config): Promise<void> {
  const cancel = new AbortController()
  const composing = compose(config, process.env, cancel.signal)
  const fail = async (error: unknown): Promise<void> => {
    const job = await composing
    const message = describeError(error)
    if (error instanceof ActionError) job.fail({ ...error, message, code: error.code })
    else job.fail({ message, code: 'UNEXPECTED', outcome: 'failed' })
    process.exit(1)
  }
  onStopSignals({
    first: () => cancel.abort(cancelled('what had been started was stopped')),
    more: () => void fail(cancelled('what is still stopping is left to the post step')),
  })
  await composing.then((job) => job.run()).catch(fail)
  // What is still under way (a renewal of the lock, a download that waits) must not keep the job.
  process.exit(0)
}

function cancelled(what: string): ActionError {
  return new ActionError('CANCELLED', `The run was cancelled; ${what}.`)
}
