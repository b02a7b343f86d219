import { describe, expect, it } from '@jest/globals'
import { resolveExisting } from '../../../src/image/existing.ts'
import { googleClientOn } from '../../fakes/google-client.ts'
import { answer, type HttpAnswer, ScriptedHttp } from '../../fakes/scripted-http.ts'

const DIGEST = `sha256:${'e5'.repeat(32)}`
const HOST = 'europe-west1-docker.pkg.dev'
const REPOSITORY = { host: HOST, path: 'mervis-demo/mervis/web' }
const OWN = `${HOST}/${REPOSITORY.path}`
const FOUND = answer(200, {}, { 'docker-content-digest': DIGEST })

function resolve(text: string, ...answers: readonly HttpAnswer[]) {
  const http = new ScriptedHttp(answers)
  const image = resolveExisting(googleClientOn(http), text, { repository: REPOSITORY })
  return { image, http }
}

describe('resolveExisting', () => {
  it.each([
    [`${OWN}:1.2`, '1.2'],
    [`  ${OWN}:1.2\n`, '1.2'],
    [OWN, 'latest'],
    [`${OWN}@${DIGEST}`, DIGEST],
    [`${OWN}:1.2@${DIGEST}`, DIGEST],
  ])('resolves %j to its digest', async (text, reference) => {
    const { image, http } = resolve(text, FOUND)
    expect(await image).toEqual({
      digest: DIGEST,
      source: REPOSITORY,
    })
    expect(http.lines).toEqual([`GET /v2/${REPOSITORY.path}/manifests/${reference}`])
  })

  it('finds an image of another repository, which has to be brought over', async () => {
    const { image } = resolve(`${HOST}/other/images/team/web:1`, FOUND)
    expect(await image).toEqual({
      digest: DIGEST,
      source: { host: HOST, path: 'other/images/team/web' },
    })
  })

  it.each([
    ['', 'is no image reference: ""', `Write ${OWN}:TAG`],
    ['Mervis:1', 'is no image reference', `Write ${OWN}:TAG`],
    [`${OWN}:1 2`, 'is no image reference', `Write ${OWN}:TAG`],
    [`https://${OWN}:1`, 'is no image reference', `Write ${OWN}:TAG`],
    [`${OWN}@sha256:abc`, 'is no image reference', `Write ${OWN}:TAG`],
    [`${OWN}@sha512:${'0'.repeat(128)}`, 'no sha256', `Write ${OWN}:TAG`],
    [`${HOST}/web:1`, 'names no PROJECT/REPOSITORY/IMAGE', `Write ${OWN}:TAG`],
    ['web:1', 'names docker.io', `gcrane cp web:1 ${OWN}:imported`],
    [
      'ghcr.io/a/web:1',
      `names ghcr.io, but the VMs can only pull from ${HOST}`,
      'docker pull ghcr.io/a/web:1 && docker tag',
    ],
    [
      'us-docker.pkg.dev/a/b/web:1',
      'names us-docker.pkg.dev',
      'gcrane cp us-docker.pkg.dev/a/b/web:1',
    ],
  ])('refuses %j without asking anybody', async (text, message, hint) => {
    const { image, http } = resolve(text)
    await expect(image).rejects.toMatchObject({
      code: 'IMAGE_REFERENCE',
      message: expect.stringContaining(message),
      hint: expect.stringContaining(hint),
    })
    expect(http.requests).toEqual([])
  })

  it.each([
    [`${OWN}:1`, `${OWN}:1`],
    [`${OWN}@${DIGEST}`, `${OWN}@${DIGEST}`],
  ])('says that %s is not there', async (text, name) => {
    const { image } = resolve(text, answer(404, { errors: [{ code: 'MANIFEST_UNKNOWN' }] }))
    await expect(image).rejects.toMatchObject({
      code: 'IMAGE_MISSING',
      message: `The image ${name} is not in the registry.`,
      hint: `See which ones are: gcloud artifacts docker tags list ${OWN}`,
    })
  })

  it.each([
    ['other/images/web', 'images --location=europe-west1 --project=other --member='],
    [
      'example.com/other/images/web',
      'images --location=europe-west1 --project=example.com:other --member=',
    ],
  ])('says how to be allowed to read %s', async (path, command) => {
    const denied = { errors: [{ code: 'DENIED', message: 'Permission denied on resource' }] }
    const { image } = resolve(`${HOST}/${path}:1`, answer(403, denied))
    await expect(image).rejects.toMatchObject({
      code: 'IMAGE_MISSING',
      message: `The registry does not show ${HOST}/${path}:1 (403): Permission denied on resource`,
      hint: expect.stringContaining(command),
    })
  })

  it.each([
    [401, 'IMAGE_MISSING', 'does not take the token'],
    [400, 'IMAGE_REFERENCE', 'Compare it'],
  ])('explains a %i', async (status, code, hint) => {
    const { image } = resolve(`${OWN}:1`, answer(status))
    await expect(image).rejects.toMatchObject({ code, hint: expect.stringContaining(hint) })
  })
})
