import type { Demand } from './permissions.ts'

/** Custom methods whose permission is not the plain `update` of their collection. */
const VERBS: Readonly<Record<string, string>> = {
  listManagedInstances: 'get',
  listErrors: 'get',
  listPerInstanceConfigs: 'get',
  listInstances: 'list',
  wait: 'get',
  getGuestAttributes: 'getGuestAttributes',
  serialPort: 'getSerialPortOutput',
  getSerialPortOutput: 'getSerialPortOutput',
  setMetadata: 'setMetadata',
  setLabels: 'setLabels',
  setTags: 'setTags',
  start: 'start',
  stop: 'stop',
  reset: 'reset',
  simulateMaintenanceEvent: 'simulateMaintenanceEvent',
  getIamPolicy: 'getIamPolicy',
  setIamPolicy: 'setIamPolicy',
  getFromFamily: 'get',
  getRouterStatus: 'get',
  getNatMappingInfo: 'get',
  getHealth: 'get',
  setTarget: 'setTarget',
  setUrlMap: 'setUrlMap',
  setSslCertificates: 'setSslCertificates',
  setSslPolicy: 'setSslPolicy',
  setQuicOverride: 'setQuicOverride',
  setCertificateMap: 'setCertificateMap',
}

/** Regional collections that share the permissions of their zonal or global sibling. */
const ALIASES: Readonly<Record<string, string>> = {
  regionInstanceGroupManagers: 'instanceGroupManagers',
  regionInstanceTemplates: 'instanceTemplates',
  regionHealthChecks: 'healthChecks',
}

/** Collections whose permissions have another name where they are global. */
const GLOBAL_ALIASES: Readonly<Record<string, string>> = {
  addresses: 'globalAddresses',
  forwardingRules: 'globalForwardingRules',
}

/**
 * The permission behind a Compute request, derived from the regular shape of its paths:
 * `projects/P/<scope>/<collection>[/<name>[/<verb>]]`.
 */
export function computeDemand(method: string, path: string): Demand | undefined {
  const [projects, project = '', ...rest] = path.split('/')
  if (projects !== 'projects') return undefined
  const { scope, collection, name, verb } = parsePath(rest)
  if (collection === undefined) return { permission: 'compute.projects.get', resource: path }
  // Anybody may read Google's own images: cos-cloud, debian-cloud and so on.
  if (collection === 'images' && /-cloud$/.test(project) && method === 'GET') return undefined
  if (collection === 'operations') {
    return { permission: `compute.${scope}Operations.get`, resource: path }
  }
  const action = verb === undefined ? plainAction(method, name) : (VERBS[verb] ?? 'update')
  const resource = verb === undefined ? path : path.slice(0, -(verb.length + 1))
  const aliases = scope === 'global' ? GLOBAL_ALIASES : ALIASES
  const kind = aliases[collection] ?? collection
  return { permission: `compute.${kind}.${action}`, resource: resource || `projects/${project}` }
}

interface ParsedPath {
  readonly scope: string
  readonly collection?: string | undefined
  readonly name?: string | undefined
  readonly verb?: string | undefined
}

function parsePath(rest: readonly string[]): ParsedPath {
  const [head = '', ...tail] = rest
  if (head === 'global' || head === 'aggregated') {
    const [collection, name, verb] = tail
    return { scope: 'global', collection, name, verb }
  }
  if ((head === 'zones' || head === 'regions') && tail.length > 1) {
    const [, collection, name, verb] = tail
    return { scope: head.slice(0, -1), collection, name, verb }
  }
  const [name, verb] = tail
  // The proxies' older methods are the only ones that leave the scope out.
  if (head.startsWith('target')) return { scope: 'global', collection: head, name, verb }
  return { scope: '', collection: head || undefined, name }
}

function plainAction(method: string, name: string | undefined): string {
  if (method === 'GET') return name === undefined ? 'list' : 'get'
  if (method === 'POST') return name === undefined ? 'create' : 'update'
  return method === 'DELETE' ? 'delete' : 'update'
}
