import { execFileSync } from 'node:child_process'
import { join } from 'node:path'

export interface PlanReportFigures {
  readonly changes: number
  /** From the parsed plan to comment, summary and log. */
  readonly ms: number
  /** Of the process with the parsed plan in it, before. */
  readonly bareRssMb: number
  readonly peakRssMb: number
}

const SIZES = [100, 1_000, 10_000, 50_000]

/** What it costs to render a plan, in a process of its own for each size. */
export function measurePlanReport(repository: string): readonly PlanReportFigures[] {
  const script = join(repository, 'bench', 'plan-report', 'render.ts')
  return SIZES.map((size) =>
    JSON.parse(execFileSync(process.execPath, [script, String(size)], { encoding: 'utf8' }))
  )
}
