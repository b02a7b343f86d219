import { join } from 'node:path'
import type { Clock } from '../clock.ts'
import type { Oidc } from '../github/oidc.ts'
import { Blobs } from '../registry/blobs.ts'
import { Images } from '../registry/images.ts'
import { createRegistry } from '../registry/registry.ts'
import type { GoogleApi, OpenRoutes } from '../server.ts'
import { createArtifactRegistry } from './artifacts/artifact-registry.ts'
import { Cleanup } from './artifacts/cleanup.ts'
import { Repositories } from './artifacts/repositories.ts'
import { Billing, createBillingInfo } from './billing/accounts.ts'
import { createBillingCatalogue } from './billing/catalogue.ts'
import { createCredentials } from './federation/credentials.ts'
import { createPoolRoutes } from './federation/pool-routes.ts'
import { IdentityPools } from './federation/pool-store.ts'
import { Federation } from './federation/pools.ts'
import { createTokenExchange } from './federation/token-exchange.ts'
import { Access } from './iam/access.ts'
import { createCustomRoles } from './iam/custom-roles.ts'
import { Policies } from './iam/policies.ts'
import { createServiceAccountRoutes, ServiceAccounts } from './iam/service-accounts.ts'
import { OrgPolicies } from './org-policy/org-policies.ts'
import type { Project } from './project.ts'
import { createResourceManager } from './resource-manager.ts'
import { createSecretManager } from './secrets/secret-manager.ts'
import { Secrets } from './secrets/store.ts'
import { createServiceUsage, EnabledServices } from './service-usage.ts'
import { createStorage, type Storage } from './storage/storage.ts'
import { ObjectStore } from './storage/store.ts'
import { Tokens } from './tokens.ts'

export interface CloudOptions {
  readonly project: Project
  readonly clock: Clock
  readonly oidc: Oidc
  readonly url: string
  readonly dataDirectory: string
}

/** Everything that Google's side of the emulator remembers, Compute apart. */
export interface Cloud {
  readonly project: Project
  readonly tokens: Tokens
  readonly access: Access
  readonly policies: Policies
  readonly federation: Federation
  readonly serviceAccounts: ServiceAccounts
  readonly identityPools: IdentityPools
  readonly services: EnabledServices
  readonly billing: Billing
  readonly orgPolicies: OrgPolicies
  readonly secrets: Secrets
  readonly store: ObjectStore
  readonly repositories: Repositories
  readonly images: Images
  readonly cleanup: Cleanup
  readonly googleApis: readonly GoogleApi[]
  readonly openRoutes: readonly OpenRoutes[]
  readonly registry: ReturnType<typeof createRegistry>
  readonly objectReads: Storage['xml']
}

/** An empty project and the APIs in front of it. */
export function createCloud(options: CloudOptions): Cloud {
  const { project, clock, url } = options
  const policies = new Policies(project)
  const federation = new Federation()
  const repositories = new Repositories(project, clock)
  const images = new Images(clock)
  const billing = new Billing(project)
  const state = {
    project,
    policies,
    federation,
    tokens: new Tokens(clock),
    access: new Access({ project, policies, federation }),
    serviceAccounts: new ServiceAccounts(project),
    identityPools: new IdentityPools(project, federation),
    billing,
    orgPolicies: new OrgPolicies(),
    services: new EnabledServices(project, billing),
    secrets: new Secrets(project, clock),
    store: new ObjectStore(clock),
    repositories,
    images,
    cleanup: new Cleanup(clock, repositories, images),
    blobs: new Blobs(join(options.dataDirectory, 'registry')),
  }
  const storage = createStorage({ ...state, url: () => url })
  const verifySignature = options.oidc.verifySignature
  const exchange = createTokenExchange({ ...state, clock, verifySignature })
  return {
    ...state,
    googleApis: googleApis({ state, storage, clock, url }),
    openRoutes: [{ path: '/sts/v1', routes: exchange.routes }],
    registry: createRegistry(state),
    objectReads: storage.xml,
  }
}

type State = Omit<Cloud, 'googleApis' | 'openRoutes' | 'registry' | 'objectReads'> & {
  readonly blobs: Blobs
}

/** IAM v1 is one API with three subjects. */
function createIam(state: State): GoogleApi['routes'] {
  return createServiceAccountRoutes(state.serviceAccounts, state)
    .route('/', createPoolRoutes(state.identityPools))
    .route('/', createCustomRoles(state.project, state.access))
}

interface ApiParts {
  readonly state: State
  readonly storage: Storage
  readonly clock: Clock
  readonly url: string
}

function googleApis({ state, storage, clock, url }: ApiParts): readonly GoogleApi[] {
  const { project } = state
  const registryHost = (): string => new URL(url).host
  const paths: readonly (readonly [string, string, GoogleApi['routes']])[] = [
    ['/storage/v1', 'storage', storage.json],
    ['/upload/storage/v1', 'storage', storage.upload],
    ['/resumable/upload/storage/v1', 'storage', storage.upload],
    ['/download/storage/v1', 'storage', storage.download],
    [
      '/artifactregistry/v1',
      'artifactregistry',
      createArtifactRegistry({ ...state, registryHost }),
    ],
    [
      '/cloudbilling/v1',
      'cloudbilling',
      createBillingCatalogue().route('/', createBillingInfo(state.billing)),
    ],
    ['/secretmanager/v1', 'secretmanager', createSecretManager(project, state.secrets, state)],
    ['/serviceusage/v1', 'serviceusage', createServiceUsage(project, state.services)],
    [
      '/cloudresourcemanager/v1',
      'cloudresourcemanager',
      createResourceManager(project, 'v1', state),
    ],
    [
      '/cloudresourcemanager/v3',
      'cloudresourcemanager',
      createResourceManager(project, 'v3', state),
    ],
    ['/iam/v1', 'iam', createIam(state)],
    ['/iamcredentials/v1', 'iamcredentials', createCredentials({ ...state, clock }).routes],
  ]
  // Bucket names are shared by the whole world, so that one is missing is told to anybody.
  const precheck = (path: string): void => {
    const bucket = /^b\/([^/]+)/.exec(path)?.[1]
    if (bucket !== undefined) state.store.bucket(bucket)
  }
  const api = (path: string, name: string, routes: GoogleApi['routes']): GoogleApi => ({
    path,
    api: `${name}.googleapis.com`,
    routes,
    ...(name === 'storage' && { precheck }),
  })
  const doubled = paths.filter(([, name]) => DOUBLED.includes(name))
  return [
    // First, or the version would be read as part of a path.
    ...doubled.map(([path, name, routes]) => api(`${path}${path.slice(-3)}`, name, routes)),
    ...paths.map(([path, name, routes]) => api(path, name, routes)),
  ]
}

/**
 * Version 6 of the real provider adds the API's version to the addresses of these by itself, and
 * cuts it off what it was given only where that begins with https: it asks for /iam/v1/v1.
 */
const DOUBLED = ['serviceusage', 'cloudresourcemanager', 'iam', 'iamcredentials']
