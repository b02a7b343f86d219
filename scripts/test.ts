import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { runLanes } from './test/lanes.ts'
import { type Capability, findMissing, type LeftOut, SUITE_NAMES, suitesOf } from './test/suites.ts'

const REPOSITORY = join(import.meta.dirname, '..')
const USAGE = `npm test -- [options] [PATH …]

  --only SUITE     one suite: ${SUITE_NAMES.join(', ')}
  --require-all    a suite that this machine cannot run is a failure
  --json FILE      write jest's result as data, too
  PATH …           test files or folders instead of suites
`

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n\n${USAGE}`)
  process.exitCode = 2
}

/**
 * Runs the test suites that this machine can run, and says which it left out and why. With
 * `--require-all` a suite that cannot run is a failure: that is how CI calls it.
 */
async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      only: { type: 'string' },
      'require-all': { type: 'boolean', default: false },
      json: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) {
    process.stdout.write(USAGE)
    return 0
  }
  const options = { repository: REPOSITORY, jsonPath: values.json }
  if (positionals.length > 0) return runLanes([positionals], options)
  if (values.only !== undefined && !SUITE_NAMES.includes(values.only)) {
    throw new Error(`--only is "${values.only}": write one of ${SUITE_NAMES.join(', ')}.`)
  }
  const { runnable, leftOut } = suitesOf(
    findMissing(isThere, process.env['BASE_IMAGE']),
    values.only
  )
  // The engine serves one test after the other; what does not need it runs beside them.
  const lanes = [true, false].map((isEndToEnd) =>
    runnable.filter(({ name }) => (name === 'e2e') === isEndToEnd).flatMap(({ paths }) => paths)
  )
  const exitCode = await runLanes(lanes, options)
  // After jest's hundreds of lines, where they are seen.
  process.stdout.write(sayLeftOut(leftOut, values['require-all']))
  return values['require-all'] && leftOut.length > 0 ? 1 : exitCode
}

function sayLeftOut(leftOut: readonly LeftOut[], isFailure: boolean): string {
  if (leftOut.length === 0) return ''
  const lines = leftOut.map(({ name, because }) => `Left out: ${name}, because ${because}.\n`)
  const verdict = 'Every suite was asked for: what was left out is a failure.\n'
  return `\n${lines.join('')}${isFailure ? verdict : ''}`
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
