import { createHash } from 'node:crypto'
import { canonicalJson } from '../../lib/canonical-json.ts'
import { asList, asRecord, asText, type JsonRecord } from '../../lib/json.ts'

export type ChangeAction = 'create' | 'update' | 'replace' | 'delete' | 'forget'

/** One planned change as it is compared: what would be different, not how it came about. */
export interface ReviewedChange {
  readonly address: string
  readonly action: ChangeAction
  /** Whether something is lost that the configuration cannot bring back. */
  readonly isDestructive: boolean
  /** SHA-256 of all of it but sensitive values. */
  readonly hash: string
}

/**
 * Made anew whenever anything about them changes, and nothing but releases is made of them: their
 * replacement loses nothing.
 */
const DEFINITIONS = new Set([
  'google_compute_instance_template',
  'google_compute_region_instance_template',
])
/** Enough to show which changes differ; whether plans are equal is for the hash of the plan. */
const MARK_DIGITS = 8

export function isDefinition(type: string): boolean {
  return DEFINITIONS.has(type)
}

/** What of a plan is compared. */
export interface PlanDigest {
  /** In the order of their addresses. */
  readonly changes: readonly ReviewedChange[]
  /** SHA-256, equal for plans that would do the same, whoever made them and when. */
  readonly planHash: string
}

/** Of `terraform show -json PLAN`. */
export function digestPlan(json: unknown): PlanDigest {
  const changes = readChanges(json)
  const outputs = Object.entries(asRecord(asRecord(json)['output_changes']))
    .map(([name, output]) => ({ name, change: asRecord(output) }))
    .filter(({ change }) => !isNothing(change))
    .map(({ name, change }) => [name, asList(change['actions']), valueAfter(change)])
  return { changes, planHash: hashOf([changes.map(({ hash }) => hash), outputs.sort()]) }
}

function readChanges(json: unknown): readonly ReviewedChange[] {
  return asList(asRecord(json)['resource_changes'])
    .map(asRecord)
    .flatMap((change) => {
      const reviewed = readChange(change)
      return reviewed ? [reviewed] : []
    })
    .sort((a, b) => (a.address < b.address ? -1 : 1))
}

/** A short form of the hash, by which a change is known again. */
export function markOf({ hash }: ReviewedChange): string {
  return hash.slice(0, MARK_DIGITS)
}

function readChange(resource: JsonRecord): ReviewedChange | undefined {
  const change = asRecord(resource['change'])
  const action = actionOf(asList(change['actions']).map(asText))
  if (resource['mode'] === 'data' || action === undefined) return undefined
  const deposed = asText(resource['deposed'])
  const address = asText(resource['address']) + (deposed && ` (deposed ${deposed})`)
  const isLoss = action === 'delete' || action === 'replace'
  // What was given up in a replacement before is nobody's any more.
  const isAnew = action === 'replace' && isDefinition(asText(resource['type']))
  const isDestructive = isLoss && deposed === '' && !isAnew
  const hash = hashOf([address, action, contentOf(action, change)])
  return { address, action, isDestructive, hash }
}

function actionOf(actions: readonly string[]): ChangeAction | undefined {
  // An object that is only forgotten is still there.
  if (actions.includes('create')) return actions.includes('delete') ? 'replace' : 'create'
  const [action] = actions
  return action === 'update' || action === 'delete' || action === 'forget' ? action : undefined
}

/** For an update only what differs: the rest may have been changed by others meanwhile. */
function contentOf(action: ChangeAction, change: JsonRecord): unknown {
  if (action === 'delete' || action === 'forget') return null
  const after = asRecord(valueAfter(change))
  if (action !== 'update') return [after, asList(change['replace_paths'])]
  const before = asRecord(hidden(change, change['before']))
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()
  return names
    .filter((name) => canonicalJson(before[name]) !== canonicalJson(after[name]))
    .map((name) => [name, before[name], after[name]])
}

function valueAfter(change: JsonRecord): unknown {
  return markUnknown(hidden(change, change['after']), change['after_unknown'])
}

/** What is sensitive before or after is so both times, as terraform has it. */
function hidden(change: JsonRecord, value: unknown): unknown {
  return hideSensitive(hideSensitive(value, change['before_sensitive']), change['after_sensitive'])
}

/** Terraform marks with `true` at any level, and everything below it is meant. */
function hideSensitive(value: unknown, marks: unknown): unknown {
  if (marks === true) return '(sensitive)'
  if (Array.isArray(value)) {
    return value.map((item, index) => hideSensitive(item, asList(marks)[index]))
  }
  if (value === null || typeof value !== 'object') return value
  const below = asRecord(marks)
  return mapped(value, (item, name) => hideSensitive(item, below[name]))
}

/** Unknown attributes are missing in the value, or null in a list. */
function markUnknown(value: unknown, marks: unknown): unknown {
  if (marks === true) return '(known after apply)'
  if (Array.isArray(marks)) {
    const items = asList(value)
    const length = Math.max(items.length, marks.length)
    return Array.from({ length }, (_, index) => markUnknown(items[index], marks[index]))
  }
  if (marks === null || typeof marks !== 'object') return value
  const below = asRecord(marks)
  const unknowns = mapped(below, (mark, name) => markUnknown(asRecord(value)[name], mark))
  return { ...asRecord(value), ...withoutUndefined(unknowns) }
}

function mapped(record: object, change: (item: unknown, name: string) => unknown): JsonRecord {
  return Object.fromEntries(
    Object.entries(record).map(([name, item]) => [name, change(item, name)])
  )
}

function withoutUndefined(record: JsonRecord): JsonRecord {
  return Object.fromEntries(Object.entries(record).filter(([, item]) => item !== undefined))
}

function isNothing(change: JsonRecord): boolean {
  return asList(change['actions']).every((action) => action === 'no-op')
}

function hashOf(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex')
}
