import { rm } from 'node:fs/promises'
import { describeError } from './errors.ts'
import { parseInputs } from './inputs.ts'
import { ATTEMPT_STATE, type AttemptState, WORK_DIRECTORY_STATE } from './state.ts'

/**
 * The runner calls this after main, also after one that it cancelled or killed: removes the folder
 * that holds the credentials file, and finishes an attempt that main could not.
 */
const workDirectory = process.env[`STATE_${WORK_DIRECTORY_STATE}`] ?? ''
if (workDirectory === '') {
  process.stdout.write('Nothing to clean up: the step ended before it wrote anything.\n')
} else {
  await rm(workDirectory, { recursive: true, force: true })
  process.stdout.write('Removed the credentials and working files of this step.\n')
}
const attempt = process.env[`STATE_${ATTEMPT_STATE}`] ?? ''
if (attempt !== '') await finish(JSON.parse(attempt))

async function finish(state: AttemptState): Promise<void> {
  const readInput = (name: string): string => process.env[`INPUT_${name.toUpperCase()}`] ?? ''
  const { config } = parseInputs(readInput, { repository: process.env['GITHUB_REPOSITORY'] ?? '' })
  // Main has read the same inputs before it left this state.
  if (config === undefined) return
  const { composeHandOver } = await import('./compose.ts')
  const job = composeHandOver(config, process.env, state)
  try {
    await job.run()
  } catch (error) {
    job.say(describeError(error))
    // The job is red already; the next run settles what is left.
    process.exit(0)
  }
}
