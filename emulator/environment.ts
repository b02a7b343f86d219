/** Where GitHub's REST API is found. */
export const GITHUB_API_PATH = '/github/api'

/** What a client has to know besides the address. */
export interface EnvironmentOptions {
  /** `http://127.0.0.1:PORT`. */
  readonly url: string
  readonly oidcRequestToken: string
  readonly githubToken: string
}

/**
 * The variables that point clients here. Where Google's provider has a variable of its own it is
 * that one; ours (STS, the Docker registry) are spelled the same way.
 */
export function buildEnvironment(options: EnvironmentOptions): Readonly<Record<string, string>> {
  const { url, oidcRequestToken, githubToken } = options
  return {
    GOOGLE_COMPUTE_CUSTOM_ENDPOINT: `${url}/compute/v1/`,
    GOOGLE_ARTIFACT_REGISTRY_CUSTOM_ENDPOINT: `${url}/artifactregistry/v1/`,
    GOOGLE_SECRET_MANAGER_CUSTOM_ENDPOINT: `${url}/secretmanager/v1/`,
    GOOGLE_SERVICE_USAGE_CUSTOM_ENDPOINT: `${url}/serviceusage/v1/`,
    GOOGLE_RESOURCE_MANAGER_CUSTOM_ENDPOINT: `${url}/cloudresourcemanager/v1/`,
    GOOGLE_RESOURCE_MANAGER_V3_CUSTOM_ENDPOINT: `${url}/cloudresourcemanager/v3/`,
    GOOGLE_IAM_CUSTOM_ENDPOINT: `${url}/iam/v1/`,
    // The provider's name for the part of IAM that has the workload identity pools.
    GOOGLE_IAM_BETA_CUSTOM_ENDPOINT: `${url}/iam/v1/`,
    GOOGLE_IAM_CREDENTIALS_CUSTOM_ENDPOINT: `${url}/iamcredentials/v1/`,
    GOOGLE_CLOUD_BILLING_CUSTOM_ENDPOINT: `${url}/cloudbilling/v1/`,
    GOOGLE_STORAGE_CUSTOM_ENDPOINT: `${url}/storage/v1/`,
    // Terraform's GCS backend wants another form of the same address.
    GOOGLE_BACKEND_STORAGE_CUSTOM_ENDPOINT: `${url}/storage/v1/b`,
    GOOGLE_STS_CUSTOM_ENDPOINT: `${url}/sts/v1/`,
    GOOGLE_DOCKER_REGISTRY_CUSTOM_ENDPOINT: url.replace('http://', ''),
    ACTIONS_ID_TOKEN_REQUEST_URL: `${url}/github/oidc/token?api-version=2.0`,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: oidcRequestToken,
    GITHUB_API_URL: `${url}${GITHUB_API_PATH}`,
    GITHUB_GRAPHQL_URL: `${url}${GITHUB_API_PATH}/graphql`,
    GITHUB_TOKEN: githubToken,
  }
}
