import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { asRecord, asText, parseJson } from '../../../src/lib/json.ts'
import { renderPlanReport } from '../../../src/report/plan-comment.ts'
import type { PlanReport } from '../../../src/report/plan-report.ts'
import { readUiLine } from '../../../src/terraform/ui-stream.ts'
import { aReport, readFixture } from './report.ts'

/** Plans of real terraform whose comments are kept, so that every change of them is seen. */
export const GOLDEN = [
  'errored',
  'google-change',
  'google-first',
  'google-rename',
  'hostile',
  'kinds',
  'nothing',
  'outputs-only',
  'secrets',
  'values',
] as const

export function goldenPath(name: string): string {
  return fileURLToPath(new URL(`./fixtures/${name}.md`, import.meta.url))
}

export function reportOf(name: string): PlanReport {
  const isErrored = name === 'errored'
  return aReport({
    plan: readFixture(name),
    ...(isErrored && { failure: { diagnostics: readDiagnostics(name) } }),
    ...(name.startsWith('google') && { cost: COST, rollout: ROLLOUT }),
  })
}

const COST: PlanReport['cost'] = {
  monthlyUsd: 11.3,
  monthlyUsdOnDemand: 31.2,
  differenceUsd: 0,
  parts: [
    { name: '2 × e2-small Spot in europe-west1', monthlyUsd: 9.7 },
    { name: '2 × 10 GB pd-balanced', monthlyUsd: 1.6 },
  ],
  unknown: ['traffic out of Google Cloud'],
  isPartial: false,
  pricesAsOf: '2026-11-20',
}
const ROLLOUT: PlanReport['rollout'] = {
  willRoll: true,
  because: ['new base template'],
  group: 'mervis',
  vms: 2,
  strategy: 'surge',
  steps: 1,
  running: '0123456789ab',
}

function readDiagnostics(name: string): NonNullable<PlanReport['failure']>['diagnostics'] {
  const path = new URL(`./fixtures/${name}.jsonl`, import.meta.url)
  const lines = readFileSync(path, 'utf8').trim().split('\n')
  return lines.flatMap((line) => {
    const event = readUiLine(line)
    return event && 'diagnostic' in event && asText(asRecord(parseJson(line))['type']) !== ''
      ? [event.diagnostic]
      : []
  })
}

// Run by hand after a change that is meant: node __tests__/src/report/golden.ts
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const name of GOLDEN)
    writeFileSync(goldenPath(name), renderPlanReport(reportOf(name)).comment)
}
