import { isObject, type JsonObject, objectOf, textOf } from '../../route.ts'
import { autoscalerDefaults } from '../autoscaler/policy.ts'
import { BALANCING_COLLECTIONS } from '../balancing/defaults.ts'
import type { Links } from '../scope.ts'
import { invalid } from './invalid.ts'
import { fingerprintOf } from './store.ts'

type Defaults = (body: JsonObject, links: Links) => JsonObject

/** What the server adds or spells out; keyed by collection. Clients (the provider) read it back. */
export const COLLECTIONS: Readonly<Record<string, Defaults>> = {
  ...BALANCING_COLLECTIONS,
  networks: (body) => ({
    kind: 'compute#network',
    autoCreateSubnetworks: true,
    mtu: 1460,
    networkFirewallPolicyEnforcementOrder: 'AFTER_CLASSIC_FIREWALL',
    ...body,
    routingConfig: {
      routingMode: 'REGIONAL',
      bgpBestPathSelectionMode: 'LEGACY',
      ...objectOf(body, 'routingConfig'),
    },
  }),
  subnetworks: (body, links) => ({
    kind: 'compute#subnetwork',
    privateIpGoogleAccess: false,
    privateIpv6GoogleAccess: 'DISABLE_GOOGLE_ACCESS',
    purpose: 'PRIVATE',
    stackType: 'IPV4_ONLY',
    enableFlowLogs: objectOf(body, 'logConfig')['enable'] === true,
    gatewayAddress: gatewayOf(textOf(body, 'ipCidrRange') ?? ''),
    ...withLink(body, 'network', links),
    fingerprint: fingerprintOf(body),
  }),
  firewalls: (body, links) => ({
    kind: 'compute#firewall',
    direction: 'INGRESS',
    priority: 1000,
    disabled: false,
    logConfig: { enable: false },
    ...sourceDefault(body),
    ...withLink(body, 'network', links),
  }),
  routers: (body, links) => ({
    kind: 'compute#router',
    encryptedInterconnectRouter: false,
    ...withLink(body, 'network', links),
    ...(Array.isArray(body['nats']) && { nats: body['nats'].map(natDefaults) }),
  }),
  healthChecks: healthCheck,
  instanceTemplates: instanceTemplate,
  autoscalers: autoscalerDefaults,
}

function withLink(body: JsonObject, field: string, links: Links): JsonObject {
  const link = textOf(body, field)
  return link === undefined ? body : { ...body, [field]: links.expand(link) }
}

/** The first usable address of the range. */
function gatewayOf(range: string): string {
  return range.replace(/\.\d+\/\d+$/, '.1')
}

function sourceDefault(body: JsonObject): JsonObject {
  const named = ['sourceRanges', 'sourceTags', 'sourceServiceAccounts'].some((key) => body[key])
  return named || body['direction'] === 'EGRESS' ? {} : { sourceRanges: ['0.0.0.0/0'] }
}

function natDefaults(nat: unknown): unknown {
  if (!isObject(nat)) return nat
  return {
    type: 'PUBLIC',
    endpointTypes: ['ENDPOINT_TYPE_VM'],
    enableDynamicPortAllocation: false,
    enableEndpointIndependentMapping: false,
    autoNetworkTier: 'PREMIUM',
    ...nat,
  }
}

const HTTP_KINDS = ['http', 'https', 'http2']

function healthCheck(body: JsonObject): JsonObject {
  const kinds = [...HTTP_KINDS, 'tcp', 'ssl', 'grpc']
  const kind = kinds.find((one) => isObject(body[`${one}HealthCheck`]))
  const type = textOf(body, 'type') ?? kind?.toUpperCase()
  if (!type) throw invalid('type', '', 'A health check needs a type.')
  const field = `${type.toLowerCase()}HealthCheck`
  const filled = {
    kind: 'compute#healthCheck',
    checkIntervalSec: 5,
    timeoutSec: 5,
    healthyThreshold: 2,
    unhealthyThreshold: 2,
    logConfig: { enable: false },
    ...body,
    type,
    [field]: { ...protocolDefaults(type), ...objectOf(body, field) },
  }
  if (Number(filled.timeoutSec) > Number(filled.checkIntervalSec)) {
    const rule = 'TimeoutSec should be less than checkIntervalSec.'
    throw invalid('timeoutSec', String(filled.timeoutSec), rule)
  }
  return filled
}

function protocolDefaults(type: string): JsonObject {
  const isHttp = HTTP_KINDS.includes(type.toLowerCase())
  return {
    ...(isHttp && { port: type === 'HTTP' ? 80 : 443, requestPath: '/' }),
    ...(type !== 'GRPC' && { proxyHeader: 'NONE' }),
  }
}

function instanceTemplate(body: JsonObject, links: Links): JsonObject {
  const properties = objectOf(body, 'properties')
  if (!textOf(properties, 'machineType')) {
    throw invalid('properties.machineType', '', 'Machine type is required.')
  }
  return {
    kind: 'compute#instanceTemplate',
    description: '',
    ...body,
    properties: {
      ...properties,
      metadata: metadataDefaults(objectOf(properties, 'metadata')),
      scheduling: schedulingDefaults(objectOf(properties, 'scheduling')),
      ...eachOf(properties, 'disks', diskDefaults),
      ...eachOf(properties, 'networkInterfaces', (one, index) =>
        interfaceDefaults(one, index, links)
      ),
    },
  }
}

function metadataDefaults(metadata: JsonObject): JsonObject {
  const fingerprint = fingerprintOf(metadata['items'] ?? [])
  return { ...metadata, kind: 'compute#metadata', fingerprint }
}

function schedulingDefaults(scheduling: JsonObject): JsonObject {
  const spot = scheduling['provisioningModel'] === 'SPOT' || scheduling['preemptible'] === true
  return spot
    ? {
        onHostMaintenance: 'TERMINATE',
        automaticRestart: false,
        instanceTerminationAction: 'STOP',
        provisioningModel: 'SPOT',
        ...scheduling,
        preemptible: true,
      }
    : {
        onHostMaintenance: 'MIGRATE',
        automaticRestart: true,
        preemptible: false,
        provisioningModel: 'STANDARD',
        ...scheduling,
      }
}

function eachOf(
  object: JsonObject,
  field: string,
  fill: (one: JsonObject, index: number) => JsonObject
): JsonObject {
  const list = object[field]
  if (!Array.isArray(list)) return {}
  return { [field]: list.map((one, index) => (isObject(one) ? fill(one, index) : one)) }
}

function diskDefaults(disk: JsonObject, index: number): JsonObject {
  return {
    kind: 'compute#attachedDisk',
    type: 'PERSISTENT',
    mode: 'READ_WRITE',
    deviceName: `persistent-disk-${index}`,
    interface: 'SCSI',
    index,
    boot: false,
    autoDelete: false,
    ...disk,
  }
}

function interfaceDefaults(nic: JsonObject, index: number, links: Links): JsonObject {
  const linked = withLink(withLink(nic, 'network', links), 'subnetwork', links)
  return { kind: 'compute#networkInterface', name: `nic${index}`, ...linked }
}
