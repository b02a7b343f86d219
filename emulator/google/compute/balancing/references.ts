import { resourceNotFound } from '../../errors.ts'
import type { Demand } from '../../iam/permissions.ts'
import type { JsonObject } from '../../route.ts'
import { invalid } from '../resources/invalid.ts'
import { textsAt } from '../resources/links.ts'
import type { Links } from '../scope.ts'

/** A field that names other resources, and what its writer must be allowed to do with them. */
interface Reference {
  readonly path: readonly string[]
  readonly collection: RegExp
  readonly permission: (collection: string) => string
}

const SERVICES = {
  collection: /^backendServices$/,
  permission: () => 'compute.backendServices.use',
} as const
const URL_MAP: Reference = {
  path: ['urlMap'],
  collection: /^urlMaps$/,
  permission: () => 'compute.urlMaps.use',
}

const REFERENCES: Readonly<Record<string, readonly Reference[]>> = {
  autoscalers: [
    {
      path: ['target'],
      collection: /^instanceGroupManagers$/,
      permission: () => 'compute.instanceGroupManagers.use',
    },
  ],
  backendServices: [
    {
      path: ['healthChecks'],
      collection: /^healthChecks$/,
      permission: () => 'compute.healthChecks.useReadOnly',
    },
    {
      path: ['backends', 'group'],
      collection: /^instanceGroups$/,
      permission: () => 'compute.instanceGroups.use',
    },
  ],
  urlMaps: [
    { path: ['defaultService'], ...SERVICES },
    { path: ['pathMatchers', 'defaultService'], ...SERVICES },
    { path: ['pathMatchers', 'pathRules', 'service'], ...SERVICES },
  ],
  targetHttpProxies: [URL_MAP],
  targetHttpsProxies: [
    URL_MAP,
    {
      path: ['sslCertificates'],
      collection: /^sslCertificates$/,
      permission: () => 'compute.sslCertificates.get',
    },
    {
      path: ['sslPolicy'],
      collection: /^sslPolicies$/,
      permission: () => 'compute.sslPolicies.use',
    },
  ],
  forwardingRules: [
    {
      path: ['target'],
      collection: /^targetHttps?Proxies$/,
      permission: (collection) => `compute.${collection}.use`,
    },
  ],
}

/** Against what references are checked. */
export interface ReferenceContext {
  readonly links: Links
  readonly exists: (path: string) => boolean
  /** Throws when the one who asks lacks the permission. */
  readonly authorise: (demand: Demand) => void
}

/** @throws GoogleError 400 wrong kind, 404 missing, and whatever `authorise` throws */
export function checkReferences(
  collection: string,
  resource: JsonObject,
  context: ReferenceContext
): void {
  for (const reference of REFERENCES[collection] ?? []) {
    for (const link of textsAt(resource, reference.path)) check(reference, link, context)
  }
}

function check(reference: Reference, link: string, context: ReferenceContext): void {
  const path = context.links.path(link)
  const kind = path.split('/').at(-2) ?? ''
  if (!path.startsWith('projects/') || !reference.collection.test(kind)) {
    const field = reference.path.join('.')
    throw invalid(field, link, 'The URL is malformed or refers to another type of resource.')
  }
  if (!context.exists(path)) throw resourceNotFound(path)
  context.authorise({ permission: reference.permission(kind), resource: path })
}
