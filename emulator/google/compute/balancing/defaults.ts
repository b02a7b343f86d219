import { type JsonObject, objectOf, textOf, textsOf } from '../../route.ts'
import { invalid } from '../resources/invalid.ts'
import { expandAt, mapAt } from '../resources/links.ts'
import { fingerprintOf } from '../resources/store.ts'
import type { Links } from '../scope.ts'

type Defaults = (body: JsonObject, links: Links) => JsonObject

/** What the server makes of the parts of a load balancer; keyed by collection. */
export const BALANCING_COLLECTIONS: Readonly<Record<string, Defaults>> = {
  addresses: (body) => ({
    kind: 'compute#address',
    description: '',
    addressType: 'EXTERNAL',
    ipVersion: 'IPV4',
    networkTier: 'PREMIUM',
    ...labelled(body),
  }),
  sslCertificates: (body) => {
    if (textsOf(objectOf(body, 'managed'), 'domains').length === 0) {
      throw invalid('managed.domains', '', 'At least one domain must be specified.')
    }
    return { kind: 'compute#sslCertificate', type: 'MANAGED', ...body }
  },
  sslPolicies: (body) =>
    fingerprinted({
      kind: 'compute#sslPolicy',
      minTlsVersion: 'TLS_1_0',
      profile: 'COMPATIBLE',
      ...body,
    }),
  backendServices: (body, links) => fingerprinted(backendService(body, links)),
  urlMaps: (body, links) => fingerprinted(urlMap(body, links)),
  targetHttpProxies: (body, links) =>
    fingerprinted({
      kind: 'compute#targetHttpProxy',
      proxyBind: false,
      ...expandAt(body, ['urlMap'], links),
    }),
  targetHttpsProxies: (body, links) => fingerprinted(httpsProxy(body, links)),
  forwardingRules: (body, links) => fingerprinted(forwardingRule(body, links)),
}

function fingerprinted(resource: JsonObject): JsonObject {
  const { fingerprint: _, ...content } = resource
  return { ...content, fingerprint: fingerprintOf(content) }
}

function labelled(body: JsonObject): JsonObject {
  return { ...body, labelFingerprint: fingerprintOf(body['labels'] ?? {}) }
}

function backendService(body: JsonObject, links: Links): JsonObject {
  const linked = expandAt(expandAt(body, ['healthChecks'], links), ['backends', 'group'], links)
  return {
    kind: 'compute#backendService',
    description: '',
    protocol: 'HTTP',
    port: 80,
    portName: 'http',
    timeoutSec: 30,
    sessionAffinity: 'NONE',
    affinityCookieTtlSec: 0,
    enableCDN: false,
    loadBalancingScheme: 'EXTERNAL',
    ...mapAt(linked, ['backends'], backend),
    connectionDraining: { drainingTimeoutSec: 0, ...objectOf(body, 'connectionDraining') },
    iap: { enabled: false, ...objectOf(body, 'iap') },
    logConfig: logConfig(objectOf(body, 'logConfig')),
  }
}

function backend(one: JsonObject): JsonObject {
  // No maxUtilization where none was given: the provider would plan to take it away for ever.
  return { balancingMode: 'UTILIZATION', capacityScaler: 1, ...one }
}

function logConfig(given: JsonObject): JsonObject {
  if (given['enable'] !== true) return { ...given, enable: false }
  return { sampleRate: 1, optionalMode: 'EXCLUDE_ALL_OPTIONAL', ...given }
}

const SERVICE_FIELDS = [
  ['defaultService'],
  ['pathMatchers', 'defaultService'],
  ['pathMatchers', 'pathRules', 'service'],
]

function urlMap(body: JsonObject, links: Links): JsonObject {
  const targets = ['defaultService', 'defaultUrlRedirect', 'defaultRouteAction']
  if (targets.filter((field) => body[field] !== undefined).length === 0) {
    throw invalid('defaultService', '', 'A default service or redirect must be specified.')
  }
  if (body['defaultService'] !== undefined && body['defaultUrlRedirect'] !== undefined) {
    throw invalid('defaultUrlRedirect', '', 'Only one of service and redirect may be specified.')
  }
  const linked = SERVICE_FIELDS.reduce((map, path) => expandAt(map, path, links), body)
  return { kind: 'compute#urlMap', ...linked }
}

function httpsProxy(body: JsonObject, links: Links): JsonObject {
  const fields = [['urlMap'], ['sslCertificates'], ['sslPolicy']]
  const linked = fields.reduce((proxy, path) => expandAt(proxy, path, links), body)
  if (textsOf(linked, 'sslCertificates').length === 0 && !textOf(body, 'certificateMap')) {
    throw invalid('sslCertificates', '', 'At least one SSL certificate must be specified.')
  }
  return {
    kind: 'compute#targetHttpsProxy',
    quicOverride: 'NONE',
    proxyBind: false,
    tlsEarlyData: 'DISABLED',
    ...linked,
  }
}

function forwardingRule(body: JsonObject, links: Links): JsonObject {
  const [, first, last = first] = /^(\d+)(?:-(\d+))?$/.exec(textOf(body, 'portRange') ?? '') ?? []
  if (first === undefined || first !== last) {
    const given = textOf(body, 'portRange') ?? ''
    throw invalid('portRange', given, 'A single port must be specified for this target.')
  }
  return {
    kind: 'compute#forwardingRule',
    description: '',
    IPProtocol: 'TCP',
    loadBalancingScheme: 'EXTERNAL',
    networkTier: 'PREMIUM',
    ...labelled(expandAt(body, ['target'], links)),
    portRange: `${first}-${first}`,
  }
}
