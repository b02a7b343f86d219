import { describe, expect, it } from '@jest/globals'
import { ArtifactRegistry } from '../../../src/google/artifact-registry.ts'
import { googleClientOn } from '../../fakes/google-client.ts'
import { answer, googleError, type HttpAnswer, ScriptedHttp } from '../../fakes/scripted-http.ts'

const IMAGE = { repositoryId: 'mervis', image: 'mervis' }
const TAGS =
  '/v1/projects/mervis-demo/locations/europe-west1/repositories/mervis/packages/mervis/tags'

function registryOn(...script: readonly HttpAnswer[]) {
  const http = new ScriptedHttp(script)
  const place = { projectId: 'mervis-demo', region: 'europe-west1' }
  return { http, registry: new ArtifactRegistry(googleClientOn(http), place) }
}

function page(names: readonly string[], nextPageToken?: string) {
  const tags = names.map((name) => ({
    name: `x/tags/${name}`,
    version: `x/versions/sha256:${name}`,
  }))
  return answer(200, { tags, ...(nextPageToken && { nextPageToken }) })
}

describe('ArtifactRegistry.listTags', () => {
  it('reads page after page, and only what it gives', async () => {
    const { registry, http } = registryOn(page(['release-1', 'src-2'], 'more'), page(['v3']))
    expect(await registry.listTags(IMAGE)).toEqual(
      ['release-1', 'src-2', 'v3'].map((name) => ({ name, digest: `sha256:${name}` }))
    )
    const queries = http.requests.map(({ url }) => Object.fromEntries(new URL(url).searchParams))
    const fields = 'nextPageToken,tags(name,version)'
    expect(queries).toEqual([
      { pageSize: '1000', fields },
      { pageSize: '1000', fields, pageToken: 'more' },
    ])
    expect(http.lines).toEqual([`GET ${TAGS}`, `GET ${TAGS}`])
  })

  it('finds none where nothing was pushed yet', async () => {
    expect(await registryOn(googleError(404)).registry.listTags(IMAGE)).toEqual([])
    expect(await registryOn(answer(200, {})).registry.listTags(IMAGE)).toEqual([])
  })

  it('says which role lets it', async () => {
    const permission = 'artifactregistry.tags.list'
    const denied = googleError(403, { message: `Permission "${permission}" denied` })
    await expect(registryOn(denied).registry.listTags(IMAGE)).rejects.toMatchObject({
      code: 'GCP_REQUEST_FAILED',
      hint: expect.stringContaining(
        'gcloud projects add-iam-policy-binding mervis-demo --member=MEMBER --role=roles/artifactregistry.reader'
      ),
    })
  })
})

describe('ArtifactRegistry.fetchUpdatedAtMs', () => {
  it.each([
    [Date.UTC(2026, 10, 23), answer(200, { updateTime: '2026-11-23T00:00:00Z' })],
    [undefined, answer(200, {})],
    [undefined, googleError(404)],
  ])('gives %p', async (at, said) => {
    const { registry, http } = registryOn(said)
    expect(await registry.fetchUpdatedAtMs(IMAGE, 'sha256:aa')).toBe(at)
    expect(http.lines).toEqual([`GET ${TAGS.replace(/tags$/, 'versions/sha256:aa')}`])
  })
})

describe('ArtifactRegistry.deleteTag', () => {
  it.each([
    ['deleted', answer(200, {})],
    ['absent', googleError(404)],
  ])('tells a tag that is %s', async (outcome, said) => {
    const { registry, http } = registryOn(said)
    expect(await registry.deleteTag(IMAGE, 'release-a1')).toBe(outcome)
    expect(http.lines).toEqual([`DELETE ${TAGS}/release-a1`])
  })

  it('gives a refusal as an answer', async () => {
    const { registry } = registryOn(googleError(403, { message: 'denied', reason: 'forbidden' }))
    expect(await registry.deleteTag(IMAGE, 'release-a1')).toMatchObject({
      status: 403,
      reason: 'forbidden',
      message: 'denied',
    })
  })

  it('writes the slash of an image name as part of the name', async () => {
    const { registry, http } = registryOn(answer(200, {}))
    await registry.deleteTag({ repositoryId: 'mervis', image: 'team/app' }, 'v1')
    expect(http.lines[0]).toContain('/packages/team%2Fapp/tags/v1')
  })
})
