import { asList, asRecord, asText, type JsonRecord } from '../lib/json.ts'
import type { Diagnostic } from './ui-stream.ts'

export interface ChangeCounts {
  readonly add: number
  readonly change: number
  readonly destroy: number
}

/** What a saved plan would do. */
export interface Plan {
  readonly path: string
  /** `terraform show -json` of it: with every value, sensitive ones too. */
  readonly json: unknown
  readonly hasChanges: boolean
  /** What terraform said while it planned: the saved plan does not hold it. */
  readonly warnings: readonly Diagnostic[]
  readonly counts: ChangeCounts
  /** Types of the resources that would be created. */
  readonly createdTypes: ReadonlySet<string>
  /** Root outputs after the apply, as far as the plan knows them. */
  readonly outputs: JsonRecord
}

/** Reads `terraform show -json PLAN`; counts as terraform's own summary line does. */
export function readPlan({
  path,
  json,
  hasChanges,
  warnings,
}: Pick<Plan, 'path' | 'json' | 'hasChanges' | 'warnings'>): Plan {
  const plan = asRecord(json)
  const changes = asList(plan['resource_changes']).map(asRecord)
  const actions = changes.map((change) => asList(asRecord(change['change'])['actions']).map(asText))
  const count = (action: string): number => actions.filter((list) => list.includes(action)).length
  const created = changes.filter((_, index) => actions[index]?.includes('create'))
  return {
    path,
    json,
    hasChanges,
    warnings,
    counts: { add: count('create'), change: count('update'), destroy: count('delete') },
    createdTypes: new Set(created.map((change) => asText(change['type']))),
    outputs: outputValues(asRecord(asRecord(plan['planned_values'])['outputs'])),
  }
}

/** Plain values of terraform's `{name: {value, type, sensitive}}`. */
export function outputValues(outputs: JsonRecord): JsonRecord {
  return Object.fromEntries(
    Object.entries(outputs).map(([name, output]) => [name, asRecord(output)['value']])
  )
}
