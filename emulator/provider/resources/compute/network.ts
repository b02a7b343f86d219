import { compact, perform } from '../../rest/calls.ts'
import type { MappingContext, RestMapping, SpecialChange } from '../../rest/rest-resource.ts'
import { resolve } from '../../rest/template.ts'
import { type Fields, isFields, isList, type Value } from '../../wire/values.ts'

const GLOBAL = 'projects/{{project}}/global'
const REGIONAL = 'projects/{{project}}/regions/{{region}}'

/** The three forms in which a global Compute resource can be imported. */
export function globalImports(collection: string): string[] {
  return [`${GLOBAL}/${collection}/{{name}}`, '{{project}}/{{name}}', '{{name}}']
}

/** The four forms in which a regional Compute resource can be imported. */
export function regionalImports(collection: string): string[] {
  return [
    `${REGIONAL}/${collection}/{{name}}`,
    '{{project}}/{{region}}/{{name}}',
    '{{region}}/{{name}}',
    '{{name}}',
  ]
}

/** The four forms in which a zonal Compute resource can be imported. */
export function zonalImports(collection: string): string[] {
  return [
    `projects/{{project}}/zones/{{zone}}/${collection}/{{name}}`,
    '{{project}}/{{zone}}/{{name}}',
    '{{zone}}/{{name}}',
    '{{name}}',
  ]
}

/** A resource written as URL, path or bare name, as the path that the API takes. */
export function linkTo(
  collection: string,
  value: Value,
  { fields, session }: MappingContext
): Value {
  if (typeof value !== 'string' || value.includes('/')) return value
  const project = resolve('project', fields, session)
  const scope = collection.startsWith('global/')
    ? collection
    : `regions/${resolve('region', fields, session)}/${collection}`
  return `projects/${project}/${scope}/${value}`
}

/** The region of a resource, as the path that the API takes. */
export function regionLink({ fields, session }: MappingContext): string {
  return `projects/${resolve('project', fields, session)}/regions/${resolve('region', fields, session)}`
}

/** google_compute_network. */
export const NETWORK: RestMapping = {
  api: 'compute',
  title: 'Network',
  collection: `${GLOBAL}/networks`,
  importIds: globalImports('networks'),
  update: 'PATCH',
  codec: {
    names: { gateway_ipv4: 'gatewayIPv4', network_id: 'id', numeric_id: 'id' },
    local: new Set(['delete_default_routes_on_create']),
  },
  // The API gathers what concerns routing under one key and takes false for absent elsewhere.
  encode: (
    { routingMode, bgpBestPathSelectionMode, bgpAlwaysCompareMed, ...body },
    { fields }
  ) => ({
    ...body,
    autoCreateSubnetworks: fields['auto_create_subnetworks'] ?? true,
    routingConfig: compact({ routingMode, bgpBestPathSelectionMode, bgpAlwaysCompareMed }),
  }),
  decode: (answer) => ({
    ...answer,
    ...(isFields(answer['routingConfig']) && answer['routingConfig']),
  }),
}

/** google_compute_subnetwork. */
export const SUBNETWORK: RestMapping = {
  api: 'compute',
  title: 'Subnetwork',
  collection: `${REGIONAL}/subnetworks`,
  importIds: regionalImports('subnetworks'),
  update: 'PATCH',
  needsFingerprint: true,
  codec: {
    names: { subnetwork_id: 'id' },
    local: new Set(['send_secondary_ip_range_if_empty']),
  },
  encode: encodeSubnetwork,
  decode: (answer) => {
    const log = answer['logConfig']
    const { logConfig: _, ...rest } = answer
    return isFields(log) && log['enable'] === true ? { ...rest, logConfig: log } : rest
  },
  updateSpecially: updateSubnetwork,
}

function encodeSubnetwork(body: Fields, context: MappingContext): Fields {
  const { enableFlowLogs: _, ...rest } = body
  const log = body['logConfig']
  return {
    ...rest,
    network: linkTo('global/networks', body['network'] ?? null, context),
    region: regionLink(context),
    ...(isFields(log) && { logConfig: { enable: true, ...log } }),
  }
}

// Both have calls of their own; PATCH refuses them together with anything else.
async function updateSubnetwork({
  planned,
  prior,
  session,
  path,
  change,
}: SpecialChange): Promise<readonly string[]> {
  const special = [
    { field: 'ip_cidr_range', key: 'ipCidrRange', verb: 'expandIpCidrRange' },
    {
      field: 'private_ip_google_access',
      key: 'privateIpGoogleAccess',
      verb: 'setPrivateIpGoogleAccess',
    },
  ]
  for (const { field, key, verb } of special) {
    if (planned[field] === prior[field]) continue
    const body = { [key]: planned[field] ?? null }
    await perform(
      session,
      { api: 'compute', method: 'POST', path: `${path}/${verb}`, body },
      change
    )
  }
  return special.map(({ key }) => key)
}

/** google_compute_firewall. */
export const FIREWALL: RestMapping = {
  api: 'compute',
  title: 'Firewall',
  collection: `${GLOBAL}/firewalls`,
  importIds: globalImports('firewalls'),
  update: 'PATCH',
  codec: {
    names: {
      allow: 'allowed',
      deny: 'denied',
      'allow.protocol': 'IPProtocol',
      'deny.protocol': 'IPProtocol',
    },
    local: new Set(['enable_logging']),
  },
  encode: (body, context) => ({
    ...body,
    network: linkTo('global/networks', body['network'] ?? null, context),
    logConfig: encodeFirewallLog(context.fields),
  }),
  decode: (answer) => {
    const log = answer['logConfig']
    const { logConfig: _, ...rest } = answer
    return isFields(log) && log['enable'] === true ? { ...rest, logConfig: log } : rest
  },
}

function encodeFirewallLog(fields: Fields): Fields {
  const blocks = fields['log_config']
  const log = isList(blocks) ? blocks[0] : undefined
  return isFields(log) ? { enable: true, metadata: log['metadata'] ?? null } : { enable: false }
}

/** google_compute_router; its NAT gateways are resources of their own. */
export const ROUTER: RestMapping = {
  api: 'compute',
  title: 'Router',
  collection: `${REGIONAL}/routers`,
  importIds: regionalImports('routers'),
  update: 'PATCH',
  encode: (body, context) => ({
    ...body,
    network: linkTo('global/networks', body['network'] ?? null, context),
    region: regionLink(context),
  }),
}

const PROBES = ['http', 'https', 'http2', 'tcp', 'ssl', 'grpc']

/** google_compute_health_check, changed as a whole. */
export const HEALTH_CHECK: RestMapping = {
  api: 'compute',
  title: 'HealthCheck',
  collection: `${GLOBAL}/healthChecks`,
  importIds: globalImports('healthChecks'),
  update: 'PUT',
  encode: (body) => {
    const type = PROBES.find((probe) => `${probe}HealthCheck` in body)
    return {
      ...body,
      ...(type && { type: type.toUpperCase() }),
      logConfig: body['logConfig'] ?? { enable: false },
    }
  },
}
