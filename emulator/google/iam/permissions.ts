import { GoogleError } from '../errors.ts'
import { computeDemand } from './compute-permissions.ts'

/** What a request needs before it is served. */
export interface Demand {
  readonly permission: string
  /** Name of the resource, as in `projects/P/secrets/S`. */
  readonly resource: string
}

type Rule = readonly [method: string, path: RegExp, permission: string]

/** The five methods of a collection and the two of its policies, as nearly every API has them. */
function collection(name: string, permission: string): readonly Rule[] {
  const all = new RegExp(`^(.+)/${name}$`)
  const one = new RegExp(`^(.+/${name}/[^/:]+)$`)
  return [
    ['GET', all, `${permission}.list`],
    ['POST', all, `${permission}.create`],
    ['GET', one, `${permission}.get`],
    ['PATCH', one, `${permission}.update`],
    ['PUT', one, `${permission}.update`],
    ['DELETE', one, `${permission}.delete`],
    method(name, 'getIamPolicy', `${permission}.getIamPolicy`),
    method(name, 'setIamPolicy', `${permission}.setIamPolicy`),
  ]
}

/** A custom method (`:verb`) of the resources in a collection. */
function method(name: string, verb: string, permission: string): Rule {
  return ['*', new RegExp(`^(.+/${name}/[^/:]+):${verb}$`), permission]
}

/** The first group of a path is the resource that the permission is asked on. */
const RULES: Readonly<Record<string, readonly Rule[]>> = {
  'secretmanager.googleapis.com': [
    ...collection('secrets', 'secretmanager.secrets'),
    method('secrets', 'addVersion', 'secretmanager.versions.add'),
    ...collection('versions', 'secretmanager.versions'),
    ...['access', 'enable', 'disable', 'destroy'].map((verb) =>
      method('versions', verb, `secretmanager.versions.${verb}`)
    ),
  ],
  'artifactregistry.googleapis.com': [
    ...collection('repositories', 'artifactregistry.repositories'),
    ...collection('packages', 'artifactregistry.packages'),
    ...collection('tags', 'artifactregistry.tags'),
    ['GET', /^(.+)\/dockerImages$/, 'artifactregistry.dockerimages.list'],
    ['GET', /^(.+\/dockerImages\/.+)$/, 'artifactregistry.dockerimages.get'],
    ['GET', /^(.+)\/versions$/, 'artifactregistry.versions.list'],
    // The id of a version is a digest, colon included.
    ['GET', /^(.+\/versions\/[^/]+)$/, 'artifactregistry.versions.get'],
    ['DELETE', /^(.+\/versions\/[^/]+)$/, 'artifactregistry.versions.delete'],
  ],
  'iam.googleapis.com': [
    ...collection('serviceAccounts', 'iam.serviceAccounts'),
    method('serviceAccounts', 'enable', 'iam.serviceAccounts.enable'),
    method('serviceAccounts', 'disable', 'iam.serviceAccounts.disable'),
    ...collection('workloadIdentityPools', 'iam.workloadIdentityPools'),
    method('workloadIdentityPools', 'undelete', 'iam.workloadIdentityPools.undelete'),
    method('workloadIdentityPools', 'listAttestationRules', 'iam.workloadIdentityPools.get'),
    ...collection('providers', 'iam.workloadIdentityPoolProviders'),
    method('providers', 'undelete', 'iam.workloadIdentityPoolProviders.undelete'),
    ...collection('roles', 'iam.roles'),
    method('roles', 'undelete', 'iam.roles.undelete'),
  ],
  'iamcredentials.googleapis.com': [
    method('serviceAccounts', 'generateAccessToken', 'iam.serviceAccounts.getAccessToken'),
  ],
  'serviceusage.googleapis.com': [
    ['GET', /^(projects\/[^/]+)\/services$/, 'serviceusage.services.list'],
    ['GET', /^(projects\/[^/]+)\/services:batchGet$/, 'serviceusage.services.get'],
    ['GET', /^(projects\/[^/]+)\/services\/[^/:]+$/, 'serviceusage.services.get'],
    ['POST', /^(projects\/[^/]+)\/services:batchEnable$/, 'serviceusage.services.enable'],
    ['POST', /^(projects\/[^/]+)\/services\/[^/:]+:enable$/, 'serviceusage.services.enable'],
    ['POST', /^(projects\/[^/]+)\/services\/[^/:]+:disable$/, 'serviceusage.services.disable'],
  ],
  'cloudbilling.googleapis.com': [
    ['GET', /^(projects\/[^/]+)\/billingInfo$/, 'resourcemanager.projects.get'],
    ['PUT', /^(projects\/[^/]+)\/billingInfo$/, 'resourcemanager.projects.createBillingAssignment'],
  ],
  'cloudresourcemanager.googleapis.com': [
    ['POST', /^(projects\/[^/:]+):get(?:Effective)?OrgPolicy$/, 'orgpolicy.policy.get'],
    ['POST', /^(projects\/[^/:]+):(?:set|clear)OrgPolicy$/, 'orgpolicy.policy.set'],
    ['GET', /^(projects\/[^/:]+)$/, 'resourcemanager.projects.get'],
    ['POST', /^(projects\/[^/:]+):getIamPolicy$/, 'resourcemanager.projects.getIamPolicy'],
    ['POST', /^(projects\/[^/:]+):setIamPolicy$/, 'resourcemanager.projects.setIamPolicy'],
  ],
  'storage.googleapis.com': [
    ['GET', /^(b)$/, 'storage.buckets.list'],
    ['POST', /^(b)$/, 'storage.buckets.create'],
    ['GET', /^(b\/[^/]+)$/, 'storage.buckets.get'],
    ['PATCH', /^(b\/[^/]+)$/, 'storage.buckets.update'],
    ['DELETE', /^(b\/[^/]+)$/, 'storage.buckets.delete'],
    ['GET', /^(b\/[^/]+)\/iam$/, 'storage.buckets.getIamPolicy'],
    ['PUT', /^(b\/[^/]+)\/iam$/, 'storage.buckets.setIamPolicy'],
    ['GET', /^(b\/[^/]+)\/o$/, 'storage.objects.list'],
    ['POST', /^(b\/[^/]+)\/o$/, 'storage.objects.create'],
    ['PUT', /^(b\/[^/]+)\/o$/, 'storage.objects.create'],
    ['GET', /^(b\/[^/]+\/o\/.+)$/, 'storage.objects.get'],
    ['PATCH', /^(b\/[^/]+\/o\/.+)$/, 'storage.objects.update'],
    ['DELETE', /^(b\/[^/]+\/o\/.+)$/, 'storage.objects.delete'],
  ],
}

/**
 * The permission behind a request to `api`, undefined when it is free to all. `path` is relative to
 * the API and still percent-encoded: an encoded slash is part of a name.
 */
export function demandOf(api: string, method: string, path: string): Demand | undefined {
  // The colon of a verb counts as one however it is written: routes take both for the same.
  const plain = path.replace(/%3a/gi, ':')
  if (api === 'compute.googleapis.com') return computeDemand(method, plain)
  for (const [wanted, pattern, permission] of RULES[api] ?? []) {
    if (wanted !== '*' && wanted !== method) continue
    const resource = pattern.exec(plain)?.[1]
    if (resource !== undefined) return { permission, resource: decode(resource) }
  }
  return undefined
}

/** A request line may hold anything; what cannot be decoded names nothing. */
function decode(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    throw new GoogleError(400, 'Malformed request path.')
  }
}

/** How a refusal names the resource, where an API has words of its own. */
const WHERE: Readonly<Record<string, string>> = {
  'iamcredentials.googleapis.com': 'on resource',
  'secretmanager.googleapis.com': "for resource 'RESOURCE'",
}

/** 403 in the words of the API that refuses. */
export function permissionDenied(api: string, demand: Demand, member: string): GoogleError {
  const { permission, resource } = demand
  if (api === 'compute.googleapis.com') {
    return new GoogleError(403, `Required '${permission}' permission for '${resource}'`)
  }
  if (api === 'storage.googleapis.com') {
    const kind = resource.includes('/o/') ? 'object' : 'bucket'
    const who = member.replace(/^\w+:/, '')
    return new GoogleError(
      403,
      `${who} does not have ${permission} access to the Google Cloud Storage ${kind}. ` +
        `Permission '${permission}' denied on resource (or it may not exist).`
    )
  }
  const where = WHERE[api] ?? `on resource '//${api}/RESOURCE'`
  return new GoogleError(
    403,
    `Permission '${permission}' denied ${where.replace('RESOURCE', resource)} (or it may not exist).`,
    {
      details: [
        {
          '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
          reason: 'IAM_PERMISSION_DENIED',
          domain: 'iam.googleapis.com',
          metadata: { permission, resource },
        },
      ],
    }
  )
}
