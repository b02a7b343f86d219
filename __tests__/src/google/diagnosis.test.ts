import { describe, expect, it } from '@jest/globals'
import { fixFor, readFailure } from '../../../src/google/diagnosis.ts'
import { googleError, type HttpAnswer } from '../../fakes/scripted-http.ts'

function bodyOf(given: HttpAnswer): string {
  if (given instanceof Error) throw given
  return given.body
}

const PERMISSION = 'artifactregistry.repositories.uploadArtifacts'
const WORDS =
  'Compute Engine API has not been used in project 123 before or it is disabled. Enable it by visiting https://console.developers.google.com/apis/api/compute.googleapis.com/overview?project=123 then retry. If you enabled this API recently, wait a few minutes'

describe('readFailure', () => {
  it.each([
    [
      'an older API',
      bodyOf(googleError(403, { message: 'No.', reason: 'forbidden' })),
      { reason: 'forbidden', message: 'No.' },
    ],
    [
      'a newer API, whose ErrorInfo says most',
      JSON.stringify({
        error: {
          code: 403,
          message: 'No.',
          status: 'PERMISSION_DENIED',
          errors: [{ reason: 'forbidden' }],
          details: [
            { '@type': 'type.googleapis.com/google.rpc.Help', links: [] },
            {
              '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
              reason: 'IAM_PERMISSION_DENIED',
              metadata: { permission: 'a.b.c' },
            },
          ],
        },
      }),
      { reason: 'IAM_PERMISSION_DENIED', message: 'No.', details: { permission: 'a.b.c' } },
    ],
    [
      'a newer API without details',
      '{"error":{"code":404,"message":"Gone.","status":"NOT_FOUND"}}',
      { reason: 'NOT_FOUND', message: 'Gone.' },
    ],
    [
      'the Docker registry protocol',
      '{"errors":[{"code":"DENIED","message":"denied"}]}',
      { reason: 'DENIED', message: 'denied' },
    ],
    [
      'the token service',
      '{"error":"invalid_target","error_description":"Wrong audience."}',
      { reason: 'invalid_target', message: 'Wrong audience.' },
    ],
    [
      'a page of a proxy',
      '<html>\n  <b>Bad   gateway</b>',
      { reason: '', message: '<html> <b>Bad gateway</b>' },
    ],
    ['nothing', '', { reason: '', message: 'an empty answer' }],
    ['JSON of another kind', '[1]', { reason: '', message: '[1]' }],
    ['an error that is null', '{"error":null}', { reason: '', message: '{"error":null}' }],
  ])('reads the answer of %s', (_, body, read) => {
    expect(readFailure(403, body)).toEqual({ status: 403, details: {}, ...read })
  })

  it('quotes at most 200 characters of what it does not know', () => {
    expect(readFailure(502, 'x'.repeat(5000)).message).toHaveLength(200)
  })
})

/** facts: what Google says, and the fix that people need. */
const KNOWN: readonly (readonly [symptom: string, status: number, body: string, fix: string])[] = [
  [
    'an API that is off',
    403,
    bodyOf(
      googleError(403, {
        message: WORDS,
        errorInfo: { reason: 'SERVICE_DISABLED', metadata: { service: 'compute.googleapis.com' } },
      })
    ),
    'gcloud services enable compute.googleapis.com --project mervis-demo',
  ],
  [
    'an API that is off, told in words only',
    403,
    bodyOf(googleError(403, { message: WORDS, reason: 'accessNotConfigured' })),
    'gcloud services enable compute.googleapis.com --project mervis-demo',
  ],
  [
    'a missing IAM permission',
    403,
    bodyOf(
      googleError(403, {
        errorInfo: {
          reason: 'IAM_PERMISSION_DENIED',
          metadata: { permission: 'secretmanager.versions.get' },
        },
      })
    ),
    'roles/secretmanager.viewer (it holds secretmanager.versions.get)',
  ],
  [
    'a service account that may not be impersonated',
    403,
    bodyOf(
      googleError(403, {
        message:
          "Permission 'iam.serviceAccounts.getAccessToken' denied on resource (or it may not exist).",
      })
    ),
    'roles/iam.workloadIdentityUser',
  ],
  [
    'a missing Compute permission',
    403,
    bodyOf(
      googleError(403, {
        message: "Required 'compute.instanceGroupManagers.update' permission for 'projects/p/x'",
        reason: 'forbidden',
      })
    ),
    'roles/compute.instanceAdmin.v1 (it holds compute.instanceGroupManagers.update)',
  ],
  [
    'a network that may not be changed',
    403,
    bodyOf(
      googleError(403, {
        message: "Required 'compute.firewalls.create' permission for 'projects/p/x'",
        reason: 'forbidden',
      })
    ),
    'roles/compute.securityAdmin',
  ],
  [
    'a VM service account that may not be used (Compute Engine)',
    400,
    bodyOf(
      googleError(400, {
        message: "The user does not have access to service account 'SA'.",
        reason: 'SERVICE_ACCOUNT_ACCESS_DENIED',
      })
    ),
    'roles/iam.serviceAccountUser',
  ],
  [
    'a VM service account that may not be used (other APIs)',
    403,
    bodyOf(
      googleError(403, {
        message: "Permission 'iam.serviceAccounts.actAs' denied on service account SA",
      })
    ),
    'roles/iam.serviceAccountUser',
  ],
  [
    'a push that is denied',
    403,
    `{"errors":[{"code":"DENIED","message":"Permission \\"${PERMISSION}\\" denied on resource \\"projects/p/locations/l/repositories/r\\" (or it may not exist)"}]}`,
    `roles/artifactregistry.writer (it holds ${PERMISSION})`,
  ],
  [
    'a push that is denied, told after the name of the host',
    403,
    `{"errors":[{"message":"europe-west1-docker.pkg.dev says: Permission \\"${PERMISSION}\\" denied"}]}`,
    'roles/artifactregistry.writer',
  ],
  [
    'a bucket that may not be read',
    403,
    bodyOf(
      googleError(403, {
        message:
          'deployer@mervis-demo.iam.gserviceaccount.com does not have storage.objects.get access to the Google Cloud Storage object.',
      })
    ),
    'roles/storage.objectUser (it holds storage.objects.get)',
  ],
]

describe('fixFor', () => {
  it.each(KNOWN)('knows what to do about %s', (_, status, body, fix) => {
    expect(fixFor(readFailure(status, body), 'mervis-demo')).toContain(fix)
  })

  it.each([
    [
      'a quota',
      403,
      {
        message: "Quota 'CPUS' exceeded. Limit: 24.0 in region us-west1.",
        reason: 'quotaExceeded',
      },
    ],
    ['something that is not there', 404, { message: "The resource 'projects/p/x' was not found" }],
    ['a stale fingerprint', 412, { message: 'Precondition failed', reason: 'conditionNotMet' }],
    [
      'a permission that no role is known for',
      403,
      { message: "Permission 'spanner.databases.read' denied" },
    ],
    [
      'the name of a host',
      403,
      { message: 'Request to compute.googleapis.com is prohibited by organization policy' },
    ],
    ['a 404 that mentions a permission', 404, { message: 'storage.objects.get' }],
  ])('advises nothing about %s', (_, status, error) => {
    expect(fixFor(readFailure(status, bodyOf(googleError(status, error))), 'p')).toBeUndefined()
  })
})
