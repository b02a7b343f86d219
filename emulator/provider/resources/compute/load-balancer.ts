import { equals } from '../../plan/sameness.ts'
import { type Change, compact, perform } from '../../rest/calls.ts'
import type { MappingContext, RestMapping, SpecialChange } from '../../rest/rest-resource.ts'
import { expand } from '../../rest/template.ts'
import { type Fields, isFields, isList, type Value } from '../../wire/values.ts'
import { globalImports, linkTo } from './network.ts'

const GLOBAL = 'projects/{{project}}/global'

function global(collection: string): Pick<RestMapping, 'api' | 'collection' | 'importIds'> {
  const importIds = globalImports(collection)
  return { api: 'compute', collection: `${GLOBAL}/${collection}`, importIds }
}

/** google_compute_global_address. */
export const GLOBAL_ADDRESS: RestMapping = {
  ...global('addresses'),
  title: 'GlobalAddress',
  update: 'none',
  encode: (body) => ({ ...body, networkTier: 'PREMIUM' }),
  afterCreation: setLabels,
  updateSpecially: setLabels,
}

/** google_compute_managed_ssl_certificate. */
export const MANAGED_CERTIFICATE: RestMapping = {
  ...global('sslCertificates'),
  title: 'ManagedSslCertificate',
  timeoutMs: 30 * 60_000,
  update: 'none',
  codec: { names: { certificate_id: 'id' } },
}

/** google_compute_ssl_policy. */
export const SSL_POLICY: RestMapping = {
  ...global('sslPolicies'),
  title: 'SslPolicy',
  update: 'PATCH',
  needsFingerprint: true,
}

/** google_compute_backend_service, changed as a whole. */
export const BACKEND_SERVICE: RestMapping = {
  ...global('backendServices'),
  title: 'BackendService',
  update: 'PUT',
  needsFingerprint: true,
  codec: { names: { backend: 'backends', enable_cdn: 'enableCDN', generated_id: 'id' } },
  encode: encodeService,
  decode: decodeService,
}

// One level deeper in the API than in Terraform.
function encodeService(
  { connectionDrainingTimeoutSec, ...body }: Fields,
  context: MappingContext
): Fields {
  const checks = body['healthChecks']
  return {
    ...body,
    connectionDraining: compact({ drainingTimeoutSec: connectionDrainingTimeoutSec }),
    ...(isList(checks) && {
      healthChecks: checks.map((check) => linkTo('global/healthChecks', check, context)),
    }),
  }
}

function decodeService({ connectionDraining, ...answer }: Fields): Fields {
  const draining = isFields(connectionDraining) ? connectionDraining : {}
  return { ...answer, connectionDrainingTimeoutSec: draining['drainingTimeoutSec'] ?? 0 }
}

/** google_compute_url_map, changed as a whole. */
export const URL_MAP: RestMapping = {
  ...global('urlMaps'),
  title: 'UrlMap',
  update: 'PUT',
  needsFingerprint: true,
  codec: {
    names: {
      map_id: 'id',
      host_rule: 'hostRules',
      path_matcher: 'pathMatchers',
      'path_matcher.path_rule': 'pathRules',
      test: 'tests',
    },
  },
  encode: (body, context) => ({
    ...body,
    ...(body['defaultService'] && {
      defaultService: linkTo('global/backendServices', body['defaultService'], context),
    }),
  }),
}

/** google_compute_target_http_proxy. */
export const HTTP_PROXY: RestMapping = {
  ...global('targetHttpProxies'),
  title: 'TargetHttpProxy',
  update: 'none',
  codec: { names: { proxy_id: 'id' } },
  encode: encodeProxy,
  updateSpecially: (special) => setEach(special, [urlMapOf('targetHttpProxies')]),
}

/** google_compute_target_https_proxy: every field has a call of its own. */
export const HTTPS_PROXY: RestMapping = {
  ...global('targetHttpsProxies'),
  title: 'TargetHttpsProxy',
  update: 'none',
  codec: { names: { proxy_id: 'id' }, local: new Set(['certificate_manager_certificates']) },
  encode: encodeProxy,
  updateSpecially: (special) =>
    setEach(special, [
      {
        field: 'quic_override',
        path: `${GLOBAL}/targetHttpsProxies/{{name}}/setQuicOverride`,
        body: (value) => ({ quicOverride: value }),
      },
      {
        field: 'ssl_certificates',
        path: 'projects/{{project}}/targetHttpsProxies/{{name}}/setSslCertificates',
        body: (value, context) => ({ sslCertificates: certificateLinks(value, context) }),
      },
      {
        field: 'certificate_map',
        path: `${GLOBAL}/targetHttpsProxies/{{name}}/setCertificateMap`,
        body: (value) => ({ certificateMap: value }),
      },
      {
        field: 'ssl_policy',
        path: `${GLOBAL}/targetHttpsProxies/{{name}}/setSslPolicy`,
        body: (value, context) => ({ sslPolicy: linkTo('global/sslPolicies', value, context) }),
      },
      urlMapOf('targetHttpsProxies'),
    ]),
}

function encodeProxy(body: Fields, context: MappingContext): Fields {
  const certificates = body['sslCertificates']
  return {
    ...body,
    urlMap: linkTo('global/urlMaps', body['urlMap'] ?? null, context),
    ...(isList(certificates) && { sslCertificates: certificateLinks(certificates, context) }),
    ...(body['sslPolicy'] && {
      sslPolicy: linkTo('global/sslPolicies', body['sslPolicy'], context),
    }),
  }
}

function certificateLinks(value: Value, context: MappingContext): Value {
  if (!isList(value)) return []
  return value.map((link) => linkTo('global/sslCertificates', link, context))
}

/** google_compute_global_forwarding_rule. */
export const GLOBAL_FORWARDING_RULE: RestMapping = {
  ...global('forwardingRules'),
  title: 'GlobalForwardingRule',
  update: 'PATCH',
  unattributed: true,
  codec: {
    names: { forwarding_rule_id: 'id', ip_address: 'IPAddress', ip_protocol: 'IPProtocol' },
  },
  afterCreation: setLabels,
  async updateSpecially(special) {
    await setLabels(special)
    await setEach(special, [
      {
        field: 'target',
        path: `${GLOBAL}/forwardingRules/{{name}}/setTarget`,
        body: (value) => ({ target: value }),
      },
    ])
    return ['labels', 'target']
  },
}

/** A field that is changed by a call of its own. */
interface Setter {
  readonly field: string
  readonly path: string
  body(value: Value, context: MappingContext): Fields
}

// These two methods are older than the rest and live outside of `global`.
function urlMapOf(collection: string): Setter {
  return {
    field: 'url_map',
    path: `projects/{{project}}/${collection}/{{name}}/setUrlMap`,
    body: (value, context) => ({ urlMap: linkTo('global/urlMaps', value, context) }),
  }
}

async function setEach(
  { planned, prior, session, change }: SpecialChange,
  setters: readonly Setter[]
): Promise<readonly string[]> {
  for (const { field, path, body } of setters) {
    if (equals(planned[field], prior[field])) continue
    const value = body(planned[field] ?? null, { fields: planned, session })
    await post(session, { path: expand(path, planned, session), body: value }, change)
  }
  return []
}

// Neither creation nor PATCH is where these resources take their labels from.
async function setLabels(special: SpecialChange): Promise<readonly string[]> {
  const { planned, prior, session, path, change } = special
  const labels = planned['effective_labels']
  const isNew = !equals(planned['self_link'], prior['self_link'])
  if (isNew ? isEmpty(labels) : equals(labels, prior['effective_labels'])) return []
  const body = { labels: labels ?? {}, labelFingerprint: prior['label_fingerprint'] ?? null }
  await post(session, { path: `${path}/setLabels`, body }, change)
  return []
}

function isEmpty(labels: Value | undefined): boolean {
  return !isFields(labels) || Object.keys(labels).length === 0
}

async function post(
  session: SpecialChange['session'],
  { path, body }: { readonly path: string; readonly body: Fields },
  change: Change
): Promise<void> {
  await perform(session, { api: 'compute', method: 'POST', path, body }, change)
}
