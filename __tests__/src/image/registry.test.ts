import { describe, expect, it } from '@jest/globals'
import { listTags } from '../../../src/image/registry.ts'
import { googleClientOn } from '../../fakes/google-client.ts'
import { answer, type HttpAnswer, ScriptedHttp } from '../../fakes/scripted-http.ts'

const REPOSITORY = { host: 'europe-west1-docker.pkg.dev', path: 'mervis-demo/mervis/mervis' }
const LIST = `/v2/${REPOSITORY.path}/tags/list`

const page = (tags: readonly string[] | null, link = ''): HttpAnswer =>
  answer(200, { name: REPOSITORY.path, tags }, link === '' ? {} : { link })

async function list(...answers: readonly HttpAnswer[]) {
  const http = new ScriptedHttp(answers)
  const tags = await listTags(googleClientOn(http), REPOSITORY)
  return { tags, urls: http.requests.map(({ url }) => url) }
}

describe('listTags', () => {
  it('follows the pages', async () => {
    const { tags, urls } = await list(
      page(['a', 'b'], `<${LIST}?n=2&last=b>; rel="next"`),
      page(['c'], `<https://elsewhere.example${LIST}?next_page=x%3D%3D>; rel=next`),
      page(['d'])
    )
    expect(tags).toEqual(['a', 'b', 'c', 'd'])
    // The token goes to the registry and to nobody else, whatever the link says.
    expect(urls).toEqual(
      ['n=10000', 'n=2&last=b', 'next_page=x%3D%3D'].map(
        (query) => `https://${REPOSITORY.host}${LIST}?${query}`
      )
    )
  })

  it('ends where a registry turns in circles', async () => {
    const http = new ScriptedHttp(() => page(['a'], `<${LIST}?last=a>; rel="next"`))
    expect(await listTags(googleClientOn(http), REPOSITORY)).toHaveLength(100)
  })

  it.each<[string, HttpAnswer]>([
    ['an image without tags', page(null)],
    ['a link of another kind', page([], `<${LIST}>; rel="prev"`)],
    ['no repository', answer(404, { errors: [{ code: 'NAME_UNKNOWN', message: 'no' }] })],
    ['no permission, or no API yet', answer(403, { errors: [{ code: 'DENIED', message: 'no' }] })],
  ])('finds nothing where there is %s', async (_, only) => {
    expect((await list(only)).tags).toEqual([])
  })

  it('does not take a broken token for an empty list', async () => {
    await expect(list(answer(401))).rejects.toMatchObject({ code: 'GCP_REQUEST_FAILED' })
  })
})
