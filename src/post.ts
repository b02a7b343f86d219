import { rm } from 'node:fs/promises'
import { WORK_DIRECTORY_STATE } from './state.ts'

/** Removes the folder that holds the credentials file; the runner calls this after a cancel, too. */
const workDirectory = process.env[`STATE_${WORK_DIRECTORY_STATE}`] ?? ''
if (workDirectory === '') {
  process.stdout.write('Nothing to clean up: the step ended before it wrote anything.\n')
} else {
  await rm(workDirectory, { recursive: true, force: true })
  process.stdout.write('Removed the credentials and working files of this step.\n')
}
