/** The role that carries a permission, least first (Google's IAM reference; order matters). */
const ROLE_OF_PERMISSION: readonly (readonly [prefix: string, role: string])[] = [
  ['artifactregistry.repositories.uploadArtifacts', 'roles/artifactregistry.writer'],
  ['artifactregistry.repositories.downloadArtifacts', 'roles/artifactregistry.reader'],
  ['artifactregistry.repositories.deleteArtifacts', 'roles/artifactregistry.repoAdmin'],
  ['artifactregistry.tags.delete', 'roles/artifactregistry.repoAdmin'],
  ['artifactregistry.tags.create', 'roles/artifactregistry.writer'],
  ['artifactregistry.tags.update', 'roles/artifactregistry.writer'],
  ['artifactregistry.tags.', 'roles/artifactregistry.reader'],
  ['artifactregistry.dockerimages.', 'roles/artifactregistry.reader'],
  ['artifactregistry.versions.delete', 'roles/artifactregistry.repoAdmin'],
  ['artifactregistry.versions.', 'roles/artifactregistry.reader'],
  ['artifactregistry.packages.delete', 'roles/artifactregistry.repoAdmin'],
  ['artifactregistry.packages.', 'roles/artifactregistry.reader'],
  ['artifactregistry.repositories.get', 'roles/artifactregistry.reader'],
  ['artifactregistry.', 'roles/artifactregistry.admin'],
  ['compute.firewalls.', 'roles/compute.securityAdmin'],
  ['compute.networks.', 'roles/compute.networkAdmin'],
  ['compute.subnetworks.', 'roles/compute.networkAdmin'],
  ['compute.routers.', 'roles/compute.networkAdmin'],
  ['compute.healthChecks.', 'roles/compute.networkAdmin'],
  ['compute.', 'roles/compute.instanceAdmin.v1'],
  ['iam.serviceAccounts.getAccessToken', 'roles/iam.workloadIdentityUser'],
  ['iam.serviceAccounts.actAs', 'roles/iam.serviceAccountUser'],
  ['iam.serviceAccounts.get', 'roles/iam.serviceAccountViewer'],
  ['iam.serviceAccounts.', 'roles/iam.serviceAccountAdmin'],
  ['iam.workloadIdentityPoolProviders.get', 'roles/iam.workloadIdentityPoolViewer'],
  ['iam.workloadIdentityPools.get', 'roles/iam.workloadIdentityPoolViewer'],
  ['iam.roles.', 'roles/iam.roleAdmin'],
  ['orgpolicy.policy.get', 'roles/orgpolicy.policyViewer'],
  ['resourcemanager.projects.getIamPolicy', 'roles/iam.securityReviewer'],
  ['resourcemanager.projects.setIamPolicy', 'roles/resourcemanager.projectIamAdmin'],
  ['resourcemanager.projects.', 'roles/browser'],
  ['secretmanager.versions.access', 'roles/secretmanager.secretAccessor'],
  ['secretmanager.versions.add', 'roles/secretmanager.secretVersionAdder'],
  ['secretmanager.versions.get', 'roles/secretmanager.viewer'],
  ['secretmanager.versions.list', 'roles/secretmanager.viewer'],
  ['secretmanager.versions.', 'roles/secretmanager.secretVersionManager'],
  ['secretmanager.secrets.get', 'roles/secretmanager.viewer'],
  ['secretmanager.', 'roles/secretmanager.admin'],
  ['serviceusage.services.use', 'roles/serviceusage.serviceUsageConsumer'],
  ['serviceusage.services.get', 'roles/serviceusage.serviceUsageViewer'],
  ['serviceusage.services.list', 'roles/serviceusage.serviceUsageViewer'],
  ['serviceusage.', 'roles/serviceusage.serviceUsageAdmin'],
  ['storage.buckets.get', 'roles/storage.legacyBucketReader'],
  ['storage.objects.', 'roles/storage.objectUser'],
  ['storage.', 'roles/storage.admin'],
]

/** The least of the well-known roles with the permission, or undefined. */
export function roleFor(permission: string): string | undefined {
  return ROLE_OF_PERMISSION.find(([prefix]) => permission.startsWith(prefix))?.[1]
}

/** Not a host name: `compute.googleapis.com` looks like one and is none. */
const PERMISSION = /\b[a-z]+(?:\.(?!googleapis|com\b)[A-Za-z]+){2}\b/g

/** The permissions that a text names, as far as a role is known for them. */
export function permissionsIn(text: string): readonly string[] {
  return (text.match(PERMISSION) ?? []).filter((permission) => roleFor(permission) !== undefined)
}
