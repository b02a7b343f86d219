import { Hono } from 'hono'
import {
  type GoogleContext,
  type GoogleEnv,
  isObject,
  type JsonObject,
  pageOf,
  readJson,
  textOf,
} from '../../route.ts'
import { membersOf } from '../group/availability.ts'
import { invalid } from '../resources/invalid.ts'
import { filtered, refuseStale } from '../resources/routes.ts'
import { fingerprintOf } from '../resources/store.ts'
import { SCOPE_PREFIXES, scopeOf } from '../scope.ts'
import { type GroupParts, livingRecordOf, operation, reconfigure, recordOf } from './change.ts'
import type { GroupRecord } from './registry.ts'
import { listOf } from './spec.ts'

/** The plain groups behind the managers, as backends and terraform refer to them. */
export function plainGroupRoutes(parts: GroupParts): Hono<GoogleEnv> {
  const routes = new Hono<GoogleEnv>()
  for (const prefix of [SCOPE_PREFIXES.zone, SCOPE_PREFIXES.region]) {
    const collection = `${prefix}/instanceGroups`
    routes.get(collection, (c) => list(parts, c))
    routes.get(`${collection}/:name`, (c) => c.json(render(parts, recordOf(parts, c))))
    routes.post(`${collection}/:name/setNamedPorts`, (c) => setNamedPorts(parts, c))
    routes.post(`${collection}/:name/listInstances`, (c) => listInstances(parts, c))
  }
  return routes
}

function list(parts: GroupParts, c: GoogleContext): Response {
  const records = parts.groups.list(scopeOf(c, parts.project))
  const items = records.map((record) => render(parts, record))
  return c.json({ kind: 'compute#instanceGroupList', ...pageOf(c, filtered(c, items)) })
}

function render(parts: GroupParts, record: GroupRecord): JsonObject {
  const { namedPorts } = record.config
  const { id, creationTimestamp, zone, region } = record.identity
  return {
    kind: 'compute#instanceGroup',
    id,
    creationTimestamp,
    name: record.name,
    size: record.runner.hosted().length,
    fingerprint: portsFingerprint(record),
    ...(namedPorts !== undefined && { namedPorts }),
    ...(zone !== undefined && { zone }),
    ...(region !== undefined && { region }),
    selfLink: parts.links.url(record.path.replace('instanceGroupManagers', 'instanceGroups')),
  }
}

function portsFingerprint({ config }: GroupRecord): string {
  return fingerprintOf(config['namedPorts'] ?? [])
}

async function setNamedPorts(parts: GroupParts, c: GoogleContext): Promise<Response> {
  const body = await readJson(c)
  const record = livingRecordOf(parts, c)
  refuseStale(textOf(body, 'fingerprint'), { fingerprint: portsFingerprint(record) })
  const ports = listOf(body, 'namedPorts')
  const bad = ports.find(({ name, port }) => !name || !isPort(port))
  if (bad) throw invalid('namedPorts', JSON.stringify(bad), 'A port needs a name and a number.')
  reconfigure(parts, record, { namedPorts: ports })
  return operation(parts, c, { record, type: 'setNamedPorts' })
}

function isPort(port: unknown): boolean {
  return Number.isInteger(port) && Number(port) >= 1 && Number(port) <= 65_535
}

async function listInstances(parts: GroupParts, c: GoogleContext): Promise<Response> {
  const { instanceState } = await readJson(c)
  const record = recordOf(parts, c)
  const { namedPorts } = record.config
  const items = membersOf(record.runner.group.instances).flatMap(({ name, zone, vm }) => {
    if (!vm || (instanceState === 'RUNNING' && vm.status !== 'RUNNING')) return []
    return {
      instance: parts.links.url(`projects/${parts.project.id}/zones/${zone}/instances/${name}`),
      status: vm.status,
      ...(Array.isArray(namedPorts) && { namedPorts: namedPorts.filter(isObject) }),
    }
  })
  return c.json({ kind: 'compute#instanceGroupsListInstances', ...pageOf(c, items) })
}
