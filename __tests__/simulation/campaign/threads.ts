import { Worker } from 'node:worker_threads'
import type { RunReport } from './runs.ts'
import type { ThreadTask } from './thread.ts'

export interface Campaign {
  readonly seed: number
  readonly runs: number
  readonly threads: number
  readonly mutant?: string | undefined
  readonly isFirstEnough: boolean
  readonly onReport: (report: RunReport) => void
}

/** Small heaps: a run leaves little behind, and the collector is idle where it may be. */
const LIMITS = { maxOldGenerationSizeMb: 80, maxYoungGenerationSizeMb: 8 }

/** Plays runs 0 to `runs` of a seed side by side; resolves when all have been, or the first went wrong. */
export async function playCampaign(campaign: Campaign): Promise<void> {
  const { threads } = campaign
  const workers: Worker[] = []
  const stop = (): void => {
    for (const worker of workers) void worker.terminate()
  }
  const ends = Array.from({ length: threads }, (_, from) => {
    const worker = start(campaign, from)
    workers.push(worker)
    return finished(worker, (report) => {
      campaign.onReport(report)
      if (campaign.isFirstEnough && report.violations.length > 0) stop()
    })
  })
  try {
    await Promise.all(ends)
  } finally {
    stop()
  }
}

function start({ seed, runs, threads, mutant, isFirstEnough }: Campaign, from: number): Worker {
  const workerData: ThreadTask = { seed, from, to: runs, stride: threads, mutant, isFirstEnough }
  return new Worker(new URL('thread.ts', import.meta.url), { workerData, resourceLimits: LIMITS })
}

function finished(worker: Worker, onReport: (report: RunReport) => void): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  worker.on('message', onReport)
  worker.once('error', reject)
  worker.once('exit', () => resolve())
  return promise
}
