import { asList, asRecord, asText, type JsonRecord } from '../lib/json.ts'

/** One managed resource as it stands before or after the plan. */
export interface Resource {
  readonly address: string
  /** The address without keys and indices, as the configuration has it. */
  readonly configAddress: string
  /** The keys and indices in the address, which tell apart what one address declares. */
  readonly keys: string
  readonly type: string
  readonly provider: string
  readonly values: JsonRecord
}

/** What exists before or after the plan `terraform show -json` speaks of; unknown values are absent. */
export function resourcesOf(plan: unknown, when: 'before' | 'after'): readonly Resource[] {
  const { prior_state: prior, planned_values: planned } = asRecord(plan)
  const values = when === 'before' ? asRecord(asRecord(prior)['values']) : asRecord(planned)
  return resourcesIn(asRecord(values['root_module']))
}

function resourcesIn(module: JsonRecord): readonly Resource[] {
  const own = asList(module['resources'])
    .map(asRecord)
    // A deposed object is the old half of a replacement that is about to go.
    .filter((json) => json['mode'] === 'managed' && json['deposed_key'] === undefined)
    .map(toResource)
  return [
    ...own,
    ...asList(module['child_modules']).flatMap((child) => resourcesIn(asRecord(child))),
  ]
}

function toResource(json: JsonRecord): Resource {
  const address = asText(json['address'])
  return {
    address,
    configAddress: address.replace(KEYS, ''),
    keys: (address.match(KEYS) ?? []).join(''),
    type: asText(json['type']),
    provider: asText(json['provider_name']),
    values: asRecord(json['values']),
  }
}

/** `module.a["x.y"].google_b.c[0]` is `module.a.google_b.c` in the configuration. */
const KEYS = /\[(?:"(?:[^"\\]|\\.)*"|\d+)\]/g

/** The first block of a nested block type: `scheduling { … }`. */
export function blockOf(values: JsonRecord, name: string): JsonRecord {
  return asRecord(asList(values[name])[0])
}

/** `e2-small` of `projects/p/zones/z/machineTypes/e2-small`, and of itself. */
export function lastSegment(value: unknown): string {
  return asText(value).split('/').at(-1) ?? ''
}

/** The region that a resource is billed in; `global` for one that has none. */
export function regionOf(values: JsonRecord): string {
  const zone = lastSegment(values['zone'])
  return lastSegment(values['region']) || zone.replace(/-[a-z]$/, '') || 'global'
}
