import { asList, asRecord, asText, type JsonRecord } from '../lib/json.ts'
import type { Resource } from './plan-resources.ts'

/** Modules may pass a value on as deep as people nest them; a circle is no configuration at all. */
const MAX_HOPS = 20

/** A place in the configuration: a module and the names that lead to it. */
interface Place {
  readonly module: JsonRecord
  readonly path: readonly string[]
  readonly parent?: Place
}

/**
 * Which resource an expression of the configuration means. The plan says it by value only where the
 * value is known, and a template that is about to be made has neither name nor id yet.
 */
export class References {
  readonly #root: Place

  constructor(plan: unknown) {
    const configuration = asRecord(asRecord(plan)['configuration'])
    this.#root = { module: asRecord(configuration['root_module']), path: [] }
  }

  /** Configuration address of what the root output names, or undefined. */
  ofOutput(name: string): string | undefined {
    return ofOutput(this.#root, name, 0)
  }

  /** Configuration address of what an argument names, such as `['version', 'instance_template']`. */
  ofArgument(resource: Resource, argument: readonly string[]): string | undefined {
    const [place, local] = this.#placeOf(resource.configAddress)
    const declared = asList(place?.module['resources'])
      .map(asRecord)
      .find(({ address }) => address === local)
    if (!place || !declared) return undefined
    return argumentValues(declared['expressions'], argument)
      .map((expression) => follow(place, expression, 0))
      .find((address) => address !== undefined)
  }

  #placeOf(configAddress: string): readonly [Place | undefined, string] {
    const names = [...configAddress.matchAll(/module\.([^.]+)\./g)].map(([, name]) => name ?? '')
    const place = names.reduce<Place | undefined>(
      (outer, name) => outer && childOf(outer, name),
      this.#root
    )
    return [place, configAddress.replace(/^(?:module\.[^.]+\.)*/, '')]
  }
}

function childOf(parent: Place, name: string): Place | undefined {
  const call = asRecord(asRecord(parent.module['module_calls'])[name])
  if (call['module'] === undefined) return undefined
  return { module: asRecord(call['module']), path: [...parent.path, name], parent }
}

/** Nested blocks are lists, one entry for each that is written out. */
function argumentValues(
  expressions: unknown,
  [name, ...rest]: readonly string[]
): readonly unknown[] {
  if (name === undefined) return [expressions]
  const value = asRecord(expressions)[name]
  const blocks = Array.isArray(value) ? asList(value) : [value]
  return blocks.flatMap((block) => argumentValues(block, rest))
}

function ofOutput(place: Place, name: string, hops: number): string | undefined {
  return follow(place, asRecord(asRecord(place.module['outputs'])[name])['expression'], hops)
}

function follow(place: Place, expression: unknown, hops: number): string | undefined {
  if (hops > MAX_HOPS) return undefined
  return asList(asRecord(expression)['references'])
    .map((reference) => resolve(place, asText(reference), hops + 1))
    .find((address) => address !== undefined)
}

function resolve(place: Place, reference: string, hops: number): string | undefined {
  const [, moduleName, output] = /^module\.([\w-]+)(?:\[[^\]]*\])?\.([\w-]+)/.exec(reference) ?? []
  if (moduleName !== undefined && output !== undefined) {
    const child = childOf(place, moduleName)
    return child && ofOutput(child, output, hops)
  }
  const [, variable] = /^var\.([\w-]+)/.exec(reference) ?? []
  if (variable !== undefined) return ofVariable(place, variable, hops)
  const [, resource] = /^(google_\w+\.[\w-]+)/.exec(reference) ?? []
  if (resource === undefined) return undefined
  return [...place.path.map((name) => `module.${name}`), resource].join('.')
}

function ofVariable({ parent, path }: Place, name: string, hops: number): string | undefined {
  if (!parent) return undefined
  const call = asRecord(asRecord(parent.module['module_calls'])[path.at(-1) ?? ''])
  return follow(parent, asRecord(call['expressions'])[name], hops)
}
