import { describe, expect, it } from '@jest/globals'
import { resolveEndpoints } from '../../../src/google/endpoints.ts'

describe('resolveEndpoints', () => {
  it("gives Google's own endpoints, and the registry of the region", () => {
    expect(resolveEndpoints('asia-northeast3', {})).toEqual({
      artifactregistry: 'https://artifactregistry.googleapis.com/v1/',
      cloudbilling: 'https://cloudbilling.googleapis.com/v1/',
      cloudresourcemanager: 'https://cloudresourcemanager.googleapis.com/v1/',
      compute: 'https://compute.googleapis.com/compute/v1/',
      iam: 'https://iam.googleapis.com/v1/',
      secretmanager: 'https://secretmanager.googleapis.com/v1/',
      serviceusage: 'https://serviceusage.googleapis.com/v1/',
      storage: 'https://storage.googleapis.com/storage/v1/',
      registry: 'https://asia-northeast3-docker.pkg.dev/',
      stsToken: 'https://sts.googleapis.com/v1/token',
      iamCredentials: 'https://iamcredentials.googleapis.com/v1/',
      registryHost: 'asia-northeast3-docker.pkg.dev',
    })
  })

  it("follows the google provider's own variables", () => {
    const at = (service: string): string => `http://127.0.0.1:4000/${service}/v1/`
    const env = {
      GOOGLE_ARTIFACT_REGISTRY_CUSTOM_ENDPOINT: at('artifactregistry'),
      GOOGLE_CLOUD_BILLING_CUSTOM_ENDPOINT: at('cloudbilling'),
      GOOGLE_COMPUTE_CUSTOM_ENDPOINT: at('compute'),
      GOOGLE_RESOURCE_MANAGER_CUSTOM_ENDPOINT: at('cloudresourcemanager'),
      GOOGLE_IAM_CUSTOM_ENDPOINT: at('iam'),
      GOOGLE_SERVICE_USAGE_CUSTOM_ENDPOINT: at('serviceusage'),
      GOOGLE_SECRET_MANAGER_CUSTOM_ENDPOINT: at('secretmanager'),
      GOOGLE_STORAGE_CUSTOM_ENDPOINT: at('storage'),
      GOOGLE_STS_CUSTOM_ENDPOINT: at('sts'),
      GOOGLE_IAM_CREDENTIALS_CUSTOM_ENDPOINT: at('iamcredentials'),
      GOOGLE_DOCKER_REGISTRY_CUSTOM_ENDPOINT: '127.0.0.1:4000',
    }
    expect(resolveEndpoints('europe-west1', env)).toEqual({
      artifactregistry: at('artifactregistry'),
      cloudbilling: at('cloudbilling'),
      cloudresourcemanager: at('cloudresourcemanager'),
      compute: at('compute'),
      iam: at('iam'),
      secretmanager: at('secretmanager'),
      serviceusage: at('serviceusage'),
      storage: at('storage'),
      registry: 'http://127.0.0.1:4000/',
      stsToken: `${at('sts')}token`,
      iamCredentials: at('iamcredentials'),
      registryHost: '127.0.0.1:4000',
    })
  })

  it('takes an empty variable for none', () => {
    const { compute } = resolveEndpoints('europe-west1', { GOOGLE_COMPUTE_CUSTOM_ENDPOINT: '' })
    expect(compute).toBe('https://compute.googleapis.com/compute/v1/')
  })

  it.each([
    ['127.0.1.9', 'http'],
    ['localhost:5000', 'http'],
    ['[::1]:5000', 'http'],
    ['127.0.0.1.example.com', 'https'],
    ['localhost.example.com', 'https'],
    ['registry.example.com:5000', 'https'],
  ])('speaks to the registry %s by %s', (host, scheme) => {
    const { registry } = resolveEndpoints('europe-west1', {
      GOOGLE_DOCKER_REGISTRY_CUSTOM_ENDPOINT: host,
    })
    expect(registry).toBe(`${scheme}://${host}/`)
  })
})
