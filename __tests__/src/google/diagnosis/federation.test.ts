import { describe, expect, it } from '@jest/globals'
import { explainFederationFailure } from '../../../../src/google/diagnosis/federation.ts'

const GITHUB = 'https://run.actions.example.com/token?api-version=2.0&audience=x'
const STS = 'https://sts.googleapis.com/v1/token'
const IAM =
  'https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/d@p.iam.gserviceaccount.com:generateAccessToken'

const SURROUNDINGS = {
  projectId: 'mervis-demo',
  serviceAccount: 'd@p.iam.gserviceaccount.com',
  jobs: 'principalSet://iam.googleapis.com/POOL/attribute.repository_id/817263544',
}

const sts = (error: string, description: string): string =>
  JSON.stringify({ error, error_description: description })
const google = (message: string): string =>
  JSON.stringify({ error: { code: 403, message, status: 'PERMISSION_DENIED' } })

describe('explainFederationFailure', () => {
  it.each([
    [
      'the attribute condition says no',
      STS,
      400,
      sts('unauthorized_client', 'The given credential is rejected by the attribute condition.'),
      'the security token service (STS) answered 400: The given credential is rejected by the attribute condition.',
      'Compare repository id, owner id, ref, environment',
    ],
    [
      'the provider has another name',
      STS,
      400,
      sts(
        'invalid_request',
        'Invalid value for "audience". This value should be the full resource name of the Identity Provider.'
      ),
      'STS) answered 400: Invalid value for "audience"',
      'project NUMBER',
    ],
    [
      'the pool is gone',
      STS,
      400,
      sts(
        'invalid_target',
        'The target service indicated by the "audience" parameters is invalid. This might either be because the pool or provider is disabled or deleted.'
      ),
      'STS) answered 400: The target service',
      'does not exist, was deleted or is disabled',
    ],
    [
      'a mapped attribute is too long',
      STS,
      400,
      sts(
        'invalid_request',
        'The size of mapped attribute google.subject exceeds the 127 bytes limit.'
      ),
      'exceeds the 127 bytes limit',
      'google.subject',
    ],
    [
      'the service account may not be used',
      IAM,
      403,
      google(
        "Permission 'iam.serviceAccounts.getAccessToken' denied on resource (or it may not exist)."
      ),
      'the service account (IAM credentials) answered 403: Permission',
      'gcloud iam service-accounts add-iam-policy-binding d@p.iam.gserviceaccount.com --project=mervis-demo --member=principalSet://iam.googleapis.com/POOL/attribute.repository_id/817263544 --role=roles/iam.workloadIdentityUser',
    ],
    [
      'the API is off',
      IAM,
      403,
      google(
        'IAM Service Account Credentials API has not been used in project 123 before or it is disabled.'
      ),
      'IAM credentials) answered 403',
      'gcloud services enable iamcredentials.googleapis.com',
    ],
    [
      'GitHub refuses',
      GITHUB,
      403,
      'Forbidden',
      "GitHub's OIDC endpoint answered 403: Forbidden",
      'id-token: write',
    ],
    [
      'something else is wrong',
      STS,
      500,
      '<html>oops</html>',
      'STS) answered 500: <html>oops</html>',
      'workload_identity_provider',
    ],
  ])('says who refused and what to do when %s', (_, url, status, body, said, hint) => {
    const explanation = explainFederationFailure(
      { url, status, body, message: 'Request failed' },
      SURROUNDINGS
    )
    expect(explanation.said).toMatch(/^Could not sign in to Google Cloud: /)
    expect(explanation.said).toContain(said)
    expect(explanation.hint).toContain(hint)
  })

  it.each([
    [GITHUB, "GitHub's OIDC endpoint"],
    [STS, 'the security token service (STS)'],
    [IAM, 'the service account (IAM credentials)'],
    ['http://127.0.0.1:4000/sts/v1/token', 'the security token service (STS)'],
  ])('says that %s did not answer', (url, step) => {
    const { said, hint } = explainFederationFailure(
      { url, status: undefined, body: '', message: 'getaddrinfo ENOTFOUND' },
      SURROUNDINGS
    )
    expect(said).toBe(
      `Could not sign in to Google Cloud: ${step} did not answer (getaddrinfo ENOTFOUND).`
    )
    expect(hint).not.toBe('')
  })
})
