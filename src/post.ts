import { rm } from 'node:fs/promises'
import { OutlivingChild } from './adapters/processes/outliving.ts'
import { describeError } from './errors.ts'
import { readInputs } from './inputs.ts'
import {
  ATTEMPT_STATE,
  type AttemptState,
  DEPLOYMENT_STATE,
  WORK_DIRECTORY_STATE,
} from './state.ts'

/** The runner gives a cancelled job five minutes in all, and the attempt needs one of them. */
const TERRAFORM_MS = 180_000

/**
 * The runner calls this after main, also after one that it cancelled or killed: lets a terraform
 * that main left behind end, removes the folder that holds the credentials file, and finishes an
 * attempt, and the GitHub deployment of it, that main could not.
 */
const workDirectory = process.env[`STATE_${WORK_DIRECTORY_STATE}`] ?? ''
if (workDirectory === '') {
  process.stdout.write('Nothing to clean up: the step wrote no credentials or working files.\n')
} else {
  await letTerraformEnd(workDirectory)
  await rm(workDirectory, { recursive: true, force: true })
  process.stdout.write('Removed the credentials and working files of this step.\n')
}
const deployment = process.env[`STATE_${DEPLOYMENT_STATE}`] ?? ''
const attempt = process.env[`STATE_${ATTEMPT_STATE}`] ?? ''
// A GitHub that does not answer must not keep the group on a release that nobody watches.
await Promise.all([
  deployment === '' ? undefined : endShown(Number(deployment)),
  attempt === '' ? undefined : finish(JSON.parse(attempt)),
])
// What a timeout cut short may still hold a connection; the job is red already.
process.exit(0)

/** It frees its state lock at the end, with the credentials of the folder. */
async function letTerraformEnd(folder: string): Promise<void> {
  const terraform = new OutlivingChild(folder)
  const { pid } = terraform
  if (pid === undefined) return
  terraform.interrupt()
  process.stdout.write(`Terraform (process ${pid}) is still stopping: waiting for it.\n`)
  const hasEnded = await terraform.hasEnded(TERRAFORM_MS)
  process.stdout.write(
    hasEnded
      ? 'Terraform has ended.\n'
      : `Terraform (process ${pid}) did not end within ${TERRAFORM_MS / 1000} s, and may leave its state lock behind: the next run names the command that frees it.\n`
  )
}

async function endShown(deployment: number): Promise<void> {
  const { config } = readInputs(process.env)
  if (config === undefined) return
  const { endDeployment } = await import('./compose/deployment-end.ts')
  await endDeployment(config, process.env, deployment)
}

async function finish(state: AttemptState): Promise<void> {
  const { config } = readInputs(process.env)
  // Main has read the same inputs before it left this state.
  if (config === undefined) return
  const { composeHandOver } = await import('./compose/hand-over.ts')
  const job = composeHandOver(config, process.env, state)
  try {
    await job.run()
  } catch (error) {
    // The next run settles what is left.
    job.say(describeError(error))
  }
}
