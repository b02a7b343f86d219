/** A part of the work that people know by name, and what Google asks of whoever does it. */
export interface Job {
  readonly id: string
  readonly title: string
  readonly permissions: readonly string[]
  /** The predefined roles that hold all of it together. */
  readonly roles: readonly string[]
  /** Done by terraform only when the infrastructure changes, not by every deploy. */
  readonly isTerraforms: boolean
}

const NETWORK: Job = {
  id: 'permissions-network',
  title: 'Terraform may make network, firewall and health check',
  roles: ['roles/compute.networkAdmin', 'roles/compute.securityAdmin'],
  isTerraforms: true,
  permissions: [
    ...crud('compute.networks'),
    // A firewall rule is a part of its network's policy.
    'compute.networks.updatePolicy',
    ...crud('compute.subnetworks'),
    ...crud('compute.firewalls'),
    'compute.firewalls.update',
    ...crud('compute.healthChecks'),
    'compute.healthChecks.update',
    // A group that heals itself refers to one.
    'compute.healthChecks.useReadOnly',
  ],
}

const COMPUTE: Job = {
  id: 'permissions-group',
  title: 'Terraform may make the group and its template',
  roles: ['roles/compute.instanceAdmin.v1'],
  isTerraforms: true,
  permissions: [
    'compute.instanceGroupManagers.create',
    'compute.instanceGroupManagers.delete',
    // Who deletes a group deletes its VMs.
    'compute.instances.delete',
    'compute.subnetworks.use',
  ],
}

/** As terraform/bootstrap puts them into its role "Deploy rollout". */
const ROLLOUT: Job = {
  id: 'permissions-rollout',
  title: 'The job may make a release and roll the group',
  roles: ['roles/compute.instanceAdmin.v1'],
  isTerraforms: false,
  permissions: [
    'compute.instanceGroupManagers.get',
    'compute.instanceGroupManagers.update',
    'compute.instanceTemplates.create',
    'compute.instanceTemplates.delete',
    'compute.instanceTemplates.get',
    'compute.instanceTemplates.list',
    'compute.instanceTemplates.useReadOnly',
    'compute.instances.create',
    'compute.instances.get',
    'compute.instances.getGuestAttributes',
    'compute.instances.list',
    // What Google checks of whoever gives a group a new template: all that its VMs will have.
    'compute.instances.setLabels',
    'compute.instances.setMetadata',
    'compute.instances.setServiceAccount',
    'compute.instances.setTags',
    'compute.disks.create',
    'compute.images.useReadOnly',
    'compute.subnetworks.useExternalIp',
    'compute.regionOperations.get',
    'compute.zoneOperations.get',
    'compute.globalOperations.get',
  ],
}

const REGISTRY: Job = {
  id: 'permissions-registry',
  title: 'Terraform may make the registry',
  roles: ['roles/artifactregistry.admin'],
  isTerraforms: true,
  permissions: [
    ...crud('artifactregistry.repositories'),
    'artifactregistry.repositories.update',
    'artifactregistry.repositories.getIamPolicy',
    'artifactregistry.repositories.setIamPolicy',
  ],
}

const SERVICE_ACCOUNT: Job = {
  id: 'permissions-service-account',
  title: "Terraform may make the VMs' service account",
  roles: ['roles/iam.serviceAccountAdmin'],
  isTerraforms: true,
  permissions: [...crud('iam.serviceAccounts'), 'iam.serviceAccounts.update'],
}

/** The one job that a condition may narrow, so that a test of permissions cannot tell. */
export const GRANTS_ID = 'permissions-grants'
/** As terraform/bootstrap gives it, for two roles only. */
export const GRANTING_ROLE = 'roles/resourcemanager.projectIamAdmin'
const GRANTS: Job = {
  id: GRANTS_ID,
  title: 'Terraform may let the VMs write logs',
  roles: [GRANTING_ROLE],
  isTerraforms: true,
  permissions: ['resourcemanager.projects.getIamPolicy', 'resourcemanager.projects.setIamPolicy'],
}

const APIS: Job = {
  id: 'permissions-apis',
  title: 'Terraform may turn APIs on',
  roles: ['roles/serviceusage.serviceUsageAdmin'],
  isTerraforms: true,
  permissions: [
    'serviceusage.services.enable',
    'serviceusage.services.get',
    'serviceusage.services.list',
  ],
}

/** Only where the service has secrets: the VMs are let in to each of them. */
const SECRETS: Job = {
  id: 'permissions-secrets',
  title: 'Terraform may let the VMs read their secrets',
  roles: ['roles/secretmanager.admin'],
  isTerraforms: true,
  permissions: [
    'secretmanager.secrets.getIamPolicy',
    'secretmanager.secrets.setIamPolicy',
    'secretmanager.versions.get',
  ],
}

/** In the order in which a first deploy meets them. */
const JOBS: readonly Job[] = [APIS, NETWORK, REGISTRY, SERVICE_ACCOUNT, GRANTS, COMPUTE, ROLLOUT]

/** What there is to do for this service. */
export function jobsOf({
  secrets,
}: {
  readonly secrets: ReadonlyMap<string, unknown>
}): readonly Job[] {
  return secrets.size > 0 ? [...JOBS, SECRETS] : JOBS
}

/** What is asked of the project besides the jobs: one request answers it all, up to 100 of them. */
export const PROJECT_PERMISSIONS: readonly string[] = [
  ...new Set([
    ...[...JOBS, SECRETS].flatMap((job) => job.permissions),
    'iam.serviceAccounts.actAs',
    'orgpolicy.policy.get',
    'secretmanager.secrets.create',
  ]),
]

function crud(resource: string): readonly string[] {
  return ['create', 'delete', 'get'].map((verb) => `${resource}.${verb}`)
}
