import { canonicalJson } from '../../lib/canonical-json.ts'
import { asList, asRecord, asText, isRecord, type JsonRecord } from '../../lib/json.ts'
import { isDefinition } from '../../terraform/review/changes.ts'
import type { Pair } from '../values/tree.ts'
import { type Check, readChecks } from './checks.ts'

/** What happens to a resource; `other` is an action that this version does not know. */
export type Kind =
  | 'no-op'
  | 'create'
  | 'read'
  | 'update'
  | 'delete'
  | 'replace'
  | 'forget'
  | 'other'

export interface ResourceChange {
  readonly address: string
  readonly previousAddress: string | undefined
  readonly type: string
  readonly mode: 'managed' | 'data'
  readonly kind: Kind
  /** As terraform names them. */
  readonly actions: readonly string[]
  /** Key of an object that is left over from an interrupted replacement. */
  readonly deposed: string | undefined
  /** Terraform's own word for why; empty when it gives none. */
  readonly reason: string
  readonly replacePaths: readonly (readonly unknown[])[]
  /** What is imported: its id, or its identity as JSON. */
  readonly importing: string | undefined
  readonly pair: Pair
}

export interface OutputChange {
  readonly name: string
  readonly kind: Kind
  readonly pair: Pair
}

export interface Counts {
  readonly add: number
  readonly change: number
  readonly destroy: number
  readonly replace: number
  readonly import: number
  readonly move: number
  readonly forget: number
  readonly read: number
  readonly output: number
}

/** A change that takes something away that the configuration cannot bring back. */
export interface DestructiveChange {
  readonly address: string
  readonly action: 'delete' | 'replace'
}

export interface Deferred {
  readonly address: string
  readonly reason: string
}

/** Everything that `terraform show -json` says would happen. */
export interface PlanChanges {
  /** All but those that stay as they are, in the order of the plan. */
  readonly resources: readonly ResourceChange[]
  readonly outputs: readonly OutputChange[]
  /** What somebody changed outside of terraform, and this plan changes back or depends on. */
  readonly relevantDrift: readonly ResourceChange[]
  readonly otherDrift: readonly ResourceChange[]
  readonly deferred: readonly Deferred[]
  /** Addresses of actions that are invoked. */
  readonly invocations: readonly string[]
  readonly checks: readonly Check[]
  /** As in terraform's summary line, a replacement counts as an addition and as a removal. */
  readonly counts: Counts
  readonly destructive: readonly DestructiveChange[]
  readonly hasChanges: boolean
  readonly hasDestructiveChanges: boolean
  /** Whether planning ended in an error: the changes are not all. */
  readonly isErrored: boolean
}

/** Reads a parsed plan; whatever is missing or of another shape reads as absent. */
export function planChanges(json: unknown): PlanChanges {
  const plan = asRecord(json)
  const all = asList(plan['resource_changes']).map(readResource)
  const resources = all.filter(isWorthTelling)
  const outputs = Object.entries(asRecord(plan['output_changes']))
    .map(([name, change]) => readOutput(name, asRecord(change)))
    .filter(({ kind }) => kind !== 'no-op')
  const drift = asList(plan['resource_drift'])
    .map(readResource)
    .filter((change) => isWorthTelling(change) && !isRollout(change))
  const isRelevant = relevance(plan, resources)
  const invocations = asList(plan['action_invocations']).map((item) =>
    asText(asRecord(item)['address'])
  )
  const destructive = resources.flatMap(readDestructive)
  return {
    resources,
    outputs,
    relevantDrift: drift.filter(isRelevant),
    otherDrift: drift.filter((change) => !isRelevant(change)),
    deferred: asList(plan['deferred_changes']).map(readDeferred),
    invocations,
    checks: readChecks(plan['checks']),
    counts: countChanges(resources, outputs),
    destructive,
    hasChanges:
      resources.some(({ kind }) => kind !== 'read') || outputs.length > 0 || invocations.length > 0,
    hasDestructiveChanges: destructive.length > 0,
    isErrored: plan['errored'] === true,
  }
}

function readResource(item: unknown): ResourceChange {
  const resource = asRecord(item)
  const change = asRecord(resource['change'])
  const actions = asList(change['actions']).map(asText)
  return {
    address: asText(resource['address']),
    previousAddress: asText(resource['previous_address']) || undefined,
    type: asText(resource['type']),
    mode: resource['mode'] === 'data' ? 'data' : 'managed',
    kind: kindOf(actions),
    actions,
    deposed: asText(resource['deposed']) || undefined,
    reason: asText(resource['action_reason']),
    replacePaths: asList(change['replace_paths']).map(asList),
    importing: isRecord(change['importing']) ? readImport(change['importing']) : undefined,
    pair: readPair(change),
  }
}

function readPair(change: JsonRecord): Pair {
  return {
    before: change['before'] ?? undefined,
    after: change['after'] ?? undefined,
    unknown: change['after_unknown'],
    beforeMarks: change['before_sensitive'],
    afterMarks: change['after_sensitive'],
  }
}

function readImport(importing: JsonRecord): string {
  const { id, identity } = importing
  if (typeof id === 'string') return id
  return identity === undefined ? '' : JSON.stringify(identity)
}

function kindOf(actions: readonly string[]): Kind {
  const has = (action: string): boolean => actions.includes(action)
  if (has('delete') && has('create')) return 'replace'
  if (actions.length === 1 || has('forget')) {
    // Replaced where the old object is forgotten: nothing is destroyed, something is created.
    if (has('create')) return 'create'
    const [only = ''] = actions
    if (isKind(only)) return only
  }
  return 'other'
}

const KINDS: readonly string[] = ['no-op', 'read', 'update', 'delete', 'forget'] satisfies Kind[]

function isKind(text: string): text is Kind {
  return KINDS.includes(text)
}

/** Moves and imports are "no-op", and yet are what a reviewer wants to see. */
function isWorthTelling({ kind, previousAddress, importing }: ResourceChange): boolean {
  return kind !== 'no-op' || previousAddress !== undefined || importing !== undefined
}

function readOutput(name: string, change: JsonRecord): OutputChange {
  const pair = readPair(change)
  const isSensitive = change['before_sensitive'] === true || change['after_sensitive'] === true
  return {
    name,
    kind: kindOf(asList(change['actions']).map(asText)),
    pair: isSensitive ? { ...pair, beforeMarks: true, afterMarks: true } : pair,
  }
}

function readDeferred(item: unknown): Deferred {
  const deferred = asRecord(item)
  return {
    address: asText(asRecord(deferred['resource_change'])['address']),
    reason: asText(deferred['reason']),
  }
}

/** What a rollout changes about a group, which Terraform leaves to it. */
const OF_ROLLOUTS = new Set(['version', 'fingerprint', 'status'])
const GROUPS = new Set([
  'google_compute_instance_group_manager',
  'google_compute_region_instance_group_manager',
])

function isRollout({ type, kind, pair }: ResourceChange): boolean {
  if (kind !== 'update' || !GROUPS.has(type)) return false
  const [before, after] = [asRecord(pair.before), asRecord(pair.after)]
  return Object.keys({ ...before, ...after }).every(
    (name) => OF_ROLLOUTS.has(name) || canonicalJson(before[name]) === canonicalJson(after[name])
  )
}

function readDestructive({
  address,
  kind,
  actions,
  type,
}: ResourceChange): readonly DestructiveChange[] {
  if (kind === 'replace') return isDefinition(type) ? [] : [{ address, action: 'replace' }]
  return actions.includes('delete') ? [{ address, action: 'delete' }] : []
}

function countChanges(
  resources: readonly ResourceChange[],
  outputs: readonly OutputChange[]
): Counts {
  const with_ = (action: string): number =>
    resources.filter(({ actions }) => actions.includes(action)).length
  const of = (kind: Kind): number => resources.filter((change) => change.kind === kind).length
  return {
    add: with_('create'),
    change: with_('update'),
    destroy: with_('delete'),
    replace: of('replace'),
    import: resources.filter(({ importing }) => importing !== undefined).length,
    move: resources.filter(({ previousAddress }) => previousAddress !== undefined).length,
    forget: with_('forget'),
    read: of('read'),
    output: outputs.length,
  }
}

/**
 * Drift matters where this plan changes the very thing, most often back, and where terraform says
 * that other resources looked at it. Elsewhere it decided nothing.
 */
function relevance(
  plan: JsonRecord,
  resources: readonly ResourceChange[]
): (change: ResourceChange) => boolean {
  const changed = new Set(resources.map(({ address }) => address))
  const addresses = new Set(
    asList(plan['relevant_attributes']).map((item) => asText(asRecord(item)['resource']))
  )
  return ({ address }) =>
    changed.has(address) || addresses.has(address) || addresses.has(withoutKey(address))
}

// Attributes are named after the resource, drift after its instance: `app.vm` and `app.vm["a"]`.
function withoutKey(address: string): string {
  return address.replace(/\[(?:\d+|"(?:[^"\\]|\\.)*")\]$/, '')
}
