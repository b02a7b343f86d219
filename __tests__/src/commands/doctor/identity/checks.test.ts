import { describe, expect, it } from '@jest/globals'
import { systemClock } from '../../../../../src/adapters/clock.ts'
import type { Finding } from '../../../../../src/commands/doctor/check.ts'
import { examine } from '../../../../../src/commands/doctor/examine.ts'
import { identityChecks } from '../../../../../src/commands/doctor/identity/checks.ts'
import { Exchange } from '../../../../../src/commands/doctor/identity/exchange.ts'
import { ActionError } from '../../../../../src/errors.ts'
import type { HttpRequest, HttpResponse } from '../../../../../src/ports.ts'
import { FakeClock } from '../../../../fakes/fake-clock.ts'
import { answer, googleError, ScriptedHttp } from '../../../../fakes/scripted-http.ts'
import { PROVIDER, SURROUNDINGS } from '../../../google/diagnosis/failures.ts'

const CLAIMS = {
  sub: 'repo:o/r:ref:refs/heads/main',
  repository: 'o/r',
  repository_id: '817263544',
  repository_owner_id: '42',
  ref: 'refs/heads/main',
  aud: `https://iam.googleapis.com/${PROVIDER}`,
}
const JWT = `e30.${Buffer.from(JSON.stringify(CLAIMS)).toString('base64url')}.c2lnbmF0dXJl`
const ENDPOINTS = {
  stsToken: 'https://sts.googleapis.com/v1/token',
  iamCredentials: 'https://iamcredentials.googleapis.com/v1/',
  iam: 'https://iam.googleapis.com/v1/',
}
const STEPS = {
  github: answer(200, { value: JWT }),
  sts: answer(200, { access_token: 'federated-token' }),
  account: answer(200, { accessToken: 'account-token' }),
  provider: answer(200, { attributeCondition: "assertion.repository_id == '817263544'" }),
}
type Steps = Readonly<Record<keyof typeof STEPS, HttpResponse | Error>>

function stepOf(url: string): keyof typeof STEPS {
  if (url.startsWith('https://github')) return 'github'
  if (url === ENDPOINTS.stsToken) return 'sts'
  return url.includes('generateAccessToken') ? 'account' : 'provider'
}

interface Scene {
  readonly steps?: Partial<Steps>
  readonly hasOidc?: boolean
  readonly otherToken?: string
  readonly serviceAccount?: string | undefined
  readonly libraryFails?: ActionError
}

function scene({ steps = {}, hasOidc = true, otherToken, libraryFails, ...rest }: Scene = {}) {
  const all = { ...STEPS, ...steps }
  const http = new ScriptedHttp(({ url }: HttpRequest) => all[stepOf(url)])
  const masked: string[] = []
  const { signal } = new AbortController()
  const serviceAccount =
    'serviceAccount' in rest ? rest.serviceAccount : SURROUNDINGS.serviceAccount
  const exchange = new Exchange(
    { http, clock: new FakeClock(), mask: (secret) => masked.push(secret) },
    {
      workloadIdentityProvider: PROVIDER,
      serviceAccount,
      endpoints: ENDPOINTS,
      oidc: hasOidc
        ? { requestUrl: 'https://github/token?x=1', requestToken: 'request' }
        : undefined,
      otherToken,
      signal,
    }
  )
  const accessToken = async (): Promise<string> => {
    if (libraryFails) throw libraryFails
    return 'library-token'
  }
  const tokens = hasOidc ? { accessToken } : undefined
  const checks = identityChecks(
    { http, clock: systemClock, exchange, tokens },
    { provider: PROVIDER, surroundings: { ...SURROUNDINGS, serviceAccount }, clocks: [] }
  )
  return {
    http,
    masked,
    run: async (): Promise<Readonly<Record<string, Finding>>> => {
      const examined = await examine(checks, { clock: systemClock, limitMs: 1_000, signal })
      return Object.fromEntries(examined.map(({ check, finding }) => [check.id, finding]))
    },
  }
}

function sts(error: string, description: string): HttpResponse {
  return answer(400, { error, error_description: description })
}

const REJECTED = sts(
  'unauthorized_client',
  'The given credential is rejected by the attribute condition.'
)

describe('identityChecks', () => {
  it('finds nothing to mend where all is well, asks each step once, and masks each token', async () => {
    const { run, http, masked } = scene()
    const findings = await run()
    const { 'clock-skew': clock, ...others } = findings
    expect(clock?.kind).toBe('unknown')
    expect(Object.values(others).map(({ kind }) => kind)).toEqual(Array(7).fill('ok'))
    expect(http.lines.toSorted()).toEqual([
      'GET /token',
      `GET /v1/${PROVIDER}`,
      'POST /v1/projects/-/serviceAccounts/deployer@mervis-demo.iam.gserviceaccount.com:generateAccessToken',
      'POST /v1/token',
    ])
    expect(masked).toEqual([JWT, 'federated-token', 'account-token'])
  })

  it('shows claims, and never a token', async () => {
    const text = JSON.stringify(await scene().run())
    expect(text).toContain('repository_id=817263544')
    for (const secret of [
      JWT,
      JWT.split('.')[1] ?? '',
      'federated-token',
      'account-token',
      'request',
    ])
      expect(text).not.toContain(`"${secret}`)
    expect(text).not.toContain('c2lnbmF0dXJl')
  })

  it.each<[what: string, scene: Scene, id: string, finding: object]>([
    [
      'a job that may not ask for a token',
      { hasOidc: false },
      'job-id-token',
      { kind: 'fix', severity: 'error', fix: 'permissions:\n  contents: read\n  id-token: write' },
    ],
    [
      'a GitHub that refuses',
      { steps: { github: answer(403, { message: 'no' }) } },
      'oidc-token',
      { kind: 'fix', said: expect.stringContaining('answered 403') },
    ],
    [
      'a GitHub that is silent',
      { steps: { github: new Error('getaddrinfo ENOTFOUND') } },
      'oidc-token',
      { kind: 'unknown', said: "GitHub's OIDC endpoint is silent: getaddrinfo ENOTFOUND." },
    ],
    [
      'a token service that is silent',
      { steps: { sts: new Error('socket hang up') } },
      'wif-provider',
      { kind: 'unknown', said: "Google's token service is silent: socket hang up." },
    ],
    [
      'a token service that is down, which says nothing about the job',
      { steps: { sts: answer(503, { error: { code: 503, message: 'Busy.' } }) } },
      'wif-provider',
      { kind: 'unknown', said: "Google's token service is silent: it answered 503: Busy." },
    ],
    [
      'a provider that nobody may look at',
      {
        steps: {
          sts: sts(
            'invalid_target',
            'The target service indicated by the "audience" parameters is invalid.'
          ),
        },
      },
      'wif-provider',
      { kind: 'fix', fix: expect.stringContaining('providers describe main') },
    ],
    [
      'a provider that is disabled, for somebody who may look',
      {
        otherToken: 'mine',
        steps: {
          sts: sts(
            'invalid_target',
            'The target service indicated by the "audience" parameters is invalid.'
          ),
          provider: answer(200, { disabled: true }),
        },
      },
      'wif-provider',
      {
        kind: 'fix',
        said: expect.stringContaining('is disabled'),
        fix: expect.stringMatching(/update-oidc main .*--no-disabled$/),
      },
    ],
    [
      'a provider that was deleted',
      {
        otherToken: 'mine',
        steps: {
          sts: sts(
            'invalid_target',
            'The target service indicated by the "audience" parameters is invalid.'
          ),
          provider: answer(200, { state: 'DELETED' }),
        },
      },
      'wif-provider',
      { fix: expect.stringContaining('providers undelete main') },
    ],
    [
      'a provider that never was',
      {
        otherToken: 'mine',
        steps: {
          sts: sts(
            'invalid_target',
            'The target service indicated by the "audience" parameters is invalid.'
          ),
          provider: googleError(404),
        },
      },
      'wif-provider',
      { fix: expect.stringContaining('providers list --workload-identity-pool=github') },
    ],
    [
      'a pool that is disabled',
      {
        otherToken: 'mine',
        steps: {
          sts: sts(
            'invalid_target',
            'The target service indicated by the "audience" parameters is invalid.'
          ),
        },
      },
      'wif-provider',
      { fix: expect.stringContaining('workload-identity-pools update github --no-disabled') },
    ],
    [
      'another issuer',
      {
        steps: {
          sts: sts(
            'invalid_grant',
            'The issuer in ID Token https://ghes/token does not match the expected ones: x.'
          ),
        },
      },
      'wif-provider',
      { fix: expect.stringContaining('--issuer-uri=https://ghes/token') },
    ],
    [
      'a claim that is too long; what else is mapped stays',
      {
        otherToken: 'mine',
        steps: {
          sts: sts('invalid_grant', 'The size of mapped attribute exceeds the 127 bytes limit.'),
          provider: answer(200, {
            attributeMapping: {
              'google.subject': 'assertion.sub',
              'attribute.deployer': 'assertion.ref',
            },
          }),
        },
      },
      'wif-subject-length',
      {
        fix: expect.stringMatching(
          /google\.subject=assertion\.repository_id .*attribute\.deployer=assertion\.ref/
        ),
      },
    ],
    [
      'a condition that nobody here may read: claims, and two commands',
      { steps: { sts: REJECTED, provider: googleError(403) } },
      'wif-exchange',
      {
        said: expect.stringContaining('repository_id=817263544'),
        fix: expect.stringMatching(
          /^gcloud .*providers describe main .*\ngcloud .*update-oidc main .*--attribute-condition="assertion.repository_id == '817263544' && assertion.repository_owner_id == '42'"$/
        ),
      },
    ],
    [
      'a condition that may be read: which claim differs from what',
      {
        otherToken: 'mine',
        steps: {
          sts: REJECTED,
          provider: answer(200, {
            attributeCondition:
              "assertion.repository_id == '5' && assertion.repository_owner_id == '42'",
          }),
        },
      },
      'wif-exchange',
      {
        said: expect.stringContaining('repository_id is "817263544", wanted is "5".'),
        fix: expect.stringContaining(
          `--attribute-condition="assertion.repository_id == '817263544' && assertion.repository_owner_id == '42'"`
        ),
      },
    ],
    [
      'a condition on the old form of sub: numbers are better',
      {
        otherToken: 'mine',
        steps: {
          sts: REJECTED,
          provider: answer(200, {
            attributeCondition: "assertion.sub == 'repo:O/R:ref:refs/heads/main'",
          }),
        },
      },
      'wif-exchange',
      {
        said: expect.stringMatching(/upper and lower case count.*another form/),
        fix: expect.stringContaining(
          `--attribute-condition="assertion.repository_id == '817263544' && assertion.repository_owner_id == '42' && assertion.ref == 'refs/heads/main'"`
        ),
      },
    ],
    [
      'a condition with a list: no command that would change nothing',
      {
        otherToken: 'mine',
        steps: {
          sts: REJECTED,
          provider: answer(200, {
            attributeCondition: "assertion.repository_id == '5' && assertion.ref in ['x', 'y']",
          }),
        },
      },
      'wif-exchange',
      {
        said: expect.stringContaining("not so: assertion.ref in ['x', 'y']"),
        fix: expect.stringContaining('providers describe main'),
      },
    ],
    [
      'a condition that is not understood',
      {
        otherToken: 'mine',
        steps: {
          sts: REJECTED,
          provider: answer(200, { attributeCondition: "assertion.ref.matches('^x')" }),
        },
      },
      'wif-exchange',
      { said: expect.stringContaining("assertion.ref.matches('^x') - and the job has sub=") },
    ],
    [
      'a refusal that nobody knows',
      { steps: { sts: answer(400, { error: 'strange', error_description: 'Whatever.' }) } },
      'wif-exchange',
      { kind: 'fix', said: 'Google answered 400 strange: Whatever.' },
    ],
    [
      'an account that the job may not become',
      {
        steps: {
          account: googleError(403, {
            message:
              "Permission 'iam.serviceAccounts.getAccessToken' denied on resource (or it may not exist).",
          }),
        },
      },
      'impersonation',
      {
        fix: `gcloud iam service-accounts add-iam-policy-binding ${SURROUNDINGS.serviceAccount} --project=mervis-demo --member=${SURROUNDINGS.jobs} --role=roles/iam.workloadIdentityUser`,
      },
    ],
    [
      'an account that is not there',
      { steps: { account: googleError(404) } },
      'impersonation',
      { fix: 'gcloud iam service-accounts create deployer --project=mervis-demo' },
    ],
    [
      'an API that is off',
      {
        steps: {
          account: googleError(403, {
            errorInfo: {
              reason: 'SERVICE_DISABLED',
              metadata: { service: 'iamcredentials.googleapis.com' },
            },
          }),
        },
      },
      'impersonation',
      { fix: 'gcloud services enable iamcredentials.googleapis.com --project=mervis-demo' },
    ],
    [
      'an account API that is silent',
      { steps: { account: new Error('ETIMEDOUT') } },
      'impersonation',
      { kind: 'unknown' },
    ],
    [
      'a library that cannot sign in all the same',
      { libraryFails: new ActionError('AUTH_FAILED', 'No.', { hint: 'Check it.' }) },
      'google-identity',
      { kind: 'fix', severity: 'error', said: 'No.', fix: 'Check it.' },
    ],
    ['no account', { serviceAccount: undefined }, 'impersonation', { kind: 'ok' }],
  ])('explains %s', async (_, given, id, finding) => {
    const findings = await scene(given).run()
    expect(findings[id]).toMatchObject(finding)
    // Only what comes behind is left out, and says so.
    if (findings[id]?.kind !== 'ok') expect(findings['google-identity']?.kind).not.toBe('ok')
  })
})
