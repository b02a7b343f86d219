import { BUCKET, type Clinic, PROJECT_PATH } from '../clinic.ts'
import { type Case, granting, MEMBER } from './case.ts'

const revoking =
  (role: string, member = MEMBER) =>
  ({ rest }: Clinic): Promise<void> =>
    rest.revoke(PROJECT_PATH, role, member)

const AGENT = 'serviceAccount:123456789012@cloudservices.gserviceaccount.com'

/** An API that is off, as it shows before anything was deployed. */
function apiOff(api: string, kind: Case['kind'], also: Case['also'] = []): Case {
  return {
    id: `api-${api}`,
    when: 'the API is off',
    breaks: ({ rest }) =>
      rest.post(`/serviceusage/v1/projects/mervis-demo/services/${api}.googleapis.com:disable`),
    kind,
    said: kind === 'error' ? /^Off\. It is needed to / : /^Off/,
    fix: `gcloud services enable ${api}.googleapis.com --project=mervis-demo`,
    also,
  }
}

export const PROJECT_CASES: readonly Case[] = [
  {
    id: 'project',
    when: 'the job may not see it',
    breaks: revoking('roles/resourcemanager.projectIamAdmin'),
    kind: 'error',
    said: /no project mervis-demo, or serviceAccount:deployer@\S+ may not see it/,
    fix: granting('roles/browser'),
    also: 'many',
  },
  {
    id: 'project-number',
    when: 'the provider is of another project',
    inputs: {
      workload_identity_provider:
        'projects/999/locations/global/workloadIdentityPools/github/providers/github',
    },
    kind: 'warning',
    said: /of project number 999, mervis-demo has number 123456789012/,
    fix: 'workload_identity_provider: projects/123456789012/locations/global/workloadIdentityPools/github/providers/github',
  },
  {
    id: 'billing',
    when: 'nobody pays',
    breaks: ({ rest }) =>
      rest.put('/cloudbilling/v1/projects/mervis-demo/billingInfo', { billingAccountName: '' }),
    kind: 'error',
    said: /^No billing account/,
    fix: 'gcloud billing projects link mervis-demo --billing-account=BILLING_ACCOUNT_ID',
    also: 'many',
  },
  {
    ...apiOff('serviceusage', 'error', 'many'),
    // Who uses gcloud calls it by a project of Google's own.
    helps: async ({ harness }) =>
      harness.emulator.cloud.services.set('serviceusage.googleapis.com', true),
  },
  apiOff('cloudresourcemanager', 'error', 'many'),
  apiOff('sts', 'error'),
  apiOff('iamcredentials', 'error'),
  apiOff('iam', 'warning', ['act-as']),
  apiOff('compute', 'warning', 'many'),
  apiOff('artifactregistry', 'warning', [
    'registry',
    'registry-tags',
    'registry-cleanup',
    'registry-push',
  ]),
  apiOff('storage', 'error', 'many'),
  apiOff('logging', 'warning'),
  apiOff('iap', 'warning'),
  apiOff('cloudbilling', 'warning', ['billing']),
  apiOff('secretmanager', 'warning', ['secret-API_KEY', 'secret-reader-API_KEY']),
  {
    ...apiOff('compute', 'error', 'many'),
    when: 'the API is off, and terraform may not turn it on',
    inputs: { terraform_directory: 'infra' },
  },
]

export const PERMISSION_CASES: readonly Case[] = [
  {
    id: 'permissions-apis',
    when: 'the role is missing',
    breaks: revoking('roles/serviceusage.serviceUsageAdmin'),
    kind: 'error',
    said: /lacks serviceusage\.services\.enable, serviceusage\.services\.get/,
    fix: granting('roles/serviceusage.serviceUsageAdmin'),
    also: 'many',
  },
  {
    id: 'permissions-network',
    when: 'one of two roles is missing',
    breaks: revoking('roles/compute.securityAdmin'),
    kind: 'error',
    said: /lacks compute\.firewalls\.create, compute\.firewalls\.delete, compute\.firewalls\.update\./,
    fix: `${granting('roles/compute.networkAdmin')}\n${granting('roles/compute.securityAdmin')}`,
  },
  {
    id: 'permissions-registry',
    when: 'the role is missing',
    breaks: revoking('roles/artifactregistry.admin'),
    kind: 'error',
    said: /lacks artifactregistry\.repositories\.create/,
    fix: granting('roles/artifactregistry.admin'),
    also: ['registry', 'registry-tags', 'registry-cleanup', 'registry-push'],
  },
  {
    id: 'permissions-service-account',
    when: 'the role is missing',
    breaks: revoking('roles/iam.serviceAccountAdmin'),
    kind: 'error',
    said: /lacks iam\.serviceAccounts\.create, iam\.serviceAccounts\.delete/,
    fix: granting('roles/iam.serviceAccountAdmin'),
  },
  {
    id: 'permissions-grants',
    when: 'one permission is denied',
    breaks: async ({ harness }) =>
      harness.emulator.cloud.access.deny({
        permission: 'resourcemanager.projects.setIamPolicy',
        member: MEMBER,
      }),
    kind: 'error',
    said: /lacks resourcemanager\.projects\.setIamPolicy\.$/,
    fix: granting('roles/resourcemanager.projectIamAdmin'),
    helps: async ({ harness }) =>
      harness.emulator.cloud.access.undeny('resourcemanager.projects.setIamPolicy'),
  },
  {
    id: 'permissions-rollout',
    when: 'the role is missing',
    breaks: revoking('roles/compute.instanceAdmin.v1'),
    kind: 'error',
    said: /lacks compute\.instanceGroupManagers\.update, compute\.instanceTemplates\.create, .* and \d+ more/,
    fix: granting('roles/compute.instanceAdmin.v1'),
    also: 'many',
  },
  {
    id: 'permissions-group',
    when: 'the role is missing',
    breaks: revoking('roles/compute.instanceAdmin.v1'),
    kind: 'error',
    said: /lacks compute\.instanceGroupManagers\.create/,
    fix: granting('roles/compute.instanceAdmin.v1'),
    also: 'many',
  },
  {
    id: 'permissions-secrets',
    when: 'the role is missing',
    breaks: revoking('roles/secretmanager.admin'),
    kind: 'error',
    said: /lacks secretmanager\.secrets\.getIamPolicy/,
    fix: granting('roles/secretmanager.admin'),
    also: ['secret-API_KEY', 'secret-reader-API_KEY'],
  },
  {
    id: 'act-as',
    when: 'the job may not act as an account that is still to be made',
    breaks: revoking('roles/iam.serviceAccountUser'),
    kind: 'error',
    said: /mervis-machine@\S+ is made by the first deploy, and \S+ could not act as it/,
    fix: granting('roles/iam.serviceAccountUser'),
  },
  {
    id: 'group-service-agent',
    when: "an organisation has taken the agent's role",
    breaks: revoking('roles/compute.instanceGroupManagerServiceAgent', AGENT),
    kind: 'error',
    said: /123456789012@cloudservices\.gserviceaccount\.com has lost its role/,
    fix: granting('roles/compute.instanceGroupManagerServiceAgent', AGENT),
  },
  {
    id: 'state-bucket-permissions',
    when: 'the role is missing',
    breaks: ({ rest }) => rest.revokeOnBucket(BUCKET, 'roles/storage.objectAdmin', MEMBER),
    kind: 'error',
    said: /lacks storage\.objects\.create, storage\.objects\.delete, storage\.objects\.get on mervis-demo-tfstate/,
    fix: `gcloud storage buckets add-iam-policy-binding gs://mervis-demo-tfstate --member=${MEMBER} --role=roles/storage.objectUser`,
    also: ['terraform-state', 'terraform-lock', 'ledger', 'deploy-lock', 'group'],
  },
]
