import { createPublicKey, verify } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { call, type Harness, startHarness } from '../harness.ts'

let harness: Harness
let requestUrl: string
let requestToken: string

beforeAll(async () => {
  harness = await startHarness({ repository: 'octo-org/shop' })
  requestUrl = harness.emulator.environment['ACTIONS_ID_TOKEN_REQUEST_URL'] ?? ''
  requestToken = harness.emulator.environment['ACTIONS_ID_TOKEN_REQUEST_TOKEN'] ?? ''
})
afterAll(() => harness.stop())

// biome-ignore lint/suspicious/noExplicitAny: claims are looked into by the tests
function payloadOf(jwt: string, part = 1): any {
  return JSON.parse(Buffer.from(jwt.split('.')[part] ?? '', 'base64url').toString())
}

describe('GET /github/oidc/token', () => {
  it('answers a token of the job that holds the request token', async () => {
    const before = Math.floor(Date.now() / 1000)
    const { json } = await call(`${requestUrl}&audience=https://example.com/x`, {
      token: requestToken,
    })
    const claims = payloadOf(json.value)
    expect(claims).toMatchObject({
      iss: 'https://token.actions.githubusercontent.com',
      aud: 'https://example.com/x',
      repository: 'octo-org/shop',
      repository_owner: 'octo-org',
      ref: 'refs/heads/main',
      event_name: 'push',
      exp: claims.iat + 300,
    })
    expect(claims.sub).toMatch(/^repo:octo-org@\d+\/shop@\d+:ref:refs\/heads\/main$/)
    expect(claims.iat).toBeGreaterThanOrEqual(before)
  })

  it('is meant for the owner when no audience is asked', async () => {
    const { json } = await call(requestUrl, { token: requestToken })
    expect(payloadOf(json.value).aud).toBe('https://github.com/octo-org')
  })

  it.each([
    ['no token', undefined, 401],
    ['a wrong token', 'guessed', 403],
  ])('refuses %s', async (_, token, status) => {
    expect((await call(requestUrl, token === undefined ? {} : { token })).status).toBe(status)
  })

  it('can be told to speak for another job', async () => {
    const { url } = harness.emulator
    const body = { event_name: 'pull_request', repository_id: '1' }
    await call(`${url}/emulator/github/claims`, { method: 'PUT', body })
    const changed = payloadOf((await call(requestUrl, { token: requestToken })).json.value)
    expect(changed).toMatchObject(body)
    await call(`${url}/emulator/github/claims`, { method: 'PUT', body: {} })
    const usual = payloadOf((await call(requestUrl, { token: requestToken })).json.value)
    expect(usual.event_name).toBe('push')
  })
})

describe('GET /github/oidc/.well-known/jwks', () => {
  it('holds the key that signs', async () => {
    const { json } = await call(requestUrl, { token: requestToken })
    const { keys } = (await call(`${harness.emulator.url}/github/oidc/.well-known/jwks`)).json
    const key = keys.find(({ kid }: { kid: string }) => kid === payloadOf(json.value, 0).kid)
    const [header, payload, signature] = json.value.split('.')
    const signed = Buffer.from(`${header}.${payload}`)
    const publicKey = createPublicKey({ key, format: 'jwk' })
    expect(verify('sha256', signed, publicKey, Buffer.from(signature, 'base64url'))).toBe(true)
  })
})
