import { readFileSync } from 'node:fs'
import type { PlanReport } from '../../../src/report/plan-report.ts'

/** A plan that real terraform made; the folder tells by which command. */
export function readFixture(name: string): unknown {
  const path = new URL(`./fixtures/${name}.json`, import.meta.url)
  return JSON.parse(readFileSync(path, 'utf8'))
}

export function aReport(overrides: Partial<PlanReport> = {}): PlanReport {
  return {
    name: 'mervis',
    plan: { format_version: '1.2' },
    terraformVersion: '1.11.4',
    planHash: '3f2a9c0d11e2b7a8',
    commit: 'a5c3785ed8d6a35868bc169f07e40e889087fd2e',
    runUrl: 'https://github.example.com/o/r/actions/runs/1',
    secrets: [],
    sensitiveVariables: [],
    marker: '<!-- deploy-spot-mig:plan mervis {"v":1} -->',
    ...overrides,
  }
}

interface Change {
  readonly actions?: readonly string[]
  readonly before?: unknown
  readonly after?: unknown
  readonly after_unknown?: unknown
  readonly before_sensitive?: unknown
  readonly after_sensitive?: unknown
  readonly replace_paths?: unknown
  readonly importing?: unknown
}

/** One entry of `resource_changes`. */
export function aResource(change: Change, more: object = {}): object {
  const { before = null, after = null } = change
  const actions = before === null ? ['create'] : after === null ? ['delete'] : ['update']
  return {
    address: 'google_thing.main',
    mode: 'managed',
    type: 'google_thing',
    name: 'main',
    change: {
      actions,
      before,
      after,
      after_unknown: {},
      before_sensitive: {},
      after_sensitive: {},
      ...change,
    },
    ...more,
  }
}

export function aPlan(...resources: readonly object[]): {
  format_version: string
  resource_changes: readonly object[]
} {
  return { format_version: '1.2', resource_changes: resources }
}

/** One of terraform's own. */
export function anError(
  summary: string
): NonNullable<PlanReport['failure']>['diagnostics'][number] {
  return {
    severity: 'error',
    summary,
    detail: 'It does not work.\n```\n@octocat',
    address: 'a.b',
    file: 'main.tf',
    line: 3,
  }
}

export const COST = {
  monthlyUsd: 5.65,
  differenceUsd: 0,
  parts: [{ name: '1 × e2-small Spot', monthlyUsd: 5.65 }],
  unknown: ['traffic out of Google Cloud'],
  isPartial: false,
  pricesAsOf: '2026-11-20',
}
