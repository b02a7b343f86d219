import { pickLabels } from '../plan/labels.ts'
import type { Block } from '../schema.ts'
import { type Fields, isFields, isList, isUnknown, type Value } from '../wire/values.ts'
import type { CodecRules } from './codec.ts'
import { decodeFields } from './decoder.ts'

// Terraform's three label maps are one in Google's answer; annotations have two.
const MAPS = [
  { whole: 'effective_labels', parts: ['labels', 'terraform_labels'], api: 'labels' },
  { whole: 'effective_annotations', parts: ['annotations'], api: 'annotations' },
] as const

/** The state that an answer stands for, with every value known. */
export function readFields(block: Block, rules: CodecRules, answer: Fields, prior: Fields): Fields {
  return settle({
    ...decodeFields(block, withMaps(block, rules), answer, prior),
    ...readMaps(block, answer, prior),
  })
}

/** The codec rules with the label maps of the block added: only the whole one travels. */
export function withMaps(block: Block, rules: CodecRules): CodecRules {
  const maps = MAPS.filter(({ whole }) => whole in block.attributes)
  return {
    ...rules,
    names: { ...rules.names, ...Object.fromEntries(maps.map(({ whole, api }) => [whole, api])) },
    sent: new Set(maps.map(({ whole }) => whole)),
    local: new Set([...(rules.local ?? []), ...maps.flatMap(({ parts }) => parts)]),
  }
}

function readMaps(block: Block, answer: Fields, prior: Fields): Fields {
  const fields: Record<string, Value> = {}
  for (const { whole, parts, api } of MAPS) {
    if (!(whole in block.attributes)) continue
    const all = answer[api]
    const labels = isFields(all) ? all : {}
    fields[whole] = labels
    for (const part of parts) {
      const known = prior[part]
      const picked = pickLabels(labels, known)
      if (part in block.attributes) fields[part] = known === null && isEmpty(picked) ? null : picked
    }
  }
  return fields
}

function isEmpty(fields: Fields): boolean {
  return Object.keys(fields).length === 0
}

/** Whatever is still unknown after Google has answered is null. */
export function settle(fields: Fields): Fields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, settleValue(value)])
  )
}

function settleValue(value: Value): Value {
  if (isUnknown(value)) return null
  if (isList(value)) return value.map(settleValue)
  return isFields(value) ? settle(value) : value
}

/** A state with every attribute of the block, from JSON of any age: absent ones null, blocks empty. */
export function conform(block: Block, raw: Fields): Fields {
  const attributes = Object.keys(block.attributes).map((name) => [name, raw[name] ?? null])
  const blocks = Object.entries(block.block_types).map(([name, nested]) => {
    const value = raw[name]
    if (nested.nesting_mode === 'single') {
      return [name, isFields(value) ? conform(nested.block, value) : null]
    }
    const elements = isList(value) ? value.filter(isFields) : []
    return [name, elements.map((element) => conform(nested.block, element))]
  })
  return Object.fromEntries([...attributes, ...blocks])
}
