import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { call, type Harness, NUMBER, PROJECT, startHarness } from '../harness.ts'

const PROVIDER = `projects/${NUMBER}/locations/global/workloadIdentityPools/github/providers/github`
const JWT_TYPE = 'urn:ietf:params:oauth:token-type:jwt'
const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange'
const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token'

let harness: Harness
let url: string

beforeAll(async () => {
  harness = await startHarness()
  url = harness.emulator.url
})
afterAll(() => harness.stop())
beforeEach(() => setClaims({}))

const setClaims = (body: object) => call(`${url}/emulator/github/claims`, { method: 'PUT', body })

async function githubToken(audience = `https://iam.googleapis.com/${PROVIDER}`): Promise<string> {
  const { environment } = harness.emulator
  const requestUrl = `${environment['ACTIONS_ID_TOKEN_REQUEST_URL']}&audience=${audience}`
  const token = environment['ACTIONS_ID_TOKEN_REQUEST_TOKEN'] ?? ''
  return (await call(requestUrl, { token })).json.value
}

async function exchange(overrides: object = {}) {
  const body = {
    grantType: EXCHANGE,
    audience: `//iam.googleapis.com/${PROVIDER}`,
    requestedTokenType: ACCESS_TOKEN,
    scope: 'https://www.googleapis.com/auth/cloud-platform',
    subjectTokenType: JWT_TYPE,
    subjectToken: await githubToken(),
    ...overrides,
  }
  const headers = { 'content-type': 'application/json' }
  return call(`${url}/sts/v1/token`, { body, headers })
}

describe('POST /sts/v1/token', () => {
  it('exchanges a token of GitHub for a federated one, of five minutes at most', async () => {
    const { status, json } = await exchange()
    expect(status).toBe(200)
    expect(json).toMatchObject({ token_type: 'Bearer', issued_token_type: ACCESS_TOKEN })
    expect(json.expires_in).toBeGreaterThan(290)
    expect(json.expires_in).toBeLessThanOrEqual(300)
  })

  it('lives no longer than the token it came from', async () => {
    await setClaims({ exp: Math.floor(Date.now() / 1000) + 60 })
    expect((await exchange()).json.expires_in).toBeLessThanOrEqual(60)
  })

  it('takes tokens for the audiences that the provider names, and then for no other', async () => {
    const provider = `${url}/iam/v1/${PROVIDER}?updateMask=oidc`
    const token = harness.emulator.accessToken('user:owner@example.com')
    const { oidc } = (await call(provider, { token })).json
    const audience = 'https://elsewhere.example.com'
    const allow = (allowedAudiences: readonly string[]) =>
      call(provider, { method: 'PATCH', token, body: { oidc: { ...oidc, allowedAudiences } } })
    await allow([audience])
    expect((await exchange()).json.error_description).toMatch(
      /does not match the expected audience/
    )
    expect((await exchange({ subjectToken: await githubToken(audience) })).status).toBe(200)
    await allow([])
    expect((await exchange()).status).toBe(200)
  })

  it('takes a form with names in snake_case as well', async () => {
    const form = new URLSearchParams({
      grant_type: EXCHANGE,
      audience: `//iam.googleapis.com/${PROVIDER}`,
      requested_token_type: ACCESS_TOKEN,
      subject_token_type: JWT_TYPE,
      subject_token: await githubToken(),
    })
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    expect((await call(`${url}/sts/v1/token`, { body: String(form), headers })).status).toBe(200)
  })

  it.each([
    [
      'another repository',
      { repository_id: '1' },
      'unauthorized_client',
      /rejected by the attribute condition/,
    ],
    ['another owner', { repository_owner_id: '1' }, 'unauthorized_client', /attribute condition/],
    ['a token that is over', { iat: 1, exp: 2 }, 'invalid_grant', /stale/],
    ['another issuer', { iss: 'https://ghes.example.com' }, 'invalid_grant', /issuer/],
    ['a subject of 128 bytes', { sub: 'x'.repeat(128) }, 'invalid_grant', /127 bytes/],
  ])('refuses %s', async (_, claims, error, description) => {
    await setClaims(claims)
    const answer = await exchange()
    expect(answer.status).toBe(400)
    expect(answer.json).toEqual({ error, error_description: expect.stringMatching(description) })
  })

  it.each([
    [
      'an audience with https:',
      { audience: `https://iam.googleapis.com/${PROVIDER}` },
      'invalid_request',
    ],
    [
      'a pool that is not there',
      { audience: `//iam.googleapis.com/${PROVIDER}x` },
      'invalid_target',
    ],
    [
      'another project number',
      { audience: `//iam.googleapis.com/${PROVIDER.replace(NUMBER, '1')}` },
      'invalid_target',
    ],
    ['another grant', { grantType: 'password' }, 'unsupported_grant_type'],
    ['no token', { subjectToken: '' }, 'invalid_grant'],
  ])('refuses %s', async (_, overrides, error) => {
    expect((await exchange(overrides)).json.error).toBe(error)
  })

  it('refuses a token meant for somebody else', async () => {
    const subjectToken = await githubToken('https://github.com/mervis')
    expect((await exchange({ subjectToken })).json.error_description).toMatch(
      /audience in ID Token/
    )
  })

  it('refuses a token that was changed', async () => {
    const [header, payload = '', signature] = (await githubToken()).split('.')
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString())
    const forged = Buffer.from(JSON.stringify({ ...claims, actor: 'mallory' })).toString(
      'base64url'
    )
    const answer = await exchange({ subjectToken: `${header}.${forged}.${signature}` })
    expect(answer.json.error).toBe('invalid_grant')
  })
})

describe(':generateAccessToken', () => {
  const path = (account = 'deployer'): string =>
    `${url}/iamcredentials/v1/projects/-/serviceAccounts/${account}@${PROJECT}.iam.gserviceaccount.com:generateAccessToken`
  const scope = ['https://www.googleapis.com/auth/cloud-platform']

  it('gives a token of the service account, with an expiry in whole seconds', async () => {
    const token = (await exchange()).json.access_token
    const { json } = await call(path(), { token, body: { scope, lifetime: '600s' } })
    expect(json.expireTime).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
    const project = `${url}/cloudresourcemanager/v1/projects/${PROJECT}`
    expect((await call(project, { token: json.accessToken })).status).toBe(200)
  })

  it.each([
    ['3601s', /cannot exceed 3600 seconds/],
    ['1h', /lifetime/],
  ])('refuses a lifetime of %s', async (lifetime, message) => {
    const token = (await exchange()).json.access_token
    const { json } = await call(path(), { token, body: { scope, lifetime } })
    expect(json.error).toMatchObject({ code: 400, message: expect.stringMatching(message) })
  })

  it.each([
    ['an account that grants nothing to the repository', 'stranger'],
    ['an account that is not there', 'nobody'],
  ])('refuses %s', async (_, account) => {
    const existing = harness.emulator.cloud.serviceAccounts
    if (account === 'stranger') existing.create('stranger')
    const token = (await exchange()).json.access_token
    const { json } = await call(path(account), { token, body: { scope } })
    expect(json.error).toMatchObject({
      code: 403,
      message:
        "Permission 'iam.serviceAccounts.getAccessToken' denied on resource (or it may not exist).",
      details: [{ reason: 'IAM_PERMISSION_DENIED' }],
    })
  })

  it('is denied to the federated token itself where only the account has the role', async () => {
    const token = (await exchange()).json.access_token
    const { status } = await call(`${url}/storage/v1/b/${PROJECT}-tfstate/o`, { token })
    expect(status).toBe(403)
  })
})
