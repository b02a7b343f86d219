import { PROJECT_PATH } from '../clinic.ts'
import { type Case, granting, MEMBER } from './case.ts'

/** What the organisation has set above the project. */
function inherited(constraint: string, policy: object): Pick<Case, 'breaks'> {
  const body = { constraint: `constraints/${constraint}`, policy }
  return { breaks: ({ rest }) => rest.post('/emulator/org-policy', body) }
}

const ENFORCED = { booleanPolicy: { enforced: true } }
const allow = (constraint: string, value: string): string =>
  `gcloud resource-manager org-policies allow ${constraint} ${value} --project=mervis-demo`
const lift = (constraint: string): string =>
  `gcloud resource-manager org-policies disable-enforce ${constraint} --project=mervis-demo`

export const POLICY_CASES: readonly Case[] = [
  {
    id: 'policy-external-addresses',
    when: 'no VM may have one',
    ...inherited('compute.vmExternalIpAccess', { listPolicy: { allValues: 'DENY' } }),
    kind: 'error',
    said: /no VM of the group is made/,
    fix: 'terraform_variables: |\n  external_ip=false',
  },
  {
    id: 'policy-guest-attributes',
    when: 'they are off',
    ...inherited('compute.disableGuestAttributesAccess', ENFORCED),
    kind: 'error',
    said: /every rollout times out/,
    fix: lift('compute.disableGuestAttributesAccess'),
  },
  {
    id: 'policy-locations',
    when: 'only another region is allowed',
    ...inherited('gcp.resourceLocations', { listPolicy: { allowedValues: ['asia-northeast3'] } }),
    kind: 'error',
    said: /^Nothing may be made in europe-west1\.$/,
    fix: allow('gcp.resourceLocations', 'in:europe-west1-locations'),
  },
  {
    id: 'policy-image-projects',
    when: 'only images of the company are trusted',
    ...inherited('compute.trustedImageProjects', {
      listPolicy: { allowedValues: ['projects/company-images'] },
    }),
    kind: 'error',
    said: /^Images of cos-cloud are not trusted/,
    fix: allow('compute.trustedImageProjects', 'projects/cos-cloud'),
  },
  {
    id: 'policy-service-accounts',
    when: 'nobody may make them',
    ...inherited('iam.disableServiceAccountCreation', ENFORCED),
    kind: 'error',
    said: /^Nobody may make service accounts/,
    fix: lift('iam.disableServiceAccountCreation'),
  },
  {
    id: 'policy-load-balancers',
    when: 'external ones are denied',
    inputs: { terraform_variables: 'load_balancer={"domains":["app.example.com"]}' },
    ...inherited('compute.restrictLoadBalancerCreationForTypes', {
      listPolicy: { allowedValues: ['INTERNAL_TCP_UDP'] },
    }),
    kind: 'error',
    said: /^GLOBAL_EXTERNAL_MANAGED_HTTP_HTTPS is not allowed/,
    fix: allow(
      'compute.restrictLoadBalancerCreationForTypes',
      'GLOBAL_EXTERNAL_MANAGED_HTTP_HTTPS'
    ),
  },
  {
    id: 'policy-locations',
    when: 'the job may not read policies',
    breaks: ({ rest }) => rest.revoke(PROJECT_PATH, 'roles/orgpolicy.policyViewer', MEMBER),
    kind: 'unknown',
    said: /may not read organisation policies/,
    fix: granting('roles/orgpolicy.policyViewer'),
    also: 'many',
  },
]
