import { buildMasker, type Masker } from './masking/masker.ts'
import { type Paper, renderPage, type Story } from './page.ts'
import { type PlanChanges, planChanges } from './plan/changes.ts'
import type { PlanReport, RenderedReport } from './plan-report.ts'
import { buildSections } from './sections/groups.ts'
import { renderHeadline } from './sections/headline.ts'
import { buildLeaks } from './sections/leaks.ts'
import { buildChecks, buildErrors, buildWarnings } from './sections/notices.ts'
import { type Section, titleOf } from './sections/section.ts'

/** GitHub refuses a comment beyond 65,536 UTF-16 units. */
const COMMENT: Omit<Paper, 'start'> = {
  limit: 64_000,
  measure: ({ length }) => length,
  whole: 'job summary',
}
/** GitHub drops all that a step has written beyond 1 MiB. */
const SUMMARY: Paper = {
  limit: 1_000_000,
  measure: (text) => Buffer.byteLength(text),
  whole: 'log of the run',
  start: '',
}

/**
 * Renders a plan for the pull request, for the job summary, and in full for the log. Nothing that
 * the plan or the caller calls secret is in any of them, and nothing of the plan acts as markup.
 */
export function renderPlanReport(
  report: PlanReport,
  masker: Masker = buildMasker(report.plan, report)
): RenderedReport {
  const changes = planChanges(report.plan)
  const headline = renderHeadline(report, changes).map(masker.mask)
  const story: Story = {
    report,
    changes,
    masker,
    headline,
    sections: buildAll(report, changes, masker),
  }
  return {
    comment: renderPage(story, { ...COMMENT, start: report.marker }),
    summary: renderPage(story, SUMMARY),
    log: renderLog(story),
    headline: headline.join(' · '),
    hasChanges: changes.hasChanges,
    hasDestructiveChanges: changes.hasDestructiveChanges,
    counts: changes.counts,
  }
}

function buildAll(report: PlanReport, changes: PlanChanges, masker: Masker): readonly Section[] {
  const said = [...(report.failure?.diagnostics ?? []), ...(report.warnings ?? [])]
  // After an error the changes are not all of them, and nobody should take them for a plan.
  const isFailed = report.failure !== undefined || changes.isErrored
  return [
    ...(report.leaks ? [buildLeaks(report.leaks, masker)] : []),
    buildErrors(said, masker),
    ...(isFailed ? [] : [...buildSections(changes, masker), ...buildChecks(changes, masker)]),
    buildWarnings(said, masker),
  ].filter(({ pieces }) => pieces.length > 0)
}

function renderLog({ sections, headline, report }: Story): string {
  const lines = [`${report.name}: ${headline.join(' · ')}`]
  for (const section of sections) {
    lines.push('', titleOf(section))
    for (const piece of section.pieces) lines.push(piece.renderLog())
  }
  return lines.join('\n')
}
