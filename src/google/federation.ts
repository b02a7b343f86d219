import type { JsonRecord } from '../lib/json.ts'
import type { Endpoints } from './endpoints.ts'

export interface Federation {
  readonly workloadIdentityProvider: string
  readonly serviceAccount: string | undefined
  /** ACTIONS_ID_TOKEN_REQUEST_URL of the job. */
  readonly requestUrl: string
  /** ACTIONS_ID_TOKEN_REQUEST_TOKEN of the job: secret. */
  readonly requestToken: string
}

/**
 * Credentials of type external_account (https://google.aip.dev/auth/4117) that turn this job's OIDC
 * token into Google's. They hold no key, yet the request token in them is as good as one while the
 * job runs. The two audiences differ on purpose: GitHub's has `https:`, STS wants none.
 */
export function externalAccount(federation: Federation, endpoints: Endpoints): JsonRecord {
  const { workloadIdentityProvider, serviceAccount, requestUrl, requestToken } = federation
  const audience = `//iam.googleapis.com/${workloadIdentityProvider}`
  return {
    type: 'external_account',
    audience,
    subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
    token_url: endpoints.stsToken,
    credential_source: {
      url: `${requestUrl}&audience=${encodeURIComponent(`https:${audience}`)}`,
      headers: { Authorization: `Bearer ${requestToken}` },
      format: { type: 'json', subject_token_field_name: 'value' },
    },
    ...(serviceAccount !== undefined && {
      service_account_impersonation_url: `${endpoints.iamCredentials}projects/-/serviceAccounts/${serviceAccount}:generateAccessToken`,
    }),
  }
}
