import { describe, expect, it } from '@jest/globals'
import { SecretManager } from '../../../src/google/secret-manager.ts'
import { googleClientOn } from '../../fakes/google-client.ts'
import { answer, googleError, type HttpAnswer, ScriptedHttp } from '../../fakes/scripted-http.ts'

function secretManagerOn(given: HttpAnswer): { secrets: SecretManager; http: ScriptedHttp } {
  const http = new ScriptedHttp([given])
  return { http, secrets: new SecretManager(googleClientOn(http), 'mervis-demo') }
}

const version = (state = 'ENABLED'): HttpAnswer =>
  answer(200, { name: 'projects/123456789012/secrets/api-key/versions/7', state })

describe('SecretManager.resolveVersion', () => {
  it.each([
    ['a short id', 'api-key', 'projects/mervis-demo/secrets/api-key'],
    ['a full name', 'projects/other/secrets/api-key', 'projects/other/secrets/api-key'],
  ])('turns the latest version of %s into a number', async (_, secret, name) => {
    const { secrets, http } = secretManagerOn(version())
    expect(await secrets.resolveVersion(secret, 'latest')).toBe('7')
    expect(http.lines).toEqual([`GET /v1/${name}/versions/latest`])
  })

  it('never asks for a value', async () => {
    const { secrets, http } = secretManagerOn(version())
    await secrets.resolveVersion('api-key', '7')
    expect(http.requests[0]?.url).not.toContain(':access')
  })

  it('names secret and version when it is not there', async () => {
    const { secrets } = secretManagerOn(googleError(404, { message: 'Secret [api-key] not found' }))
    await expect(secrets.resolveVersion('api-key', '9')).rejects.toThrow(
      'Could not find version "9" of secret api-key: Secret Manager answered 404'
    )
  })

  it.each([
    ['{}', answer(200, {})],
    ['no JSON', answer(200, 'ok')],
  ])('makes no version of the answer %s', async (_, given) => {
    await expect(
      secretManagerOn(given).secrets.resolveVersion('api-key', 'latest')
    ).rejects.toMatchObject({
      name: 'ActionError',
    })
  })

  it.each([
    ['DISABLED', /^Run: gcloud secrets versions enable 7 --secret=api-key --project=p9, or name/],
    [
      'DESTROYED',
      /^Its value is gone for good. Run: gcloud secrets versions add api-key --project=p9/,
    ],
  ])('refuses a version that is %s, since no VM could read it', async (state, hint) => {
    const name = 'projects/p9/secrets/api-key'
    await expect(
      secretManagerOn(version(state)).secrets.resolveVersion(name, '7')
    ).rejects.toMatchObject({
      message: expect.stringContaining(`secret ${name} is ${state}`),
      hint: expect.stringMatching(hint),
    })
  })
})

const enabled = (...numbers: readonly number[]) =>
  numbers.map((number) => ({ name: `projects/1/secrets/s/versions/${number}`, state: 'ENABLED' }))

describe('SecretManager.listEnabled', () => {
  it('reads all pages, newest first whatever their order', async () => {
    const http = new ScriptedHttp([
      answer(200, { versions: enabled(2, 10), nextPageToken: 'p' }),
      answer(200, { versions: [...enabled(9), { name: 'x/versions/11', state: 'DISABLED' }] }),
    ])
    const secrets = new SecretManager(googleClientOn(http), 'mervis-demo')
    const versions = await secrets.listEnabled('s')
    expect(versions?.map(({ number }) => number)).toEqual(['10', '9', '2'])
    const queries = http.requests.map(({ url }) => new URL(url).searchParams.toString())
    expect(queries).toEqual(['filter=state%3AENABLED', 'filter=state%3AENABLED&pageToken=p'])
  })

  it('is undefined where there is no such secret', async () => {
    expect(await secretManagerOn(googleError(404)).secrets.listEnabled('s')).toBeUndefined()
  })
})

describe('SecretManager.ensureSecret', () => {
  it.each([
    ['created', answer(200, {})],
    ['existed', googleError(409)],
  ])('says that it %s', async (said, given) => {
    const { secrets, http } = secretManagerOn(given)
    expect(await secrets.ensureSecret('projects/other/secrets/s', { app: 'web' })).toBe(said)
    const [request] = http.requests
    expect(request?.url).toMatch(/\/v1\/projects\/other\/secrets\?secretId=s$/)
    expect(JSON.parse(request?.body ?? '')).toEqual({
      replication: { automatic: {} },
      labels: { app: 'web' },
    })
  })
})

describe('SecretManager.accessVersion', () => {
  const payload = (data: string, dataCrc32c?: string): HttpAnswer =>
    answer(200, {
      name: 'projects/1/secrets/s/versions/4',
      payload: { data: Buffer.from(data).toString('base64'), dataCrc32c },
    })

  it.each([
    // RFC 3720, B.4 has more; this one is the check value of every table of CRCs.
    ['with a checksum that fits', '3808858755'],
    ['without a checksum', undefined],
  ])('gives a value %s', async (_, checksum) => {
    const found = await secretManagerOn(payload('123456789', checksum)).secrets.accessVersion(
      's',
      'latest'
    )
    expect(found).toEqual({ kind: 'value', number: '4', bytes: Buffer.from('123456789') })
  })

  it('takes no value whose checksum does not fit', async () => {
    const { secrets } = secretManagerOn(payload('123456780', '3808858755'))
    await expect(secrets.accessVersion('s', '4')).rejects.toMatchObject({
      code: 'GCP_UNEXPECTED_ANSWER',
      message: expect.not.stringContaining('12345678'),
    })
  })

  it.each([
    [400, { kind: 'gone' }],
    [404, { kind: 'gone' }],
    [403, { kind: 'denied', message: 'No.' }],
  ])('answers %i with %p', async (status, found) => {
    expect(await secretManagerOn(googleError(status)).secrets.accessVersion('s', '4')).toEqual(
      found
    )
  })
})

describe('SecretManager.disableVersion', () => {
  const version = { number: '3', state: 'ENABLED', etag: '"16"' }

  it('disables what is as it was seen', async () => {
    const { secrets, http } = secretManagerOn(answer(200, {}))
    expect(await secrets.disableVersion('s', version)).toBe('disabled')
    expect(http.lines).toEqual(['POST /v1/projects/mervis-demo/secrets/s/versions/3:disable'])
    expect(http.requests[0]?.body).toBe('{"etag":"\\"16\\""}')
  })

  it('leaves what has changed', async () => {
    expect(await secretManagerOn(googleError(400)).secrets.disableVersion('s', version)).toBe(
      'changed'
    )
  })
})
