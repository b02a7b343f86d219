import type { Session } from '../session/session.ts'
import { type Fields, isUnknown } from '../wire/values.ts'
import { planAnnotations, planLabels } from './labels.ts'

/** What the provider block decides about any resource: its project and its labels. */
export function planFromProvider(
  planned: Fields,
  prior: Fields | undefined,
  session: Session
): Fields {
  const labelled = planAnnotations(planLabels(planned, prior, session.labels), prior)
  return isUnknown(planned['project']) && session.project
    ? { ...labelled, project: session.project }
    : labelled
}
