import { join } from 'node:path'
import { ensureBaseImage } from './setup/base-image.ts'
import { type Log, SetupError } from './setup/command.ts'
import { ensureEngine } from './setup/engine.ts'
import { findTerraform } from './setup/terraform.ts'

/**
 * Fetches ahead of time what the demo and the end-to-end tests need, says what this machine has,
 * and stops what it started.
 */
async function main(): Promise<void> {
  const workDirectory = join(import.meta.dirname, '../.work/setup')
  const log: Log = (line) => console.log(line)
  const terraform = await findTerraform()
  const downloads = 'no terraform on PATH: the action downloads its own, which needs the internet'
  log(terraform === undefined ? downloads : `terraform ${terraform.version} at ${terraform.path}`)
  const engine = await ensureEngine({ workDirectory, log })
  try {
    log(`docker buildx: ${engine.buildx ? 'yes' : 'no, images are built by plain docker build'}`)
    const { reference } = await ensureBaseImage(engine, { workDirectory, log })
    log(`base image: ${reference}`)
  } finally {
    await engine.stop()
  }
}

try {
  await main()
} catch (error) {
  // A SetupError says all that a user can use; a stack belongs to a mistake of ours.
  console.error(error instanceof SetupError ? error.message : error)
  process.exitCode = 1
}
