import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface LaneOptions {
  readonly repository: string
  /** Where the result of all lanes goes as data; undefined: nowhere. */
  readonly jsonPath: string | undefined
}

/** What is summed up of jest's result. */
const COUNTS = [
  'numTotalTests',
  'numPassedTests',
  'numFailedTests',
  'numPendingTests',
  'numTotalTestSuites',
  'numPassedTestSuites',
  'numFailedTestSuites',
] as const
type Counts = Partial<Readonly<Record<(typeof COUNTS)[number], number>>>

/**
 * Runs each lane's test files one after the other, and the lanes side by side: most of what takes
 * long waits for VMs, terraform and the engine. The last lane is shown as it goes, the others as a
 * whole once they have ended. Answers 0 when every lane has passed; without any test, 1.
 */
export async function runLanes(
  lanes: readonly (readonly string[])[],
  { repository, jsonPath }: LaneOptions
): Promise<number> {
  const full = lanes.filter((paths) => paths.length > 0)
  const folder = await mkdtemp(join(tmpdir(), 'test-lanes-'))
  try {
    const exitCodes = await Promise.all(
      full.map((paths, index) => {
        const isShown = index === full.length - 1
        return runJest(paths, {
          repository,
          isShown,
          resultPath: jsonPath && join(folder, `${index}.json`),
        })
      })
    )
    if (jsonPath !== undefined) {
      const texts = full.map((_, index) => readFile(join(folder, `${index}.json`), 'utf8'))
      await writeFile(jsonPath, sumUp(await Promise.all(texts)))
    }
    return full.length === 0 ? 1 : Math.max(...exitCodes)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The results of several runs of jest as one. Pure. */
export function sumUp(results: readonly string[]): string {
  const parsed: readonly Counts[] = results.map((text) => JSON.parse(text))
  const sums = COUNTS.map((name) => [
    name,
    parsed.reduce((sum, counts) => sum + (counts[name] ?? 0), 0),
  ])
  return `${JSON.stringify(Object.fromEntries(sums))}\n`
}

interface JestOptions {
  readonly repository: string
  readonly isShown: boolean
  /** Where its result goes as data; undefined: nowhere. */
  readonly resultPath: string | undefined
}

async function runJest(
  paths: readonly string[],
  { repository, isShown, resultPath }: JestOptions
): Promise<number> {
  const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning']
  const jest = join(repository, 'node_modules/jest/bin/jest.js')
  const data = resultPath === undefined ? [] : ['--json', `--outputFile=${resultPath}`]
  const child = spawn(process.execPath, [...flags, jest, '--runInBand', ...data, ...paths], {
    cwd: repository,
    stdio: ['ignore', isShown ? 'inherit' : 'pipe', isShown ? 'inherit' : 'pipe'],
  })
  const said: Buffer[] = []
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => said.push(chunk))
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  child.on('error', reject)
  child.on('close', (code) => resolve(code ?? 1))
  const exitCode = await promise
  process.stdout.write(Buffer.concat(said))
  return exitCode
}
