import type { AttributePath, Diagnostic } from '../wire/diagnostics.ts'
import { type Fields, isFields, isList, isUnknown, type Value } from '../wire/values.ts'

/** A rule of the real provider that `terraform validate` reports. Paths are dotted, without positions. */
export type Check =
  | { readonly kind: 'oneOf'; readonly path: string; readonly allowed: readonly string[] }
  | { readonly kind: 'pattern'; readonly path: string; readonly pattern: RegExp }
  | { readonly kind: 'range'; readonly path: string; readonly min: number; readonly max: number }
  | { readonly kind: 'conflict'; readonly path: string; readonly with: string }
  | { readonly kind: 'exactlyOne'; readonly paths: readonly string[] }

/** The name rule of Compute Engine (RFC 1035). */
export const COMPUTE_NAME = /^(?:[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?)$/

/** All that is wrong with a configuration; values known only after apply are not judged. */
export function runChecks(checks: readonly Check[], config: Fields): Diagnostic[] {
  return checks.flatMap((check) => {
    if (check.kind === 'exactlyOne') return checkExactlyOne(check.paths, config)
    return findAll(config, check.path.split('.')).flatMap((found) => {
      const problem = judge(check, found, config)
      return problem ? [problem] : []
    })
  })
}

interface Found {
  readonly steps: AttributePath
  readonly value: Value
}

type SingleCheck = Exclude<Check, { readonly kind: 'exactlyOne' }>

function judge(
  check: SingleCheck,
  { steps, value }: Found,
  config: Fields
): Diagnostic | undefined {
  const place = steps.join('.')
  if (check.kind === 'oneOf' && !check.allowed.includes(String(value))) {
    const allowed = check.allowed.map((item) => JSON.stringify(item)).join(' ')
    return problem(steps, `expected ${place} to be one of [${allowed}], got ${String(value)}`)
  }
  if (check.kind === 'pattern' && !check.pattern.test(String(value))) {
    const { source } = check.pattern
    return problem(steps, `"${place}" ("${String(value)}") doesn't match regexp "${source}"`)
  }
  if (check.kind === 'range' && (Number(value) < check.min || Number(value) > check.max)) {
    return problem(
      steps,
      `expected ${place} to be in the range (${check.min} - ${check.max}), got ${String(value)}`
    )
  }
  if (check.kind === 'conflict') return checkConflict(check.with, steps, config)
  return undefined
}

function checkConflict(
  rival: string,
  steps: AttributePath,
  config: Fields
): Diagnostic | undefined {
  const rivals = findAll(config, rival.split('.'))
  // Inside repeated blocks only the rival in the same element counts.
  const near = rivals.find((found) => found.steps.slice(0, -1).join() === steps.slice(0, -1).join())
  if (!near) return undefined
  return {
    ...problem(steps, 'Conflicting configuration arguments'),
    detail: `"${steps.join('.')}": conflicts with ${near.steps.join('.')}`,
  }
}

// What is not known yet (a dynamic block over a variable, in validate) may turn out either way.
function checkExactlyOne(paths: readonly string[], config: Fields): Diagnostic[] {
  const known = paths.filter((path) => !isUnknown(config[path]))
  const present = known.filter((path) => isPresent(config[path]))
  const mayBeOne = present.length === 0 && known.length < paths.length
  if (present.length === 1 || mayBeOne) return []
  const names = paths.join(',')
  const detail =
    present.length === 0
      ? `"${paths[0]}": one of \`${names}\` must be specified`
      : `"${paths[0]}": only one of \`${names}\` can be specified, but \`${present.join(',')}\` were specified.`
  return [{ summary: 'Invalid combination of arguments', detail }]
}

function isPresent(value: Value | undefined): boolean {
  return isList(value) ? value.length > 0 : value !== null && value !== undefined
}

function problem(path: AttributePath, summary: string): Diagnostic {
  return { summary, path }
}

// Every value at a dotted path, with the positions of the blocks on the way to it.
function findAll(value: Value, names: readonly string[], steps: AttributePath = []): Found[] {
  if (value === null || isUnknown(value)) return []
  if (isList(value) && names.length > 0) {
    return value.flatMap((item, index) => findAll(item, names, [...steps, index]))
  }
  const [name, ...rest] = names
  // A block type that is not used is an empty list.
  if (name === undefined) return isPresent(value) ? [{ steps, value }] : []
  return isFields(value) ? findAll(value[name] ?? null, rest, [...steps, name]) : []
}
