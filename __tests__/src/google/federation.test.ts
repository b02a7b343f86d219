import { describe, expect, it } from '@jest/globals'
import { resolveEndpoints } from '../../../src/google/endpoints.ts'
import { externalAccount } from '../../../src/google/federation.ts'
import { asRecord, asText } from '../../../src/lib/json.ts'
import { PROVIDER } from '../../fakes/deploy-inputs.ts'

const DIRECT = {
  workloadIdentityProvider: PROVIDER,
  serviceAccount: undefined,
  requestUrl: 'https://run.actions.example.com/token?api-version=2.0',
  requestToken: 'request-token',
}
const ENDPOINTS = resolveEndpoints('europe-west1', {})

describe('externalAccount', () => {
  it('asks GitHub for a token for the provider with https:, and the token service for one without', () => {
    const account = externalAccount(DIRECT, ENDPOINTS)
    const source = asRecord(account['credential_source'])
    expect(account['audience']).toBe(`//iam.googleapis.com/${PROVIDER}`)
    const url = new URL(asText(source['url']))
    expect(url.searchParams.get('audience')).toBe(`https://iam.googleapis.com/${PROVIDER}`)
    expect(url.searchParams.get('api-version')).toBe('2.0')
  })

  it('is a whole set of credentials for the federated identity itself', () => {
    expect(externalAccount(DIRECT, ENDPOINTS)).toEqual({
      type: 'external_account',
      audience: `//iam.googleapis.com/${PROVIDER}`,
      subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
      token_url: 'https://sts.googleapis.com/v1/token',
      credential_source: {
        url: expect.stringMatching(
          /^https:\/\/run\.actions\.example\.com\/token\?api-version=2\.0&audience=/
        ),
        headers: { Authorization: 'Bearer request-token' },
        format: { type: 'json', subject_token_field_name: 'value' },
      },
    })
  })

  it('goes through a service account where one is named', () => {
    const serviceAccount = 'deployer@mervis-demo.iam.gserviceaccount.com'
    const account = externalAccount({ ...DIRECT, serviceAccount }, ENDPOINTS)
    expect(account['service_account_impersonation_url']).toBe(
      `https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/${serviceAccount}:generateAccessToken`
    )
  })
})
