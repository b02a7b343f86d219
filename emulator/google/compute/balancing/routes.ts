import { Hono } from 'hono'
import { resourceNotFound } from '../../errors.ts'
import {
  type GoogleContext,
  type GoogleEnv,
  type JsonObject,
  readJson,
  textOf,
} from '../../route.ts'
import type { Instance } from '../group/model.ts'
import type { GroupRecord, GroupRegistry } from '../groups/registry.ts'
import { listOf, numberOf } from '../groups/spec.ts'
import { invalid } from '../resources/invalid.ts'
import { textsAt } from '../resources/links.ts'
import type { ComputeParts } from '../resources/routes.ts'
import { SCOPE_PREFIXES, scopeOf } from '../scope.ts'
import { groupPathOf } from './draining.ts'

interface BalancingParts extends ComputeParts {
  readonly groups: GroupRegistry
}

/** What load balancers know beyond what was written: the health of their backends. */
export function balancingRoutes(parts: BalancingParts): Hono<GoogleEnv> {
  const routes = new Hono<GoogleEnv>()
  routes.post(`${SCOPE_PREFIXES.global}/backendServices/:name/getHealth`, (c) =>
    getHealth(parts, c)
  )
  return routes
}

async function getHealth(parts: BalancingParts, c: GoogleContext): Promise<Response> {
  const { links, store, project, groups } = parts
  const path = `${scopeOf(c, project).path}/backendServices/${c.req.param('name')}`
  const service = store.get(path)
  const asked = links.path(textOf(await readJson(c), 'group') ?? '')
  const backends = textsAt(service, ['backends', 'group']).map((link) => links.path(link))
  if (!backends.includes(asked)) throw invalid('group', asked, 'No such backend.')
  const groupPath = groupPathOf(asked)
  const record = groups.list().find((one) => one.path === groupPath)
  if (!record) throw resourceNotFound(asked)
  const { instances } = record.runner.group
  const healthStatus = instances.flatMap((instance) =>
    statusOf(instance, { parts, service, record })
  )
  return c.json({
    kind: 'compute#backendServiceGroupHealth',
    ...(healthStatus.length > 0 && { healthStatus }),
  })
}

interface Backend {
  readonly parts: BalancingParts
  readonly service: JsonObject
  readonly record: GroupRecord
}

/** One VM as the load balancer sees it; there is nothing to see before it runs. */
function statusOf(instance: Instance, { parts, service, record }: Backend): readonly JsonObject[] {
  const { name, zone, vm } = instance
  const hosted = record.runner.hosted().find((one) => one.id === vm?.id)
  if (!vm || !hosted || vm.status !== 'RUNNING') return []
  const named = listOf(record.config, 'namedPorts').find(
    (port) => port['name'] === service['portName']
  )
  const address = hosted.machine.address()
  return [
    {
      instance: parts.links.url(`projects/${parts.project.id}/zones/${zone}/instances/${name}`),
      ...(address !== undefined && { ipAddress: address }),
      port: named ? numberOf(named, 'port') : numberOf(service, 'port'),
      healthState: healthOf(instance, record),
    },
  ]
}

function healthOf({ vm }: Instance, { runner }: GroupRecord): string {
  if (vm?.doomed) return 'DRAINING'
  // A group without autohealing is not probed: a VM that runs is taken for healthy.
  const healthy = runner.group.spec.health ? vm?.health === 'HEALTHY' : true
  return healthy ? 'HEALTHY' : 'UNHEALTHY'
}
