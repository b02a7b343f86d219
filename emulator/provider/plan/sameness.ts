import { isFields, isList, isUnknown, type Value } from '../wire/values.ts'

/** True for null and for what Terraform's provider SDK cannot tell from null: "", 0, false, [], {}. */
export function isZero(value: Value | undefined): boolean {
  if (value === null || value === undefined || value === '' || value === 0 || value === false) {
    return true
  }
  if (isList(value)) return value.length === 0
  return isFields(value) && Object.keys(value).length === 0
}

/** Deep equality; two unknown values are equal. */
export function equals(a: Value | undefined, b: Value | undefined): boolean {
  if (isUnknown(a) || isUnknown(b)) return isUnknown(a) && isUnknown(b)
  if (isList(a) && isList(b)) {
    return a.length === b.length && a.every((item, index) => equals(item, b[index]))
  }
  if (isFields(a) && isFields(b)) {
    const keys = Object.keys(a)
    return keys.length === Object.keys(b).length && keys.every((key) => equals(a[key], b[key]))
  }
  return (a ?? null) === (b ?? null)
}

/** Equality as the SDK sees it: a zero value equals an absent one. */
export function equalsLoosely(a: Value | undefined, b: Value | undefined): boolean {
  return (isZero(a) && isZero(b)) || equals(a, b)
}

/** True when both name the same Google resource, as URL, as path or by the last segment alone. */
export function sameResource(prior: Value, config: Value): boolean {
  if (typeof prior !== 'string' || typeof config !== 'string') return false
  const a = relativeName(prior)
  const b = relativeName(config)
  return a === b || (!(a.includes('/') && b.includes('/')) && lastSegment(a) === lastSegment(b))
}

/** Like sameResource, but a bare name is not enough: both must hold a path. */
export function samePath(prior: Value, config: Value): boolean {
  if (typeof prior !== 'string' || typeof config !== 'string') return false
  return relativeName(prior) === relativeName(config)
}

/** Two lists or sets of the same resources, in any order. */
export function sameResources(prior: Value, config: Value): boolean {
  if (!isList(prior) || !isList(config) || prior.length !== config.length) return false
  return config.every((wanted) => prior.some((present) => sameResource(present, wanted)))
}

/** Two lists of the same resources where the order counts. */
export function sameResourcesInOrder(prior: Value, config: Value): boolean {
  if (!isList(prior) || !isList(config) || prior.length !== config.length) return false
  return config.every((wanted, index) => sameResource(prior[index] ?? null, wanted))
}

/** Case does not matter. */
export function sameIgnoringCase(prior: Value, config: Value): boolean {
  return String(prior).toLowerCase() === String(config).toLowerCase()
}

/** `projects/…` of a resource URL or path; anything else unchanged. */
export function relativeName(link: string): string {
  return link.replace(/^https?:\/\/[^/]+\//, '').replace(/^(?:[a-z]+\/)?(?:v1|beta|v1beta1)\//, '')
}

/** The text after the last slash. */
export function lastSegment(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
