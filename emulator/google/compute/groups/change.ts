import { type GoogleContext, type JsonObject, textOf } from '../../route.ts'
import type { GroupEvent } from '../group/model.ts'
import type { ComputeParts } from '../resources/routes.ts'
import { mergePatch } from '../resources/store.ts'
import { type Scope, scopeOf } from '../scope.ts'
import { normaliseConfig, withoutOldAllowances } from './config.ts'
import type { GroupRecord, GroupRegistry } from './registry.ts'

/** What the routes of groups work with. */
export interface GroupParts extends ComputeParts {
  readonly groups: GroupRegistry
}

/** The group of the request's path. @throws GoogleError 404 */
export function recordOf({ groups, project }: GroupParts, c: GoogleContext): GroupRecord {
  const name = c.req.param('name')
  return groups.get(`${scopeOf(c, project).path}/instanceGroupManagers/${name}`)
}

/** The same, fit for a change. @throws GoogleError 400 while it is being deleted */
export function livingRecordOf(parts: GroupParts, c: GoogleContext): GroupRecord {
  const record = recordOf(parts, c)
  parts.groups.requireLiving(record)
  return record
}

/** What was done to which group. */
export interface Change {
  readonly record: GroupRecord
  readonly type: string
  readonly until?: (done: () => void) => void
}

/** Every change of a group is an operation that is DONE long before the instances have followed. */
export function operation(parts: GroupParts, c: GoogleContext, change: Change): Response {
  const { record, type, until } = change
  const started = parts.operations.start(record.scope, {
    type,
    targetPath: record.path,
    targetId: textOf(record.identity, 'id') ?? '',
    member: c.get('member') ?? '',
    requestId: c.req.query('requestId'),
    ...(until && { until }),
  })
  return c.json(started)
}

/** The answer to a request that was made before under the same id. */
export function repeated(parts: GroupParts, c: GoogleContext): Response | undefined {
  const known = parts.operations.ofRequest(c.req.query('requestId'))
  return known && c.json(known)
}

/** What a configuration in this scope is checked against. */
export function contextOf(parts: GroupParts, scope: Scope) {
  return { scope, links: parts.links, store: parts.store, projectId: parts.project.id }
}

/** Merges a patch into the configuration, and carries out `orders` in the same step. */
export function reconfigure(
  parts: GroupParts,
  record: GroupRecord,
  body: JsonObject,
  ...orders: readonly GroupEvent[]
): void {
  const merged = mergePatch(withoutOldAllowances(record.config, body), body)
  // A template alone replaces all versions; next to `versions` it only repeats one of them.
  const asked = body['instanceTemplate'] !== undefined && body['versions'] === undefined
  const { versions: _, ...single } = merged
  const config = normaliseConfig(asked ? single : merged, contextOf(parts, record.scope))
  parts.groups.configure(record, config, ...orders)
}
