import { GoogleError } from '../../errors.ts'

/** 400 in the words of Compute for a field whose value breaks a rule. */
export function invalid(field: string, value: string, rule: string): GoogleError {
  return new GoogleError(400, `Invalid value for field 'resource.${field}': '${value}'. ${rule}`)
}
