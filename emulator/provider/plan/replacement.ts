import type { Block, NestedBlock } from '../schema.ts'
import type { AttributePath } from '../wire/diagnostics.ts'
import { type Fields, isFields, isList, type Value } from '../wire/values.ts'
import type { PlanRules } from './rules.ts'
import { equals, equalsLoosely } from './sameness.ts'

/** The changes that cannot be made in place: terraform marks them `# forces replacement`. */
export function findReplacements(
  block: Block,
  rules: PlanRules,
  versions: { readonly prior: Fields; readonly planned: Fields }
): AttributePath[] {
  return compareBlock(block, rules, { ...versions, path: '', steps: [] })
}

interface Comparison {
  readonly prior: Fields
  readonly planned: Fields
  readonly path: string
  readonly steps: AttributePath
}

function compareBlock(block: Block, rules: PlanRules, at: Comparison): AttributePath[] {
  const attributes = Object.keys(block.attributes)
    .filter((name) => !equalsLoosely(at.prior[name], at.planned[name]))
    .filter((name) => isImmutable(rules, name, at))
    .map((name) => [...at.steps, name])
  const nested = Object.entries(block.block_types).flatMap(([name, inner]) => {
    return equals(at.prior[name], at.planned[name]) ? [] : compareNested(inner, rules, name, at)
  })
  return [...attributes, ...nested]
}

function isImmutable(rules: PlanRules, name: string, at: Comparison): boolean {
  const path = at.path + name
  const replaces = rules.replacesWhen[path]
  if (!replaces) return rules.forcesReplacement(path)
  return replaces(at.prior[name] ?? null, at.planned[name] ?? null)
}

function compareNested(
  nested: NestedBlock,
  rules: PlanRules,
  name: string,
  at: Comparison
): AttributePath[] {
  const prior = at.prior[name]
  const planned = at.planned[name]
  const path = at.path + name
  const steps = [...at.steps, name]
  if (nested.nesting_mode !== 'list' || !sameLength(prior, planned)) {
    return isReplacing(nested.block, rules, path) ? [steps] : []
  }
  return pairs(prior, planned).flatMap(([before, after], index) => {
    const inner = { prior: before, planned: after, path: `${path}.`, steps: [...steps, index] }
    return compareBlock(nested.block, rules, inner)
  })
}

function sameLength(prior: Value | undefined, planned: Value | undefined): boolean {
  return isList(prior) && isList(planned) && prior.length === planned.length
}

function pairs(prior: Value | undefined, planned: Value | undefined): [Fields, Fields][] {
  if (!isList(prior) || !isList(planned)) return []
  return planned.flatMap((after, index): [Fields, Fields][] => {
    const before = prior[index]
    return isFields(before) && isFields(after) ? [[before, after]] : []
  })
}

// A block that comes or goes forces replacement when it, or anything inside it, is immutable.
function isReplacing(block: Block, rules: PlanRules, path: string): boolean {
  if (rules.forcesReplacement(path)) return true
  const attributes = Object.keys(block.attributes)
  if (attributes.some((name) => rules.forcesReplacement(`${path}.${name}`))) return true
  return Object.entries(block.block_types).some(([name, nested]) => {
    return isReplacing(nested.block, rules, `${path}.${name}`)
  })
}
