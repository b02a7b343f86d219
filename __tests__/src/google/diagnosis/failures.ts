import type { GoogleFailure } from '../../../../src/google/diagnosis/failure.ts'
import { failureInWords, readFailure } from '../../../../src/google/diagnosis/failure.ts'

const ACCOUNT = 'deployer@mervis-demo.iam.gserviceaccount.com'
export const PROVIDER =
  'projects/123456789012/locations/global/workloadIdentityPools/github/providers/main'
const JOBS =
  'principalSet://iam.googleapis.com/projects/123456789012/locations/global/workloadIdentityPools/github/attribute.repository_id/817263544'

/** A job whose identity is known, as in every command. */
export const SURROUNDINGS = {
  projectId: 'mervis-demo',
  region: 'europe-west1',
  stateBucket: 'mervis-demo-tfstate',
  provider: PROVIDER,
  serviceAccount: ACCOUNT,
  jobs: JOBS,
  member: `serviceAccount:${ACCOUNT}`,
}

export interface KnownFailure {
  /** The row of the table that speaks. */
  readonly id: string
  readonly told: string
  readonly failure: GoogleFailure
  /** All that is to be pasted. */
  readonly fix: string
}

interface Rpc {
  readonly code: number
  readonly message: string
  readonly status?: string
  readonly errors?: readonly object[]
  readonly info?: object
}

/** A body of google.rpc.Status. */
function rpc({ code, info, ...rest }: Rpc): GoogleFailure {
  const details = info && [{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', ...info }]
  return readFailure(
    code,
    JSON.stringify({ error: { code, ...rest, ...(details && { details }) } })
  )
}

function compute(code: number, reason: string, message: string): GoogleFailure {
  return rpc({ code, message, errors: [{ message, domain: 'global', reason }] })
}

function sts(error: string, description: string): GoogleFailure {
  return readFailure(400, JSON.stringify({ error, error_description: description }))
}

/** An error inside of an operation of Compute Engine. */
function operation(reason: string, message: string): GoogleFailure {
  return { status: 403, reason, message, details: {} }
}

const ON_PROVIDER = 'main --workload-identity-pool=github --location=global --project=123456789012'
const PROVIDERS = 'gcloud iam workload-identity-pools providers'
const NOT_USED =
  'Compute Engine API has not been used in project 123456789012 before or it is disabled. Enable it by visiting https://console.developers.google.com/apis/api/compute.googleapis.com/overview?project=123456789012 then retry. If you enabled this API recently, wait a few minutes for the action to propagate to our systems and retry.'
const UPLOAD =
  'Permission "artifactregistry.repositories.uploadArtifacts" denied on resource "projects/mervis-demo/locations/europe-west1/repositories/mervis" (or it may not exist)'
const PUSH_FIX = `gcloud artifacts repositories add-iam-policy-binding mervis --location=europe-west1 --project=mervis-demo --member=serviceAccount:${ACCOUNT} --role=roles/artifactregistry.writer`
const ACT_AS =
  "The user does not have access to service account 'web-machine@mervis-demo.iam.gserviceaccount.com'. User: 'deployer@mervis-demo.iam.gserviceaccount.com'. Ask a project owner to grant you the iam.serviceAccountUser role on the service account"
const ACT_AS_FIX = `gcloud iam service-accounts add-iam-policy-binding web-machine@mervis-demo.iam.gserviceaccount.com --project=mervis-demo --member=serviceAccount:${ACCOUNT} --role=roles/iam.serviceAccountUser`
const PERMISSIONS = 'permissions:\n  contents: read\n  id-token: write'
const ONE_AT_A_TIME = 'concurrency:\n  group: deploy\n  cancel-in-progress: false'
const SPOT = 'with:\n  provisioning: standard'
const QUOTAS = 'https://console.cloud.google.com/iam-admin/quotas?project=mervis-demo'

/** Every row of the facts about failures, in Google's own words, and what people are to paste. */
export const KNOWN_FAILURES: readonly KnownFailure[] = [
  {
    id: 'api-off',
    told: 'an API that is off',
    failure: rpc({
      code: 403,
      status: 'PERMISSION_DENIED',
      message: NOT_USED,
      info: {
        reason: 'SERVICE_DISABLED',
        domain: 'googleapis.com',
        metadata: { service: 'compute.googleapis.com', consumer: 'projects/123456789012' },
      },
    }),
    fix: 'gcloud services enable compute.googleapis.com --project=123456789012',
  },
  {
    id: 'api-off',
    told: 'the same of an older API, by the id of the project',
    failure: compute(
      403,
      'accessNotConfigured',
      NOT_USED.replaceAll('123456789012', 'mervis-demo')
    ),
    fix: 'gcloud services enable compute.googleapis.com --project=mervis-demo',
  },
  {
    id: 'quota-project',
    told: 'requests that count against another project',
    failure: rpc({
      code: 403,
      message: NOT_USED.replaceAll('123456789012', 'shared-identity'),
      info: {
        reason: 'SERVICE_DISABLED',
        metadata: { service: 'compute.googleapis.com', consumer: 'projects/shared-identity' },
      },
    }),
    fix: "env:\n  USER_PROJECT_OVERRIDE: 'true'\n  GOOGLE_BILLING_PROJECT: mervis-demo",
  },
  {
    id: 'impersonation',
    told: 'a service account that the job may not become',
    failure: rpc({
      code: 403,
      status: 'PERMISSION_DENIED',
      message:
        "Permission 'iam.serviceAccounts.getAccessToken' denied on resource (or it may not exist).",
      info: {
        reason: 'IAM_PERMISSION_DENIED',
        domain: 'iam.googleapis.com',
        metadata: { permission: 'iam.serviceAccounts.getAccessToken' },
      },
    }),
    fix: `gcloud iam service-accounts add-iam-policy-binding ${ACCOUNT} --project=mervis-demo --member=${JOBS} --role=roles/iam.workloadIdentityUser`,
  },
  {
    id: 'permission',
    told: 'an IAM permission on a secret',
    failure: rpc({
      code: 403,
      message:
        "Permission 'secretmanager.versions.get' denied for resource 'projects/mervis-demo/secrets/api-key/versions/latest' (or it may not exist).",
      info: {
        reason: 'IAM_PERMISSION_DENIED',
        metadata: {
          permission: 'secretmanager.versions.get',
          resource: 'projects/mervis-demo/secrets/api-key/versions/latest',
        },
      },
    }),
    fix: `gcloud secrets add-iam-policy-binding api-key --project=mervis-demo --member=serviceAccount:${ACCOUNT} --role=roles/secretmanager.viewer`,
  },
  {
    id: 'permission',
    told: 'a permission on the state bucket',
    failure: compute(
      403,
      'forbidden',
      `${ACCOUNT} does not have storage.objects.get access to the Google Cloud Storage object. Permission 'storage.objects.get' denied on resource (or it may not exist).`
    ),
    fix: `gcloud storage buckets add-iam-policy-binding gs://mervis-demo-tfstate --member=serviceAccount:${ACCOUNT} --role=roles/storage.objectUser`,
  },
  {
    id: 'compute-permission',
    told: 'a Compute permission',
    failure: compute(
      403,
      'forbidden',
      "Required 'compute.instanceGroupManagers.update' permission for 'projects/mervis-demo/regions/europe-west1/instanceGroupManagers/web'"
    ),
    fix: `gcloud projects add-iam-policy-binding mervis-demo --member=serviceAccount:${ACCOUNT} --role=roles/compute.instanceAdmin.v1 --condition=None`,
  },
  {
    id: 'compute-permission',
    told: 'the same as terraform prints it, of a firewall',
    failure: failureInWords(
      "Error creating Firewall: googleapi: Error 403: Required 'compute.firewalls.create' permission for 'projects/mervis-demo/global/firewalls/web', forbidden"
    ),
    fix: `gcloud projects add-iam-policy-binding mervis-demo --member=serviceAccount:${ACCOUNT} --role=roles/compute.securityAdmin --condition=None`,
  },
  {
    id: 'act-as-compute',
    told: 'actAs at once',
    failure: compute(400, 'SERVICE_ACCOUNT_ACCESS_DENIED', ACT_AS),
    fix: ACT_AS_FIX,
  },
  {
    id: 'act-as-compute',
    told: 'actAs in an operation',
    failure: operation('SERVICE_ACCOUNT_ACCESS_DENIED', ACT_AS),
    fix: ACT_AS_FIX,
  },
  {
    id: 'act-as',
    told: 'actAs of other APIs',
    failure: rpc({
      code: 403,
      message:
        "Permission 'iam.serviceAccounts.actAs' denied on service account web-machine@mervis-demo.iam.gserviceaccount.com (or it may not exist).",
    }),
    fix: ACT_AS_FIX,
  },
  {
    id: 'sts-condition',
    told: 'an attribute condition',
    failure: sts(
      'unauthorized_client',
      'The given credential is rejected by the attribute condition.'
    ),
    fix: `${PROVIDERS} describe ${ON_PROVIDER}`,
  },
  {
    id: 'sts-audience',
    told: 'a name that is none of a provider',
    failure: sts(
      'invalid_request',
      'Invalid value for "audience". This value should be the full resource name of the Identity Provider. See https://cloud.google.com/iam/docs/reference/sts/rest/v1/TopLevel/token for the list of possible formats.'
    ),
    fix: `${PROVIDERS} list --workload-identity-pool=github --location=global --project=123456789012`,
  },
  {
    id: 'sts-allowed-audiences',
    told: 'a provider for other audiences',
    failure: sts(
      'invalid_grant',
      `The audience in ID Token [https://iam.googleapis.com/${PROVIDER}] does not match the expected audience.`
    ),
    fix: `${PROVIDERS} update-oidc ${ON_PROVIDER} --allowed-audiences=https://iam.googleapis.com/${PROVIDER}`,
  },
  {
    id: 'sts-pool',
    told: 'a pool that is gone',
    failure: sts(
      'invalid_target',
      'The target service indicated by the "audience" parameters is invalid. This might either be because the pool or provider is disabled or deleted or because it doesn\'t exist.'
    ),
    fix: `${PROVIDERS} describe ${ON_PROVIDER}`,
  },
  {
    id: 'sts-mapping',
    told: 'a claim that is too long',
    failure: sts(
      'invalid_grant',
      'The size of mapped attribute exceeds the 127 bytes limit. Either modify your attribute mapping or the incoming assertion to produce a mapped attribute that is less than 127 bytes.'
    ),
    fix: `${PROVIDERS} update-oidc ${ON_PROVIDER} --attribute-mapping="google.subject=assertion.repository_id + ':' + assertion.run_id,attribute.repository_id=assertion.repository_id,attribute.repository_owner_id=assertion.repository_owner_id"`,
  },
  {
    id: 'provider-condition',
    told: 'a provider without a condition',
    failure: rpc({
      code: 400,
      status: 'INVALID_ARGUMENT',
      message:
        "The attribute condition must reference one of the provider's claims. For more information, see https://cloud.google.com/iam/docs/workload-identity-federation-with-deployment-pipelines#conditions",
    }),
    fix: `${PROVIDERS} update-oidc ${ON_PROVIDER} --attribute-condition="assertion.repository_id == '817263544'"`,
  },
  {
    id: 'sts-issuer',
    told: 'an issuer of a GitHub Enterprise Server',
    failure: sts(
      'invalid_grant',
      'The issuer in ID Token https://ghes.example.com/_services/token does not match the expected ones: https://token.actions.githubusercontent.com.'
    ),
    fix: `${PROVIDERS} update-oidc ${ON_PROVIDER} --issuer-uri=https://ghes.example.com/_services/token`,
  },
  {
    id: 'sts-stale',
    told: 'a clock that is wrong',
    failure: sts('invalid_grant', 'ID Token issued at 1753868262 is stale to sign-in.'),
    fix: 'sudo timedatectl set-ntp true',
  },
  {
    id: 'registry-push',
    told: 'a push, in the words of docker',
    failure: failureInWords(`denied: ${UPLOAD}`),
    fix: PUSH_FIX,
  },
  {
    id: 'registry-push',
    told: 'a push, in the answer of the registry',
    failure: readFailure(403, JSON.stringify({ errors: [{ code: 'DENIED', message: UPLOAD }] })),
    fix: PUSH_FIX,
  },
  {
    id: 'registry-login',
    told: 'a push without a login',
    failure: failureInWords(
      'denied: Unauthenticated request. Unauthenticated requests do not have permission "artifactregistry.repositories.uploadArtifacts" on resource "projects/mervis-demo/locations/europe-west1/repositories/mervis" (or it may not exist)'
    ),
    fix: PERMISSIONS,
  },
  {
    id: 'registry-repository',
    told: 'a repository that is not there',
    failure: failureInWords('name unknown: Repository "mervis" not found'),
    fix: 'gcloud artifacts repositories create mervis --repository-format=docker --location=europe-west1 --project=mervis-demo',
  },
  {
    id: 'registry-token',
    told: 'a token that ran out during a push',
    failure: failureInWords(
      'failed to authorize: failed to fetch oauth token: unexpected status from GET request to https://europe-west1-docker.pkg.dev/v2/token?scope=repository%3Ax: 401 Unauthorized'
    ),
    fix: 'with:\n  service_account: deployer@mervis-demo.iam.gserviceaccount.com',
  },
  {
    id: 'no-credentials',
    told: 'no credentials, in node',
    failure: failureInWords(
      'Could not load the default credentials. Browse to https://cloud.google.com/docs/authentication/getting-started for more information.'
    ),
    fix: PERMISSIONS,
  },
  {
    id: 'no-credentials',
    told: 'no credentials, in terraform',
    failure: failureInWords(
      'storage.NewClient() failed: dialing: google: could not find default credentials. See\nhttps://developers.google.com/accounts/docs/application-default-credentials for more information'
    ),
    fix: PERMISSIONS,
  },
  {
    id: 'state-lock',
    told: 'the state lock of another terraform',
    failure: failureInWords(
      'Error acquiring the state lock\nError message: writing "gs://mervis-demo-tfstate/web/default.tflock" failed: googleapi: Error 412: At least one of the pre-conditions you specified did not hold., conditionNotMet\nLock Info:\n  ID:        1753868262137401\n  Path:      gs://mervis-demo-tfstate/web/default.tflock\n  Operation: OperationTypeApply'
    ),
    fix: 'gcloud storage rm gs://mervis-demo-tfstate/web/default.tflock',
  },
  {
    id: 'stale-fingerprint',
    told: 'a fingerprint that is stale',
    failure: compute(
      412,
      'conditionNotMet',
      'Supplied fingerprint does not match current metadata fingerprint.'
    ),
    fix: ONE_AT_A_TIME,
  },
  {
    id: 'surge-rule',
    told: 'a surge of fewer VMs than zones',
    failure: compute(
      400,
      'invalid',
      "Invalid value for field 'resource.updatePolicy.maxUnavailable.fixed': '3'. Fixed updatePolicy.maxUnavailable for regional managed instance group has to be either 0 or at least equal to the number of zones."
    ),
    fix: 'max_unavailable_fixed = length(google_compute_region_instance_group_manager.main.distribution_policy_zones)',
  },
  {
    id: 'template-in-use',
    told: 'a template that is used',
    failure: compute(
      400,
      'resourceInUseByAnotherResource',
      "The instance_template resource 'projects/mervis-demo/global/instanceTemplates/web-1' is already being used by 'projects/mervis-demo/regions/europe-west1/instanceGroupManagers/web'"
    ),
    fix: 'gcloud compute instance-groups managed wait-until web --version-target-reached --region=europe-west1 --project=mervis-demo',
  },
  {
    id: 'stockout',
    told: 'a zone without room',
    failure: operation(
      'ZONE_RESOURCE_POOL_EXHAUSTED',
      "The zone 'projects/mervis-demo/zones/europe-west1-b' does not have enough resources available to fulfill the request. Try a different zone, or try again later. (resource type:compute)"
    ),
    fix: SPOT,
  },
  {
    id: 'stockout',
    told: 'the same with details',
    failure: operation(
      'ZONE_RESOURCE_POOL_EXHAUSTED_WITH_DETAILS',
      'A e2-small VM instance is currently unavailable in the europe-west1-b zone.'
    ),
    fix: SPOT,
  },
  {
    id: 'quota',
    told: 'a quota of the region',
    failure: operation('QUOTA_EXCEEDED', "Quota 'CPUS' exceeded. Limit: 24.0 in region us-west1."),
    fix: 'gcloud compute regions describe us-west1 --format="yaml(quotas)" --project=mervis-demo',
  },
  {
    id: 'quota',
    told: 'a quota of the project',
    failure: operation(
      'QUOTA_EXCEEDED',
      "Quota 'CPUS_ALL_REGIONS' exceeded. Limit: 12.0 globally."
    ),
    fix: 'gcloud compute project-info describe --format="yaml(quotas)" --project=mervis-demo',
  },
  {
    id: 'external-address',
    told: 'a policy against external addresses',
    failure: operation(
      'CONDITION_NOT_MET',
      'Constraint constraints/compute.vmExternalIpAccess violated for project 123456789012. Add instance projects/mervis-demo/zones/europe-west1-b/instances/web-x to the constraint to use external IP with it.'
    ),
    fix: 'with:\n  terraform_variables: |\n    external_ip=false',
  },
  {
    id: 'address-space',
    told: 'a subnet that is full',
    failure: operation(
      'IP_SPACE_EXHAUSTED',
      "IP space of 'projects/mervis-demo/regions/europe-west1/subnetworks/web' is exhausted."
    ),
    fix: 'gcloud compute networks subnets expand-ip-range web --prefix-length=20 --region=europe-west1 --project=mervis-demo',
  },
  {
    id: 'service-agent',
    told: "Google's agent without its role",
    failure: operation(
      'PERMISSIONS_ERROR',
      "Required 'compute.instances.create' permission for 'projects/mervis-demo'"
    ),
    fix: 'gcloud projects add-iam-policy-binding mervis-demo --member="serviceAccount:$(gcloud projects describe mervis-demo --format=\'value(projectNumber)\')@cloudservices.gserviceaccount.com" --role=roles/compute.instanceGroupManagerServiceAgent --condition=None',
  },
  {
    id: 'rate-quota',
    told: 'too many requests in a minute',
    failure: compute(
      403,
      'rateLimitExceeded',
      "Quota exceeded for quota metric 'Queries' and limit 'Queries per minute' of service 'compute.googleapis.com' for consumer 'project_number:123456789012'."
    ),
    fix: QUOTAS,
  },
  {
    id: 'rate-quota',
    told: 'too many operations at once',
    failure: operation('RESOURCE_OPERATION_RATE_EXCEEDED', 'Operation rate exceeded for resource.'),
    fix: QUOTAS,
  },
  {
    id: 'rate-quota',
    told: 'the same of newer APIs',
    failure: rpc({ code: 429, status: 'RESOURCE_EXHAUSTED', message: 'Quota exceeded.' }),
    fix: QUOTAS,
  },
]
