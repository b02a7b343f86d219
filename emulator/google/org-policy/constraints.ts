/**
 * What a constraint may be set to, by its name without `constraints/`. An organisation that has set
 * nothing has Google's default: nothing enforced, everything allowed.
 */
export const CONSTRAINTS: Readonly<Record<string, 'boolean' | 'list'>> = {
  'compute.disableGuestAttributesAccess': 'boolean',
  'compute.disableSerialPortAccess': 'boolean',
  'compute.requireOsLogin': 'boolean',
  'compute.requireShieldedVm': 'boolean',
  'compute.restrictLoadBalancerCreationForTypes': 'list',
  'compute.trustedImageProjects': 'list',
  'compute.vmExternalIpAccess': 'list',
  'gcp.resourceLocations': 'list',
  'gcp.restrictServiceUsage': 'list',
  'iam.allowedPolicyMemberDomains': 'list',
  'iam.disableServiceAccountCreation': 'boolean',
  'iam.workloadIdentityPoolProviders': 'list',
  'storage.publicAccessPrevention': 'boolean',
  'storage.uniformBucketLevelAccess': 'boolean',
}
