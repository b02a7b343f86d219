import type { PlanRules, Sameness } from '../plan/rules.ts'
import { sameResource } from '../plan/sameness.ts'
import type { ResourceBasis } from '../rest/rest-resource.ts'
import type { Block } from '../schema.ts'
import type { Value } from '../wire/values.ts'
import { type Check, runChecks } from './checks.ts'

/** What is known of a resource type from documentation; the schema data does not carry it. */
export interface OverlayEntry {
  /** Fields whose change replaces the resource; `except` names the few that do not. */
  readonly replaces: readonly string[] | { readonly except: readonly string[] }
  readonly replacesWhen?: PlanRules['replacesWhen']
  readonly defaults?: Readonly<Record<string, Value>>
  readonly absentMeans?: Readonly<Record<string, Value>>
  readonly canonical?: PlanRules['canonical']
  readonly computedBlocks?: readonly string[]
  readonly sensitive?: readonly string[]
  /** Fields that hold a resource, which may be written as URL, path or name. */
  readonly links?: readonly string[]
  readonly sameness?: Readonly<Record<string, Sameness>>
  readonly checks?: readonly Check[]
}

/** The schema and its overlay as one. */
export function buildBasis(block: Block, entry: OverlayEntry): ResourceBasis {
  const links = (entry.links ?? []).map((path): [string, Sameness] => [path, sameResource])
  return {
    block,
    rules: {
      defaults: entry.defaults ?? {},
      absentMeans: entry.absentMeans ?? {},
      computedBlocks: new Set(entry.computedBlocks ?? []),
      forcesReplacement: replacementTest(entry.replaces),
      replacesWhen: entry.replacesWhen ?? {},
      sameness: { ...Object.fromEntries(links), ...entry.sameness },
      canonical: entry.canonical ?? {},
      sensitive: new Set(entry.sensitive ?? []),
    },
    validate: (config) => runChecks(entry.checks ?? [], config),
  }
}

function replacementTest(replaces: OverlayEntry['replaces']): (path: string) => boolean {
  if (!('except' in replaces)) {
    const exact = new Set(replaces)
    return (path) => exact.has(path)
  }
  const exceptions = [...replaces.except, 'id', 'timeouts']
  return (path) => !exceptions.some((name) => path === name || path.startsWith(`${name}.`))
}
