import { renderJson } from '../../report/status/json.ts'
import type { StatusReport } from '../../report/status/report.ts'

/** The outputs of action.yml after a look at what runs. */
export function renderStatusOutputs(report: StatusReport): ReadonlyMap<string, string> {
  return new Map([
    ['status', JSON.stringify(renderJson(report))],
    ['release', report.release?.id ?? ''],
    ['image', report.release?.image ?? ''],
  ])
}
