import { asList, asRecord, asText, type JsonRecord } from '../../../../lib/json.ts'

/** Whether a boolean constraint is enforced. */
export function isEnforced(policy: JsonRecord): boolean {
  return asRecord(policy['booleanPolicy'])['enforced'] === true
}

/** Whether a list constraint says anything at all. */
export function isRestricted(policy: JsonRecord): boolean {
  const list = asRecord(policy['listPolicy'])
  const hasValues = [...asList(list['allowedValues']), ...asList(list['deniedValues'])].length > 0
  return hasValues || asText(list['allValues']) === 'DENY'
}

/** `unclear`: the policy names groups of values that only Google knows the members of. */
export type Permitted = 'yes' | 'no' | 'unclear'

/**
 * What a list constraint says of something that may be written in several ways. What is denied stays
 * so, whatever is allowed beside it
 * (https://cloud.google.com/resource-manager/docs/organization-policy/using-constraints#list-constraint).
 */
export function permits(
  policy: JsonRecord,
  { spellings, group }: { readonly spellings: readonly string[]; readonly group?: RegExp }
): Permitted {
  const list = asRecord(policy['listPolicy'])
  const allValues = asText(list['allValues'])
  if (allValues === 'DENY') return 'no'
  const names = (field: string): readonly string[] =>
    asList(list[field]).map((value) => asText(value).replace(/^is:/, ''))
  const hits = (values: readonly string[]): boolean => values.some((it) => spellings.includes(it))
  const mayHit = (values: readonly string[]): boolean =>
    group !== undefined && values.some((value) => group.test(value))
  const [allowed, denied] = [names('allowedValues'), names('deniedValues')]
  if (hits(denied)) return 'no'
  if (mayHit(denied)) return 'unclear'
  if (allowed.length === 0 || hits(allowed)) return 'yes'
  return mayHit(allowed) ? 'unclear' : 'no'
}
