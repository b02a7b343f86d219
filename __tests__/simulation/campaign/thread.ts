import { parentPort, workerData } from 'node:worker_threads'
import { patchModule } from '../mutants/patch.ts'
import type { Part } from './runs.ts'

/** What a thread is given. */
export interface ThreadTask extends Part {
  readonly mutant: string | undefined
  /** Ends after the first run that goes wrong. */
  readonly isFirstEnough: boolean
}

const task = workerData as ThreadTask

// Patched before anything of the engine is loaded, hence the late import.
if (task.mutant !== undefined) patchModule(task.mutant)
const { playRuns } = await import('./runs.ts')

for await (const report of playRuns(task)) {
  parentPort?.postMessage(report)
  if (task.isFirstEnough && report.violations.length > 0) break
}
