import { GITHUB_ISSUER } from '../github/oidc.ts'
import type { IdentityPools } from './federation/pool-store.ts'
import type { Policies } from './iam/policies.ts'
import type { ServiceAccounts } from './iam/service-accounts.ts'
import type { Project } from './project.ts'
import type { ObjectStore } from './storage/store.ts'

export interface BirthOptions {
  readonly project: Project
  readonly repositoryId: string
  readonly repositoryOwnerId: string
  readonly stateBucket: string
  readonly policies: Policies
  readonly serviceAccounts: ServiceAccounts
  readonly identityPools: IdentityPools
  readonly store: ObjectStore
}

/** What the deployer needs to build the infrastructure and to deploy; the owner may do anything. */
const DEPLOYER_ROLES = [
  'roles/artifactregistry.admin',
  'roles/compute.instanceAdmin.v1',
  'roles/compute.networkAdmin',
  'roles/compute.securityAdmin',
  'roles/iam.serviceAccountAdmin',
  'roles/iam.serviceAccountUser',
  'roles/orgpolicy.policyViewer',
  'roles/resourcemanager.projectIamAdmin',
  'roles/secretmanager.admin',
  'roles/serviceusage.serviceUsageAdmin',
]

/** As terraform/bootstrap makes it. */
const STATE_BUCKET = {
  location: 'EUROPE-WEST1',
  versioning: { enabled: true },
  iamConfiguration: {
    publicAccessPrevention: 'enforced',
    uniformBucketLevelAccess: { enabled: true },
  },
  lifecycle: {
    rule: [{ action: { type: 'Delete' }, condition: { isLive: false, numNewerVersions: 50 } }],
  },
}

/** The person the project belongs to. */
export const OWNER = 'user:owner@example.com'

/** What a workflow of the repository is told about the project. */
export interface BornIdentities {
  readonly projectId: string
  readonly stateBucket: string
  readonly deployerEmail: string
  /** `projects/NUMBER/locations/global/workloadIdentityPools/github/providers/github`. */
  readonly workloadIdentityProvider: string
}

/** The project as its owner has prepared it: a deployer, GitHub's way in to it, and the state bucket. */
export function furnishProject(options: BirthOptions): BornIdentities {
  const { project, policies, store } = options
  const projectName = `projects/${project.id}`
  const deployer = options.serviceAccounts.create('deployer', {
    displayName: 'Deploys from GitHub',
  })
  policies.grant(projectName, 'roles/owner', OWNER)
  for (const role of DEPLOYER_ROLES) {
    policies.grant(projectName, role, `serviceAccount:${deployer.email}`)
  }
  // The service agent that creates the VMs of a managed instance group.
  const agent = `serviceAccount:${project.number}@cloudservices.gserviceaccount.com`
  policies.grant(projectName, 'roles/compute.instanceGroupManagerServiceAgent', agent)

  store.createBucket(options.stateBucket, STATE_BUCKET)
  for (const role of ['roles/storage.objectAdmin', 'roles/storage.legacyBucketReader']) {
    policies.grant(`b/${options.stateBucket}`, role, `serviceAccount:${deployer.email}`)
  }

  const pool = options.identityPools.nameOf('github')
  const workloadIdentityProvider = options.identityPools.nameOf('github', 'github')
  options.identityPools.create(pool, { displayName: 'GitHub' })
  options.identityPools.create(workloadIdentityProvider, {
    displayName: 'GitHub',
    oidc: { issuerUri: GITHUB_ISSUER },
    attributeMapping: {
      'google.subject': 'assertion.sub',
      'attribute.repository_id': 'assertion.repository_id',
      'attribute.repository_owner_id': 'assertion.repository_owner_id',
      'attribute.ref': 'assertion.ref',
    },
    attributeCondition: `assertion.repository_owner_id == '${options.repositoryOwnerId}' && assertion.repository_id == '${options.repositoryId}'`,
  })
  const anyJob = `principalSet://iam.googleapis.com/${pool}/attribute.repository_id/${options.repositoryId}`
  policies.grant(deployer.name, 'roles/iam.workloadIdentityUser', anyJob)
  return {
    projectId: project.id,
    stateBucket: options.stateBucket,
    deployerEmail: deployer.email,
    workloadIdentityProvider,
  }
}
