import type { Emulator } from '../../emulator/start.ts'

/** The credentials file that a workflow's auth step would have written. */
export function externalAccount({ environment, identities }: Emulator) {
  const provider = identities.workloadIdentityProvider
  const impersonation = environment['GOOGLE_IAM_CREDENTIALS_CUSTOM_ENDPOINT']
  return {
    type: 'external_account' as const,
    audience: `//iam.googleapis.com/${provider}`,
    subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
    token_url: `${environment['GOOGLE_STS_CUSTOM_ENDPOINT']}token`,
    credential_source: {
      url: `${environment['ACTIONS_ID_TOKEN_REQUEST_URL']}&audience=https://iam.googleapis.com/${provider}`,
      headers: { Authorization: `Bearer ${environment['ACTIONS_ID_TOKEN_REQUEST_TOKEN']}` },
      format: { type: 'json' as const, subject_token_field_name: 'value' },
    },
    service_account_impersonation_url: `${impersonation}projects/-/serviceAccounts/${identities.deployerEmail}:generateAccessToken`,
  }
}
