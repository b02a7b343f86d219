import { buildMasker } from '../../../../src/report/masking/masker.ts'
import { planChanges } from '../../../../src/report/plan/changes.ts'
import { drawResource } from '../../../../src/report/sections/resource.ts'
import { aPlan, aResource } from '../report.ts'

/** The lines of the diff of one change. */
export function diffOf(...[change, more]: Parameters<typeof aResource>): string {
  const plan = aPlan(aResource(change, more))
  const [resource] = planChanges(plan).resources
  if (!resource) return ''
  return drawResource(
    resource,
    buildMasker(plan, { secrets: [], sensitiveVariables: [] })
  ).lines.join('\n')
}

/** Those of one attribute that changes. */
export const changed = (before: unknown, after: unknown): string =>
  diffOf({ before: { a: before }, after: { a: after } })
