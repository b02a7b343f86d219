import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { interleave, type Measurement } from './interleave.ts'

const ROUNDS = 20
const WARM_UPS = 2

/**
 * What a job pays before the action has done anything: dist/ with every required input missing,
 * beside `node -e 0` in the same run, since this figure is only worth something as a ratio.
 */
export function measureStartUp(repository: string): readonly Measurement[] {
  const entry = (name: string): readonly string[] => [join(repository, 'dist', name, 'index.js')]
  return interleave(
    [
      { name: 'node -e 0', run: () => start(['-e', '0'], 0) },
      { name: 'dist/main, inputs missing', run: () => start(entry('main'), 1) },
      { name: 'dist/post, nothing to do', run: () => start(entry('post'), 0) },
    ],
    { rounds: ROUNDS, warmUps: WARM_UPS }
  )
}

/** Wall time in milliseconds. @throws Error when the process ends otherwise than it should */
function start(args: readonly string[], expectedExitCode: number): number {
  const startedAt = performance.now()
  const { status } = spawnSync(process.execPath, args, {
    stdio: 'ignore',
    env: { PATH: process.env['PATH'], GITHUB_ACTIONS: 'true' },
  })
  const ms = performance.now() - startedAt
  if (status !== expectedExitCode) {
    throw new Error(`node ${args.join(' ')} ended with ${status}, not ${expectedExitCode}`)
  }
  return ms
}
