import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { ensureBaseImage } from './setup/base-image.ts'
import { ensureEngine } from './setup/engine.ts'

/**
 * `node scripts/with-engine.ts COMMAND [ARG …]`: runs a command with a Docker engine that answers
 * (fetched and started if need be) and with BASE_IMAGE naming a Python image that the engine has.
 */
const [command, ...args] = process.argv.slice(2)
if (command === undefined) {
  process.stderr.write('Say what to run: node scripts/with-engine.ts COMMAND [ARG …]\n')
  process.exit(2)
}
const setup = {
  workDirectory: join(import.meta.dirname, '..', '.work', 'setup'),
  log: (line: string) => process.stdout.write(`${line}\n`),
}
// A terminal's Ctrl-C reaches the command as well: it ends, and then the engine is stopped here.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined)
const engine = await ensureEngine(setup)
try {
  const { reference } = await ensureBaseImage(engine, setup)
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  const child = spawn(command, args, {
    stdio: 'inherit',
    env: { ...process.env, ...engine.environment, BASE_IMAGE: reference },
  })
  child.on('error', reject)
  child.on('close', (code) => resolve(code ?? 1))
  process.exitCode = await promise
} finally {
  await engine.stop()
}
