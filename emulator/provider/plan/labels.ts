import { type Fields, isFields, isWhollyKnown, UNKNOWN, type Value } from '../wire/values.ts'
import { isZero } from './sameness.ts'

/** How the provider block says labels are to be added everywhere. */
export interface LabelPolicy {
  readonly defaultLabels: Readonly<Record<string, string>>
  /** Whether `goog-terraform-provisioned` is added: never, to what is created, or to everything. */
  readonly attribution: 'none' | 'creation' | 'proactive'
}

const ATTRIBUTION_LABEL = 'goog-terraform-provisioned'

/**
 * Plans the two computed label maps of provider 5 and later: `terraform_labels` is what Terraform
 * manages (defaults, attribution, configuration), `effective_labels` adds what others have set.
 */
export function planLabels(
  planned: Fields,
  prior: Fields | undefined,
  policy: LabelPolicy
): Fields {
  if (!('effective_labels' in planned)) return planned
  if (!isWhollyKnown(planned['labels'])) {
    return { ...planned, terraform_labels: UNKNOWN, effective_labels: UNKNOWN }
  }
  const effective = labelsOf(prior?.['effective_labels'])
  const managed = {
    ...policy.defaultLabels,
    ...(isAttributed(effective, prior, policy) && { [ATTRIBUTION_LABEL]: 'true' }),
    ...labelsOf(planned['labels']),
  }
  const dropped = Object.keys(labelsOf(prior?.['terraform_labels'])).filter((key) => {
    return !(key in managed)
  })
  const kept = Object.entries(effective).filter(([key]) => !dropped.includes(key))
  const all = { ...Object.fromEntries(kept), ...managed }
  return {
    ...planned,
    terraform_labels: keepEmpty(prior?.['terraform_labels'], managed),
    effective_labels: keepEmpty(prior?.['effective_labels'], all),
  }
}

// An imported resource has null where there are no labels, which is no difference from an empty map.
function keepEmpty(prior: Value | undefined, next: Fields): Value {
  return prior === null && isZero(next) ? null : next
}

/** Plans `effective_annotations`: what the configuration says over what others have set. */
export function planAnnotations(planned: Fields, prior: Fields | undefined): Fields {
  if (!('effective_annotations' in planned)) return planned
  if (!isWhollyKnown(planned['annotations'])) return { ...planned, effective_annotations: UNKNOWN }
  const managed = labelsOf(planned['annotations'])
  const dropped = Object.keys(labelsOf(prior?.['annotations'])).filter((key) => !(key in managed))
  const kept = Object.entries(labelsOf(prior?.['effective_annotations'])).filter(([key]) => {
    return !dropped.includes(key)
  })
  const all = { ...Object.fromEntries(kept), ...managed }
  // The SDK takes an empty map for no answer, so that it is for Google to say.
  return { ...planned, effective_annotations: !prior && isZero(all) ? UNKNOWN : all }
}

/** The part of Google's labels that `keys` names: others' labels are not this configuration's concern. */
export function pickLabels(labels: Fields, keys: Value | undefined): Fields {
  const wanted = labelsOf(keys)
  return Object.fromEntries(Object.entries(labels).filter(([key]) => key in wanted))
}

function isAttributed(effective: Fields, prior: Fields | undefined, policy: LabelPolicy): boolean {
  if (policy.attribution === 'none') return false
  if (policy.attribution === 'proactive' || ATTRIBUTION_LABEL in effective) return true
  return prior === undefined
}

function labelsOf(value: Value | undefined): Fields {
  return isFields(value) ? value : {}
}
