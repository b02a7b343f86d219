import type { Attribute, Block, NestedBlock } from '../schema.ts'
import {
  type Fields,
  isFields,
  isList,
  isUnknown,
  isWhollyKnown,
  UNKNOWN,
  type Value,
} from '../wire/values.ts'
import type { PlanRules } from './rules.ts'
import { equals, equalsLoosely, isZero } from './sameness.ts'

/** The three views of one object that a plan is made of; `prior` is absent when it is being created. */
export interface Change {
  readonly prior: Fields | undefined
  /** The configuration laid over the prior state, as terraform proposes it. */
  readonly proposed: Fields
  readonly config: Fields
}

/**
 * The planned state as Terraform's provider SDK (version 2) would give it: defaults filled in,
 * computed values unknown on creation and kept on update, differences that mean nothing left out.
 */
export function planBlock(block: Block, rules: PlanRules, change: Change, path = ''): Fields {
  const planned: Record<string, Value> = {}
  for (const [name, attribute] of Object.entries(block.attributes)) {
    planned[name] = planAttribute(attribute, rules, change, { name, path: path + name })
  }
  for (const [name, nested] of Object.entries(block.block_types)) {
    planned[name] = planNested(nested, rules, change, { name, path: path + name })
  }
  return planned
}

interface Place {
  readonly name: string
  readonly path: string
}

function planAttribute(
  attribute: Attribute,
  rules: PlanRules,
  change: Change,
  { name, path }: Place
): Value {
  const config = canonical(rules, path, change.config[name] ?? null)
  const prior = change.prior?.[name]
  if (config !== null) {
    // To the SDK a list with something unknown in it is unknown as a whole.
    if (isList(config) && !isWhollyKnown(config)) return UNKNOWN
    // The SDK leaves out what is no difference from nothing, even of what is being created.
    if (prior === undefined) return config === rules.absentMeans[path] ? null : config
    return isSame(rules, path, prior, config) ? prior : config
  }
  if (attribute.computed) return planComputed(change.proposed[name] ?? null, change)
  const fallback = rules.defaults[path]
  if (fallback !== undefined) {
    return prior === undefined && fallback === rules.absentMeans[path] ? null : fallback
  }
  return prior !== undefined && meansAbsent(rules, path, prior) ? prior : null
}

function canonical(rules: PlanRules, path: string, config: Value): Value {
  return isWhollyKnown(config) ? (rules.canonical[path]?.(config) ?? config) : config
}

function meansAbsent(rules: PlanRules, path: string, value: Value): boolean {
  const meaning = rules.absentMeans[path]
  return isZero(value) || (meaning !== undefined && meaning === value)
}

function planComputed(proposed: Value, change: Change): Value {
  return proposed === null && change.prior === undefined ? UNKNOWN : proposed
}

function isSame(rules: PlanRules, path: string, prior: Value, config: Value): boolean {
  if (isUnknown(config)) return false
  if (equalsLoosely(prior, config)) return true
  if (meansAbsent(rules, path, prior) && meansAbsent(rules, path, config)) return true
  return prior !== null && (rules.sameness[path]?.(prior, config) ?? false)
}

function planNested(nested: NestedBlock, rules: PlanRules, change: Change, place: Place): Value {
  const proposed = change.proposed[place.name] ?? null
  if (isUnknown(proposed)) return proposed
  if (nested.nesting_mode === 'single') {
    return isFields(proposed)
      ? planBlock(nested.block, rules, soleChange(change, place.name, proposed), `${place.path}.`)
      : null
  }
  const elements = isList(proposed) ? proposed : []
  if (isLeftToGoogle(change, rules, place)) {
    return change.prior === undefined ? UNKNOWN : (change.prior[place.name] ?? [])
  }
  return elements.map((element, index) => {
    if (!isFields(element)) return element
    const at = { element, index }
    if (nested.nesting_mode === 'set') return planMember(nested, rules, change, { ...place, ...at })
    return planBlock(nested.block, rules, itemChange(change, place.name, at), `${place.path}.`)
  })
}

/**
 * Elements of a set have no position by which to find their counterpart: the one that no
 * difference separates from this element is it. Terraform has laid prior values into the proposed
 * element already, so without a counterpart that element stands for all three views.
 */
function planMember(
  nested: NestedBlock,
  rules: PlanRules,
  change: Change,
  { name, path, element }: Place & { readonly element: Fields }
): Fields {
  const plan = (prior: Fields | undefined): Fields => {
    const proposed = withComputed(nested.block, element, prior)
    return planBlock(nested.block, rules, { prior, proposed, config: element }, `${path}.`)
  }
  const candidates = change.prior?.[name]
  const known = isList(candidates) ? candidates.filter(isFields) : []
  const counterpart = known.find((candidate) => equals(plan(candidate), candidate))
  return counterpart ?? plan(change.prior && element)
}

// What Google has worked out for the counterpart is no difference from leaving it to Google.
function withComputed(block: Block, element: Fields, counterpart: Fields | undefined): Fields {
  const left = Object.entries(block.attributes).filter(([name, { computed }]) => {
    return computed && (element[name] ?? null) === null
  })
  const known = left.map(([name]) => [name, counterpart?.[name] ?? element[name] ?? null])
  return { ...element, ...Object.fromEntries(known) }
}

function isLeftToGoogle(change: Change, rules: PlanRules, { name, path }: Place): boolean {
  return rules.computedBlocks.has(path) && isZero(change.config[name])
}

function soleChange(change: Change, name: string, proposed: Fields): Change {
  const prior = fieldsOf(change.prior?.[name])
  return { prior, proposed, config: fieldsOf(change.config[name]) ?? {} }
}

function itemChange(
  change: Change,
  name: string,
  at: { readonly element: Fields; readonly index: number }
): Change {
  return {
    prior: fieldsOf(itemOf(change.prior?.[name], at.index)),
    proposed: at.element,
    config: fieldsOf(itemOf(change.config[name], at.index)) ?? {},
  }
}

function itemOf(list: Value | undefined, index: number): Value | undefined {
  return isList(list) ? list[index] : undefined
}

function fieldsOf(value: Value | undefined): Fields | undefined {
  return isFields(value) ? value : undefined
}
