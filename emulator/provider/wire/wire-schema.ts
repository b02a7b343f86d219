import type { Attribute, Block, NestedBlock } from '../schema.ts'

const NESTING = { single: 1, list: 2, set: 3 } as const

/** The block in the protocol's form; `sensitive` holds dotted paths of attributes to hide in plans. */
export function wireBlock(block: Block, sensitive: ReadonlySet<string>, path = ''): object {
  return {
    attributes: Object.entries(block.attributes).map(([name, attribute]) => {
      return wireAttribute(name, attribute, sensitive.has(path + name))
    }),
    block_types: Object.entries(block.block_types).map(([name, nested]) => {
      return wireNested(name, nested, wireBlock(nested.block, sensitive, `${path}${name}.`))
    }),
  }
}

function wireAttribute(name: string, attribute: Attribute, sensitive: boolean): object {
  return {
    name,
    type: Buffer.from(JSON.stringify(attribute.type)),
    required: attribute.required ?? false,
    optional: attribute.optional ?? false,
    computed: attribute.computed ?? false,
    sensitive,
  }
}

function wireNested(name: string, nested: NestedBlock, block: object): object {
  return {
    type_name: name,
    block,
    nesting: NESTING[nested.nesting_mode],
    min_items: nested.min_items ?? 0,
    max_items: nested.max_items ?? 0,
  }
}
