import { execFileSync, spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'
import { type Capability, findMissing, suitesOf } from './test/suites.ts'

/**
 * Runs the test suites that this machine can run, and says which it left out and why. With
 * `--require-all` a suite that cannot run is a failure: that is how CI calls it.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string' },
    'require-all': { type: 'boolean', default: false },
    json: { type: 'string' },
  },
})

const missing = findMissing(isThere)
const { runnable, leftOut } = suitesOf(missing, values.only)
for (const { name, because } of leftOut) {
  process.stdout.write(`Left out: ${name}, because ${because}.\n`)
}
const mustFail = values['require-all'] && leftOut.length > 0
if (mustFail) process.stdout.write('Every suite was asked for: what was left out is a failure.\n')
const exitCode = runnable.length === 0 ? 1 : runJest(runnable.flatMap((suite) => suite.paths))
process.exitCode = mustFail ? 1 : exitCode

function runJest(paths: readonly string[]): number {
  const { status } = spawnSync(
    process.execPath,
    [
      '--experimental-vm-modules',
      '--disable-warning=ExperimentalWarning',
      'node_modules/jest/bin/jest.js',
      ...(values.json === undefined ? [] : ['--json', `--outputFile=${values.json}`]),
      ...(positionals.length > 0 ? positionals : paths),
    ],
    { stdio: 'inherit' }
  )
  return status ?? 1
}

function isThere(capability: Capability): boolean {
  try {
    execFileSync(capability.command, capability.args, { stdio: 'ignore', timeout: 20_000 })
    return true
  } catch {
    // Any failure to start or to answer means the same here: the suite cannot run.
    return false
  }
}
