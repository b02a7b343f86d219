/** The Google services that the commands call. */
export type Service =
  | 'artifactregistry'
  | 'cloudbilling'
  | 'cloudresourcemanager'
  | 'compute'
  | 'iam'
  | 'secretmanager'
  | 'serviceusage'
  | 'storage'
  | 'registry'

/** Where each service answers; every base ends with `/`. */
export interface Endpoints {
  readonly artifactregistry: string
  readonly cloudbilling: string
  readonly cloudresourcemanager: string
  readonly compute: string
  readonly iam: string
  readonly secretmanager: string
  readonly serviceusage: string
  readonly storage: string
  /** The Docker registry protocol, such as `https://europe-west1-docker.pkg.dev/`. */
  readonly registry: string
  /** The security token service's token endpoint. */
  readonly stsToken: string
  readonly iamCredentials: string
  /** Host (and port) that image references begin with. */
  readonly registryHost: string
}

export const SERVICE_NAMES: Readonly<Record<Service, string>> = {
  artifactregistry: 'Artifact Registry',
  cloudbilling: 'Cloud Billing',
  cloudresourcemanager: 'Resource Manager',
  compute: 'Compute Engine',
  iam: 'IAM',
  secretmanager: 'Secret Manager',
  serviceusage: 'Service Usage',
  storage: 'Cloud Storage',
  registry: 'Artifact Registry',
}

/**
 * Google's public endpoints, or those that the environment names. The variables are the google
 * Terraform provider's own, so that one setting moves terraform and the action alike; STS and the
 * registry, which the provider does not know, follow the same spelling.
 */
export function resolveEndpoints(
  region: string,
  env: Readonly<Record<string, string | undefined>>
): Endpoints {
  const custom = (service: string, fallback: string): string =>
    env[`GOOGLE_${service}_CUSTOM_ENDPOINT`] || fallback
  const registryHost = custom('DOCKER_REGISTRY', `${region}-docker.pkg.dev`)
  return {
    artifactregistry: custom('ARTIFACT_REGISTRY', 'https://artifactregistry.googleapis.com/v1/'),
    cloudbilling: custom('CLOUD_BILLING', 'https://cloudbilling.googleapis.com/v1/'),
    cloudresourcemanager: custom(
      'RESOURCE_MANAGER',
      'https://cloudresourcemanager.googleapis.com/v1/'
    ),
    iam: custom('IAM', 'https://iam.googleapis.com/v1/'),
    serviceusage: custom('SERVICE_USAGE', 'https://serviceusage.googleapis.com/v1/'),
    compute: custom('COMPUTE', 'https://compute.googleapis.com/compute/v1/'),
    secretmanager: custom('SECRET_MANAGER', 'https://secretmanager.googleapis.com/v1/'),
    storage: custom('STORAGE', 'https://storage.googleapis.com/storage/v1/'),
    registry: `${isLoopback(registryHost) ? 'http' : 'https'}://${registryHost}/`,
    stsToken: `${custom('STS', 'https://sts.googleapis.com/v1/')}token`,
    iamCredentials: custom('IAM_CREDENTIALS', 'https://iamcredentials.googleapis.com/v1/'),
    registryHost,
  }
}

// Docker itself speaks plain HTTP to a registry on loopback and to no other.
function isLoopback(host: string): boolean {
  return /^(127\.\d+\.\d+\.\d+|localhost|\[::1\])(:\d+)?$/.test(host)
}
