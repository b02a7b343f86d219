import { counted, grouped } from '../markdown.ts'
import type { PlanChanges } from '../plan/changes.ts'
import type { PlanReport } from '../plan-report.ts'
import { renderCostLine } from './cost.ts'
import { isDeployRefused, renderLeaksLine } from './leaks.ts'

/** The one line that answers "may I merge?", in parts. */
export function renderHeadline(report: PlanReport, changes: PlanChanges): readonly string[] {
  const leaks = report.leaks && renderLeaksLine(report.leaks)
  return [...(leaks === undefined ? [] : [leaks]), ...renderPlan(report, changes)]
}

function renderPlan(report: PlanReport, changes: PlanChanges): readonly string[] {
  const errors = report.failure?.diagnostics.filter(({ severity }) => severity === 'error').length
  if (errors !== undefined || changes.isErrored) {
    return [`planning failed${errors ? ` with ${counted(errors, 'error')}` : ''}`]
  }
  return [
    ...renderChanges(changes),
    ...(report.cost ? [renderCostLine(report.cost)] : []),
    ...renderRoll(report),
  ]
}

function renderChanges({
  hasChanges,
  counts,
  relevantDrift,
  destructive,
}: PlanChanges): readonly string[] {
  if (!hasChanges) {
    return [relevantDrift.length === 0 ? 'no changes' : 'no changes to make']
  }
  const parts = [
    `${grouped(counts.add)} to add, ${grouped(counts.change)} to change, ${grouped(counts.destroy)} to destroy`,
    renderReplaced(counts.replace, destructive),
  ]
  const more = [
    [counts.import, 'import'],
    [counts.move, 'move'],
    [counts.forget, 'forget'],
  ] as const
  const further = more.flatMap(([count, verb]) =>
    count === 0 ? [] : [`${grouped(count)} to ${verb}`]
  )
  if (counts.output > 0)
    further.push(
      `${counted(counts.output, 'output')} ${counts.output === 1 ? 'changes' : 'change'}`
    )
  return further.length === 0 ? parts : [...parts, further.join(', ')]
}

function renderReplaced(all: number, destructive: PlanChanges['destructive']): string {
  const count = destructive.filter(({ action }) => action === 'replace').length
  const templates = all === count ? '' : `${counted(all - count, 'instance template')} made anew`
  if (count === 0) return templates || 'nothing is replaced'
  const replaced = count === 1 ? '1 is replaced' : `${grouped(count)} are replaced`
  return [replaced, templates].filter((part) => part !== '').join(', ')
}

function renderRoll({ rollout, leaks }: PlanReport): readonly string[] {
  if (!rollout || isDeployRefused(leaks)) return []
  if (!rollout.willRoll) return ['VMs roll on merge: no']
  return [
    `VMs roll on merge: yes${rollout.because.length === 0 ? '' : `, ${rollout.because.join(', ')}`}`,
  ]
}
