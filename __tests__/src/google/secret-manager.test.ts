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

  it.each(['DISABLED', 'DESTROYED'])(
    'refuses a version that is %s, since no VM could read it',
    async (state) => {
      await expect(
        secretManagerOn(version(state)).secrets.resolveVersion('api-key', '7')
      ).rejects.toThrow('api-key')
    }
  )
})
