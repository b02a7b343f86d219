import { describe, expect, it } from '@jest/globals'
import { fixFor } from '../../../../src/google/diagnosis/diagnose.ts'
import { failureInWords } from '../../../../src/google/diagnosis/failure.ts'
import { explainFederationFailure } from '../../../../src/google/diagnosis/federation.ts'
import { changeCompute } from '../../../../src/google/operations.ts'
import { rolloutFailure } from '../../../../src/release/failure.ts'
import { TerraformFailure } from '../../../../src/terraform/failure.ts'
import { googleClientOn } from '../../../fakes/google-client.ts'
import { answer, googleError, ScriptedHttp } from '../../../fakes/scripted-http.ts'
import { POLICY } from '../../release/situations.ts'

const BARE = { projectId: 'mervis-demo' }
const ACT_AS =
  "The user does not have access to service account 'web@p.iam.gserviceaccount.com'. User: 'd@p.iam.gserviceaccount.com'. Ask a project owner to grant you the iam.serviceAccountUser role on the service account"
const FIX =
  'gcloud iam service-accounts add-iam-policy-binding web@p.iam.gserviceaccount.com --project=mervis-demo --member=serviceAccount:d@p.iam.gserviceaccount.com --role=roles/iam.serviceAccountUser'
const CHANGE = { method: 'POST', path: 'projects/mervis-demo/x', purpose: 'make it' } as const

async function hintOf(work: Promise<unknown>): Promise<unknown> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown
  )
  return error instanceof Error && 'hint' in error ? error.hint : undefined
}

/** One failure, on each of the ways on which it can reach a job. */
describe('the text of a diagnosis', () => {
  const known = fixFor(failureInWords(ACT_AS), BARE)

  it('holds the whole command', () => {
    expect(known).toMatch(new RegExp(`^Whoever gives .*\n${FIX.replace(/[.]/g, '\\.')}$`))
  })

  it('is that of a request that Google refuses', async () => {
    const http = new ScriptedHttp([
      googleError(400, { message: ACT_AS, reason: 'SERVICE_ACCOUNT_ACCESS_DENIED' }),
    ])
    const request = { ...CHANGE, service: 'compute' } as const
    expect(await hintOf(googleClientOn(http).request(request))).toBe(known)
  })

  it('is that of an operation that fails', async () => {
    const error = { errors: [{ code: 'SERVICE_ACCOUNT_ACCESS_DENIED', message: ACT_AS }] }
    const http = new ScriptedHttp([answer(200, { status: 'DONE', error })])
    expect(await hintOf(changeCompute(googleClientOn(http), CHANGE))).toBe(known)
  })

  it('is that of a terraform that fails, once however often it says the same', () => {
    const google = googleClientOn(new ScriptedHttp([]))
    const detail = `googleapi: Error 400: ${ACT_AS}, SERVICE_ACCOUNT_ACCESS_DENIED`
    const diagnostic = {
      summary: 'Error creating Template',
      detail,
      address: '',
      file: '',
      line: 0,
    }
    const failure = new TerraformFailure(
      'terraform apply',
      { exitCode: 1, stdout: '', stderr: '', timedOut: false },
      {
        diagnostics: [
          { ...diagnostic, severity: 'error' },
          { ...diagnostic, severity: 'error', address: 'another' },
        ],
        backend: { bucket: 'b', prefix: 'p' },
        fixForWords: (text) => google.fixForWords(text),
      }
    )
    expect(failure.hint).toBe(known)
  })

  it('is that of a group that cannot make its VMs', () => {
    const failed = {
      kind: 'failed',
      cause: 'permission',
      reason: `SERVICE_ACCOUNT_ACCESS_DENIED: ${ACT_AS}`,
      evidence: [],
    } as const
    const group = 'projects/mervis-demo/regions/europe-west1/instanceGroupManagers/web'
    expect(rolloutFailure(failed, { group, policy: POLICY, kind: 'deploy' }).hint).toBe(known)
  })

  it('is that of signing in', () => {
    const message = "Permission 'iam.serviceAccounts.getAccessToken' denied on resource"
    const failure = {
      url: 'https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/d:generateAccessToken',
      status: 403,
      body: JSON.stringify({ error: { code: 403, message } }),
      message: 'x',
    }
    const { hint } = explainFederationFailure(failure, BARE)
    expect(hint).toBe(fixFor({ ...failureInWords(message), status: 403 }, BARE))
  })

  it('is nowhere taken from what an app says', () => {
    const evidence = ["web-1: Quota 'CPUS' exceeded", 'constraints/compute.vmExternalIpAccess']
    const failed = { kind: 'failed', cause: 'release', reason: 'exit 1', evidence } as const
    expect(
      rolloutFailure(failed, { group: 'projects/p/zones/z/x/y', policy: POLICY, kind: 'deploy' })
        .hint
    ).toBe('Fix the cause and push again.')
  })
})
